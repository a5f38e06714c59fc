import { describe } from 'vitest';
import { createMemoryRing } from './memoryRing.ts';
import { ringContract } from './ringContract.ts';

describe('memoryRing', () => {
	ringContract(async () => {
		const ring = createMemoryRing();
		return { ring: ring.open(), restart: async () => ring.open() };
	});
});
