/**
 * Attachments as files, `blobs/<workspace>/<id>` in the data folder, and `<id>.part` while one is
 * under way. A part is what its size says: after a kill it goes on from there, and after a power
 * cut the check against the id finds what the disk has lost. A file without `.part` was checked,
 * flushed and renamed, in this order.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../../src/lib/base/assert.ts';
import type { BlobStorage, BlobUsage } from './blobStorage.ts';

const PART = '.part';
/** No separator, and no dot in front: no name leads out of the folder. */
const SAFE_NAME = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,127}$/;
const MAX_CACHED = 1_000;

type Counted = { -readonly [K in keyof BlobUsage]: number };

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** Null when there is no such file. */
async function sizeOf(path: string): Promise<number | null> {
	try {
		return (await stat(path)).size;
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return null;
		throw error;
	}
}

async function namesIn(folder: string): Promise<string[]> {
	try {
		return await readdir(folder);
	} catch (error) {
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
		throw error;
	}
}

async function flush(path: string): Promise<void> {
	const handle = await open(path, 'r');
	try {
		await handle.sync();
	} catch (error) {
		// Windows flushes no folders; a rename is durable there with its journal.
		if (codeOf(error) !== 'EPERM') throw error;
	} finally {
		await handle.close();
	}
}

async function hashOf(path: string): Promise<string> {
	const hash = createHash('sha256');
	for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
	return hash.digest('base64url');
}

/** Leaves the part as it was when the disk does not take all of the chunk. */
async function addTo(path: string, chunk: Uint8Array): Promise<boolean> {
	const handle = await open(path, 'a');
	try {
		const { size } = await handle.stat();
		try {
			await handle.appendFile(chunk);
			return true;
		} catch (error) {
			await handle.truncate(size).catch(() => undefined);
			if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') return false;
			throw error;
		}
	} finally {
		await handle.close();
	}
}

export function createFileBlobs(root: string): BlobStorage {
	const usages = new Map<string, Promise<Counted>>(); // in the order of use

	function folderOf(workspace: string): string {
		assert(SAFE_NAME.test(workspace), 'a workspace name is checked at the door');
		return join(root, workspace);
	}
	function pathOf(workspace: string, id: string): string {
		assert(SAFE_NAME.test(id) && !id.endsWith(PART), 'a blob id is checked at the door');
		return join(folderOf(workspace), id);
	}

	async function count(workspace: string): Promise<Counted> {
		const names = await namesIn(folderOf(workspace));
		const sizes = await Promise.all(names.map((name) => sizeOf(join(folderOf(workspace), name))));
		return {
			bytes: sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0),
			blobs: names.length,
			parts: names.filter((name) => name.endsWith(PART)).length
		};
	}

	/** Counted once; nothing is added before that, and what is added later is added here too. */
	function countedOf(workspace: string): Promise<Counted> {
		const found = usages.get(workspace) ?? count(workspace);
		found.catch(() => usages.delete(workspace));
		usages.delete(workspace);
		usages.set(workspace, found);
		for (const oldest of usages.keys()) {
			if (usages.size <= MAX_CACHED) break;
			usages.delete(oldest);
		}
		return found;
	}

	async function dropPart(workspace: string, path: string): Promise<void> {
		const counted = await countedOf(workspace);
		const size = await sizeOf(path);
		if (size === null) return;
		await rm(path, { force: true });
		counted.bytes -= size;
		counted.blobs -= 1;
		counted.parts -= 1;
	}

	return {
		async stat(workspace, id) {
			const path = pathOf(workspace, id);
			const whole = await sizeOf(path);
			if (whole !== null) return { bytes: whole, complete: true };
			return { bytes: (await sizeOf(path + PART)) ?? 0, complete: false };
		},
		async append(workspace, id, chunk) {
			const path = pathOf(workspace, id) + PART;
			const counted = await countedOf(workspace);
			await mkdir(folderOf(workspace), { recursive: true });
			const isNew = (await sizeOf(path)) === null;
			const isAdded = await addTo(path, chunk);
			counted.bytes += isAdded ? chunk.length : 0;
			counted.blobs += isNew ? 1 : 0;
			counted.parts += isNew ? 1 : 0;
			return isAdded;
		},
		async finish(workspace, id) {
			const path = pathOf(workspace, id);
			if ((await hashOf(path + PART)) !== id) {
				await dropPart(workspace, path + PART);
				return false;
			}
			await flush(path + PART);
			await rename(path + PART, path);
			await flush(folderOf(workspace));
			(await countedOf(workspace)).parts -= 1;
			return true;
		},
		read: (workspace, id, from, to) =>
			createReadStream(pathOf(workspace, id), { start: from, end: to - 1 }),
		usage: async (workspace) => ({ ...(await countedOf(workspace)) }),
		async dropParts(beforeMs) {
			for (const workspace of await namesIn(root)) {
				const folder = join(root, workspace);
				for (const name of await namesIn(folder)) {
					if (!name.endsWith(PART)) continue;
					const path = join(folder, name);
					const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
					if (mtimeMs >= beforeMs) continue;
					await dropPart(workspace, path);
				}
			}
		}
	};
}
