/** What every adapter of BlobStorage must do; an adapter's test calls this in one line. */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BlobStorage } from './blobStorage.ts';

export interface BlobSubject {
	open(): Promise<BlobStorage>;
	/** The same store as after a kill; null where nothing outlives the object. */
	reopen: (() => Promise<BlobStorage>) | null;
	/** From now on every part counts as this much older. */
	age(ms: number): Promise<void>;
}

const FILE = new Uint8Array(200_000).map((_, i) => i * 7);
const ID = createHash('sha256').update(FILE).digest('base64url');
const OTHER = createHash('sha256').update('another').digest('base64url');
const NONE = { bytes: 0, blobs: 0, parts: 0 };

async function readAll(storage: BlobStorage, from: number, to: number): Promise<Uint8Array> {
	const pieces: Uint8Array[] = [];
	for await (const piece of storage.read('w', ID, from, to)) pieces.push(piece);
	return new Uint8Array(Buffer.concat(pieces));
}

export function blobStorageContract(name: string, subject: BlobSubject): void {
	describe(`${name} keeps the contract of attachments`, () => {
		let storage: BlobStorage;
		beforeEach(async () => {
			storage = await subject.open();
		});

		it('knows nothing of what nobody has begun', async () => {
			expect(await storage.stat('w', ID)).toEqual({ bytes: 0, complete: false });
			expect(await storage.usage('w')).toEqual(NONE);
		});

		it('U4 is complete once it is checked, and gives any part of it back', async () => {
			expect(await storage.append('w', ID, FILE.subarray(0, 150_000))).toBe(true);
			expect(await storage.stat('w', ID)).toEqual({ bytes: 150_000, complete: false });
			expect(await storage.usage('w')).toEqual({ bytes: 150_000, blobs: 1, parts: 1 });
			await storage.append('w', ID, FILE.subarray(150_000));
			expect(await storage.finish('w', ID)).toBe(true);
			expect(await storage.stat('w', ID)).toEqual({ bytes: FILE.length, complete: true });
			expect(await storage.usage('w')).toEqual({ bytes: FILE.length, blobs: 1, parts: 0 });
			expect(await readAll(storage, 0, FILE.length)).toEqual(FILE);
			expect(await readAll(storage, 70_000, 70_010)).toEqual(FILE.slice(70_000, 70_010));
		});

		it('U4 throws away what is not what its id says', async () => {
			await storage.append('w', OTHER, FILE);
			expect(await storage.finish('w', OTHER)).toBe(false);
			expect(await storage.stat('w', OTHER)).toEqual({ bytes: 0, complete: false });
			expect(await storage.usage('w')).toEqual(NONE);
		});

		it('keeps workspaces apart', async () => {
			await storage.append('w', ID, FILE);
			await storage.finish('w', ID);
			expect(await storage.stat('v', ID)).toEqual({ bytes: 0, complete: false });
			expect(await storage.usage('v')).toEqual(NONE);
		});

		it('U5 drops parts that stand still, and nothing else', async () => {
			await storage.append('w', ID, FILE);
			await storage.finish('w', ID);
			await storage.append('w', OTHER, FILE);
			await storage.dropParts(Date.now() - 60_000);
			expect((await storage.stat('w', OTHER)).bytes).toBe(FILE.length);
			await subject.age(120_000);
			await storage.dropParts(Date.now() - 60_000);
			expect((await storage.stat('w', OTHER)).bytes).toBe(0);
			expect((await storage.stat('w', ID)).complete).toBe(true);
			expect(await storage.usage('w')).toEqual({ bytes: FILE.length, blobs: 1, parts: 0 });
		});

		it.skipIf(!subject.reopen)('U5 goes on after a kill where it was', async () => {
			await storage.append('w', ID, FILE.subarray(0, 9));
			storage = await subject.reopen!();
			expect(await storage.stat('w', ID)).toEqual({ bytes: 9, complete: false });
			expect(await storage.usage('w')).toEqual({ bytes: 9, blobs: 1, parts: 1 });
			await storage.append('w', ID, FILE.subarray(9));
			expect(await storage.finish('w', ID)).toBe(true);
			storage = await subject.reopen!();
			expect(await readAll(storage, 0, FILE.length)).toEqual(FILE);
		});
	});
}
