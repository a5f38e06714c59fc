/** Attachments in memory, for tests. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../src/lib/base/clock.ts';
import type { BlobStorage } from './blobStorage.ts';

interface Held {
	bytes: Buffer;
	complete: boolean;
	touchedAt: number;
}

export interface MemoryBlobs extends BlobStorage {
	/** While true nothing can be added, as on a full disk. */
	full: boolean;
	/** From now on every part counts as this much older. */
	age(ms: number): void;
}

const READ_BYTES = 64 * 1024;

export function createMemoryBlobs(clock: Clock): MemoryBlobs {
	const workspaces = new Map<string, Map<string, Held>>();
	const blobsOf = (workspace: string) => {
		const found = workspaces.get(workspace) ?? new Map<string, Held>();
		workspaces.set(workspace, found);
		return found;
	};

	return {
		full: false,
		age(ms) {
			for (const blobs of workspaces.values())
				for (const held of blobs.values()) held.touchedAt -= ms;
		},
		async stat(workspace, id) {
			const held = workspaces.get(workspace)?.get(id);
			return { bytes: held?.bytes.length ?? 0, complete: held?.complete ?? false };
		},
		async append(workspace, id, chunk) {
			if (this.full) return false;
			const before = workspaces.get(workspace)?.get(id)?.bytes ?? Buffer.alloc(0);
			const bytes = Buffer.concat([before, chunk]);
			blobsOf(workspace).set(id, { bytes, complete: false, touchedAt: clock.now() });
			return true;
		},
		async finish(workspace, id) {
			const blobs = blobsOf(workspace);
			const bytes = blobs.get(id)?.bytes ?? Buffer.alloc(0);
			const isRight = createHash('sha256').update(bytes).digest('base64url') === id;
			if (isRight) blobs.set(id, { bytes, complete: true, touchedAt: clock.now() });
			else blobs.delete(id);
			return isRight;
		},
		async *read(workspace, id, from, to) {
			const bytes = workspaces.get(workspace)?.get(id)?.bytes ?? Buffer.alloc(0);
			for (let at = from; at < to; at += READ_BYTES)
				yield bytes.subarray(at, Math.min(to, at + READ_BYTES));
		},
		async usage(workspace) {
			const all = [...(workspaces.get(workspace)?.values() ?? [])];
			return {
				bytes: all.reduce((sum, { bytes }) => sum + bytes.length, 0),
				blobs: all.length,
				parts: all.filter(({ complete }) => !complete).length
			};
		},
		async dropParts(beforeMs) {
			for (const blobs of workspaces.values())
				for (const [id, { complete, touchedAt }] of blobs)
					if (!complete && touchedAt < beforeMs) blobs.delete(id);
		}
	};
}
