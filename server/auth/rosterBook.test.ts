import { describe, expect, it } from 'vitest';
import { createTestBranch, type TestBranch } from '../../tests/support/relayBranch.ts';
import { createMemoryStorage } from '../storage/memoryStorage.ts';
import type { RelayStorage } from '../storage/relayStorage.ts';
import { createRosterBook } from './rosterBook.ts';

const free = () => true;
const bookOn = (storage: RelayStorage) =>
	createRosterBook({
		...{ storage, clock: { now: Date.now }, maxRecords: 10_000, maxCached: 100 },
		onGrown() {}
	});

/** A store as after a restart of the relay, whose first reading of a whole chain is slow. */
function slowed(storage: RelayStorage) {
	let letGo = () => {};
	const gate = new Promise<void>((resolve) => (letGo = resolve));
	let reads = 0;
	const slow: RelayStorage = {
		...storage,
		async loadRoster(workspace, from) {
			const read = await storage.loadRoster(workspace, from);
			if (from === 0 && ++reads === 1) await gate;
			return read;
		}
	};
	return { slow, letGo: () => letGo(), reads: () => reads };
}

async function stored(branch: TestBranch): Promise<RelayStorage> {
	const storage = createMemoryStorage('r');
	await bookOn(storage).append(branch.workspace, 0, branch.records, free);
	return storage;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 50));
const ok = ({ records }: TestBranch) => ({ status: 'ok', length: records.length });

describe('a relay just started', () => {
	it('R36 does not put an older chain over a newer one when its reading was slow', async () => {
		const branch = await createTestBranch();
		const officer = await branch.admit('officer');
		const { slow, letGo } = slowed(await stored(branch));
		const book = bookOn(slow);
		const before = branch.records.length;
		await branch.retire(branch.founder, officer);
		const read = book.get(branch.workspace);
		const posted = book.append(branch.workspace, before, branch.records.slice(before), free);
		await settle();
		letGo();
		await read;
		expect(await posted).toEqual(ok(branch));
		expect((await book.get(branch.workspace))?.devices.get(officer.id)?.retired).toBe(before);
		const { length } = branch.records;
		await branch.invite(branch.founder);
		expect(await book.append(branch.workspace, length, branch.records.slice(length), free)).toEqual(
			ok(branch)
		);
	});

	it('R36 reads anew when the chain grew while it was being read', async () => {
		const branch = await createTestBranch();
		const storage = await stored(branch);
		const { slow, letGo } = slowed(storage);
		const book = bookOn(slow);
		const read = book.get(branch.workspace);
		await branch.admit('officer');
		await bookOn(storage).append(branch.workspace, 0, branch.records, free);
		const { length } = branch.records;
		await branch.invite(branch.founder);
		const posted = book.append(branch.workspace, length, branch.records.slice(length), free);
		await settle();
		letGo();
		expect((await read)?.length).toBe(1);
		expect(await posted).toEqual(ok(branch));
		expect((await book.get(branch.workspace))?.length).toBe(branch.records.length);
	});

	it('R36 R10 takes what several post at the same time', async () => {
		const branch = await createTestBranch();
		const book = bookOn(await stored(branch));
		await branch.admit('officer');
		const posts = [0, 1, 1, 0].map((from) =>
			book.append(branch.workspace, from, branch.records.slice(from), free)
		);
		expect(await Promise.all(posts)).toEqual([1, 2, 3, 4].map(() => ok(branch)));
	});

	it('R36 verifies a chain once for everybody who asks', async () => {
		const branch = await createTestBranch();
		const { slow, letGo, reads } = slowed(await stored(branch));
		const book = bookOn(slow);
		const asked = [1, 2, 3].map(() => book.get(branch.workspace));
		letGo();
		const [first, ...others] = await Promise.all(asked);
		expect(others).toEqual([first, first]);
		expect(reads()).toBe(1);
	});
});
