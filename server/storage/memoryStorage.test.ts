import { createMemoryStorage } from './memoryStorage.ts';
import { storageContract } from './storageContract.ts';

storageContract('memoryStorage', {
	open: async () => createMemoryStorage('relay'),
	reopen: null // nothing outlives the object, by design
});
