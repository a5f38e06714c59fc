import { describe, expect, it } from 'vitest';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import type { RelayStorage } from '../storage/relayStorage.ts';
import { createCommitQueue, type CommittedChange } from './commitQueue.ts';

function subject(storage: RelayStorage) {
	const changes: CommittedChange[] = [];
	const settled: (number | null)[] = [];
	let failures = 0;
	const queue = createCommitQueue(storage, {
		onCommitted: (change) => changes.push(change),
		onStored: () => undefined,
		onFailed: () => (failures += 1)
	});
	const put = (room: string, update: Uint8Array | null) =>
		queue.enqueue({
			...{ workspace: 'w', room, update },
			settle: (commit) => settled.push(commit)
		});
	return { queue, put, changes, settled, failures: () => failures };
}

const update = Uint8Array.of(1);

describe('the commit queue', () => {
	it('C6 S5 settles in order and announces once what one turn brought', async () => {
		const storage = createMemoryStorage('r');
		let transactions = 0;
		const counting: RelayStorage = {
			...storage,
			append: (batch) => ((transactions += 1), storage.append(batch))
		};
		const { queue, put, changes, settled } = subject(counting);
		put('a', update);
		put('b', null);
		put('b', update);
		put('a', update);
		await queue.settled();
		expect(settled).toEqual([1, 0, 2, 3]);
		expect(transactions).toBe(1);
		expect(changes).toEqual([{ workspace: 'w', commit: 3, rooms: ['a', 'b'] }]);
	});

	it('S6 lets what changes nothing wait for what is before it', async () => {
		const storage = createMemoryStorage('r');
		let release = () => undefined as void;
		const held = new Promise<void>((resolve) => (release = resolve));
		const slow: RelayStorage = {
			...storage,
			append: async (batch) => (await held, storage.append(batch))
		};
		const { queue, put, settled } = subject(slow);
		put('a', update);
		await new Promise((resolve) => setTimeout(resolve, 20));
		put('a', null);
		expect(settled).toEqual([]);
		release();
		await queue.settled();
		expect(settled).toEqual([1, 0]);
	});

	it('S14 fails everything that waits when the store fails, and goes on afterwards', async () => {
		const storage = createMemoryStorage('r');
		let broken = true;
		const failing: RelayStorage = {
			...storage,
			append: (batch) => (broken ? Promise.reject(new Error('disk full')) : storage.append(batch))
		};
		const { queue, put, changes, settled, failures } = subject(failing);
		put('a', update);
		put('a', null);
		await queue.settled();
		expect([settled, failures(), changes]).toEqual([[null, null], 1, []]);
		broken = false;
		put('a', update);
		await queue.settled();
		expect(settled).toEqual([null, null, 1]);
	});
});
