import { describe } from 'vitest';
import { blobStoreContract } from './blobStoreContract.ts';
import { createMemoryBlobs } from './memoryBlobs.ts';

describe('memoryBlobs', () => {
	blobStoreContract(async () => {
		const disk = createMemoryBlobs();
		return {
			blobs: disk.open(),
			restart: async () => disk.copy().open(),
			fill: () => (disk.full = true)
		};
	});
});
