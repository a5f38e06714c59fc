import { expect, it } from 'vitest';
import { cryptoRandom } from '$lib/base/ids.ts';
import { blobIdOf } from '../blobs/sealBlob.ts';
import { importBlobs } from './importBlobs.ts';
import { createMemoryBlobs } from './memoryBlobs.ts';

const blob = async (size: number) => {
	const bytes = cryptoRandom(size);
	return [await blobIdOf(bytes), bytes] as const;
};

it('B17 takes in what is what its id says, and goes on past a full disk', async () => {
	const disk = createMemoryBlobs();
	const [one, two, three] = [await blob(10), await blob(20), await blob(30)];
	expect(await importBlobs(disk.open(), new Map([one, [two[0], three[1]]]))).toBe(1);
	expect([...disk.held.keys()]).toEqual([one[0]]);
	disk.full = true;
	expect(await importBlobs(disk.open(), new Map([one, two, three]))).toBe(1);
	disk.full = false;
	expect(await importBlobs(disk.open(), new Map([one, two, three]))).toBe(3);
	expect(disk.held.get(three[0])).toEqual({ bytes: three[1], sentTo: null });
});
