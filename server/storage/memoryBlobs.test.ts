import { blobStorageContract } from './blobStorageContract.ts';
import { createMemoryBlobs, type MemoryBlobs } from './memoryBlobs.ts';

let blobs: MemoryBlobs;

blobStorageContract('memoryBlobs', {
	open: async () => (blobs = createMemoryBlobs({ now: () => Date.now() })),
	reopen: null, // nothing outlives the object, by design
	age: async (ms) => blobs.age(ms)
});
