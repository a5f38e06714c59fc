import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { WorkspaceId } from '$lib/base/ids.ts';
import type { RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';
import { createDexieRoster } from './dexieRoster.ts';
import { openWorkspaceDatabase } from './workspaceDatabase.ts';

const record = (body: string): RosterRecord => ({ body, signature: 's' });
const [a, b, mine, c, anew] = ['a', 'b', 'mine', 'c', 'anew'].map(record) as [
	RosterRecord,
	RosterRecord,
	RosterRecord,
	RosterRecord,
	RosterRecord
];

let count = 0;
function open() {
	const name = `roster ${++count}` as WorkspaceId;
	const start = () => createDexieRoster(openWorkspaceDatabase(name));
	return { store: start(), start };
}

describe('the stored chain', () => {
	it('D10 remembers over a restart which own record the relay has not acknowledged', async () => {
		const { store, start } = open();
		await store.begin([a, b, mine], true);
		expect(await start().unanswered()).toEqual({ seq: 2, isMoved: false });
		await store.setAnswered();
		expect(await start().unanswered()).toBeNull();
		await store.begin([a], true);
		await store.begin([a, b], false);
		expect(await start().unanswered()).toBeNull();
		expect(await start().load()).toEqual([a, b]);
	});

	it('D10 replaces that record alone, and only by a chain that goes on from the rest', async () => {
		const { store, start } = open();
		await store.begin([a, b, mine], true);
		await expect(store.replaceTail([a, c, anew])).rejects.toThrow('stays');
		await expect(store.replaceTail([a, b])).rejects.toThrow('stays');
		await store.replaceTail([a, b, c, anew]);
		expect(await start().load()).toEqual([a, b, c, anew]);
		expect(await start().unanswered()).toEqual({ seq: 3, isMoved: true });
		await store.append(4, [record('later')]);
		await expect(store.replaceTail([a, b, c, mine])).rejects.toThrow('unanswered');
		await store.setAnswered();
		await expect(store.replaceTail([a, b, c, anew])).rejects.toThrow('unanswered');
		expect(await start().load()).toHaveLength(5);
	});
});
