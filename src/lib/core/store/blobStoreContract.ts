/** What every adapter of BlobStore must do; each adapter's test runs it in one line. */
import { expect, it } from 'vitest';
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import { cryptoRandom, type BlobId } from '$lib/base/ids.ts';
import type { BlobRow, BlobStore } from './blobStore.ts';

export interface BlobHarness {
	readonly blobs: BlobStore;
	/** The same disk, seen by the next process or another tab. */
	restart(): Promise<BlobStore>;
	/** From now on the disk takes nothing more. */
	fill(): void;
}

const newBlobId = () => bytesToBase64Url(cryptoRandom(32)) as BlobId;
const byId = (rows: readonly BlobRow[]) => rows.toSorted((a, b) => a.id.localeCompare(b.id));

export function blobStoreContract(createHarness: () => Promise<BlobHarness>): void {
	it('D11 gives back after a restart what was put in, and lists it without its bytes', async () => {
		const { blobs, restart } = await createHarness();
		const [one, two] = [newBlobId(), newBlobId()];
		const bytes = cryptoRandom(60_000);
		expect(await blobs.put(one, bytes, null)).toBeNull();
		expect(await blobs.put(two, bytes.slice(0, 3), 'relay')).toBeNull();
		const after = await restart();
		expect(await after.get(one)).toEqual(bytes);
		expect(await after.get(two)).toEqual(bytes.slice(0, 3));
		expect(await after.get(newBlobId())).toBeNull();
		expect(byId(await after.list())).toEqual(
			byId([
				{ id: one, size: 60_000, sentTo: null },
				{ id: two, size: 3, sentTo: 'relay' }
			])
		);
	});

	it('D12 remembers which relay has it, and forgets that for all', async () => {
		const { blobs, restart } = await createHarness();
		const [one, two] = [newBlobId(), newBlobId()];
		await blobs.put(one, cryptoRandom(3), null);
		await blobs.put(two, cryptoRandom(3), null);
		await blobs.markSent(one, 'relay');
		await blobs.markSent(newBlobId(), 'relay'); // of one that is gone: nothing comes of it
		const sent = async () => (await (await restart()).list()).map(({ sentTo }) => sentTo);
		expect((await sent()).toSorted()).toEqual([null, 'relay'].toSorted());
		await blobs.markAllUnsent();
		expect(await sent()).toEqual([null, null]);
	});

	it('D11 D6 drops row and bytes together', async () => {
		const { blobs, restart } = await createHarness();
		const id = newBlobId();
		await blobs.put(id, cryptoRandom(3), null);
		await blobs.delete(id);
		const after = await restart();
		expect(await after.list()).toEqual([]);
		expect(await after.get(id)).toBeNull();
	});

	it('D13 says that the disk is full, and keeps nothing of what did not fit', async () => {
		const { blobs, restart, fill } = await createHarness();
		const [before, id] = [newBlobId(), newBlobId()];
		await blobs.put(before, cryptoRandom(3), null);
		fill();
		expect(await blobs.put(id, cryptoRandom(100), null)).toBe('disk-full');
		const after = await restart();
		expect((await after.list()).map((row) => row.id)).toEqual([before]);
		expect(await after.get(id)).toBeNull();
	});

	it('D11 tells who listens of a change, and nobody afterwards', async () => {
		const { blobs } = await createHarness();
		let calls = 0;
		const stop = blobs.subscribe(() => void calls++);
		await blobs.put(newBlobId(), cryptoRandom(3), null);
		await expect.poll(() => calls, { timeout: 5_000 }).toBeGreaterThan(0);
		stop();
		const after = calls;
		await blobs.put(newBlobId(), cryptoRandom(3), null);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(calls).toBe(after);
	});
}
