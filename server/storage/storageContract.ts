/** What every adapter of RelayStorage must do; an adapter's test calls this in one line. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RelayStorage } from './relayStorage.ts';

export interface StorageSubject {
	open(): Promise<RelayStorage>;
	/** Opens the same store anew, as after a restart; null where nothing outlives the object. */
	reopen: ((storage: RelayStorage) => Promise<RelayStorage>) | null;
}

const bytes = (...values: number[]) => Uint8Array.from(values);
const update = (room: string, ...values: number[]) => ({
	workspace: 'w',
	room,
	update: bytes(...values)
});
const plain = (updates: readonly Uint8Array[]) => updates.map((one) => [...one]);

export function storageContract(name: string, subject: StorageSubject): void {
	describe(`${name} keeps the storage contract`, () => {
		let storage: RelayStorage;
		beforeEach(async () => {
			storage = await subject.open();
		});
		afterEach(() => storage.close());

		roomCases(() => storage);
		rosterCases(() => storage);

		it.skipIf(!subject.reopen)('is the same after a restart', async () => {
			const { relayId } = storage;
			await storage.append([update('a', 1, 2), update('b', 3)]);
			await storage.appendRoster('w', 0, ['first']);
			await storage.putReceipt('w', { device: 'd', commit: 2, signature: 's' });
			storage = await subject.reopen!(storage);
			expect(storage.relayId).toBe(relayId);
			expect(plain((await storage.loadRoom('w', 'a')).updates)).toEqual([[1, 2]]);
			expect(await storage.loadRoster('w', 0)).toEqual({ length: 1, records: ['first'] });
			expect(await storage.loadWorkspace('w')).toEqual({
				commit: 2,
				bytes: 3,
				receipts: [{ device: 'd', commit: 2, signature: 's' }]
			});
			expect(await storage.append([update('a', 4)])).toEqual([3]);
		});
	});
}

function roomCases(storage: () => RelayStorage): void {
	it('knows nothing of a room or workspace that was never written', async () => {
		expect(await storage().loadRoom('w', 'a')).toEqual({ commit: 0, updates: [], bytes: 0 });
		expect(await storage().loadWorkspace('w')).toEqual({ commit: 0, bytes: 0, receipts: [] });
		expect(await storage().roomsChangedSince('w', 0)).toEqual([]);
	});

	it('numbers commits per workspace in the order of the batch', async () => {
		const other = { workspace: 'v', room: 'a', update: bytes(9) };
		expect(await storage().append([update('a', 1), other, update('b', 2)])).toEqual([1, 1, 2]);
		expect(await storage().append([update('a', 3)])).toEqual([3]);
	});

	it('answers a room in order, with its newest commit and size', async () => {
		await storage().append([update('a', 1, 1), update('b', 2), update('a', 3)]);
		const room = await storage().loadRoom('w', 'a');
		expect({ ...room, updates: plain(room.updates) }).toEqual({
			commit: 3,
			updates: [[1, 1], [3]],
			bytes: 3
		});
		expect((await storage().loadWorkspace('w')).bytes).toBe(4);
	});

	it('keeps bytes that the caller changes or reuses afterwards', async () => {
		const reused = bytes(7, 7);
		await storage().append([{ workspace: 'w', room: 'a', update: reused }]);
		reused.fill(0);
		expect(plain((await storage().loadRoom('w', 'a')).updates)).toEqual([[7, 7]]);
	});

	it('stores a view of a larger buffer as the view alone', async () => {
		const view = bytes(0, 1, 2, 3).subarray(1, 3);
		await storage().append([{ workspace: 'w', room: 'a', update: view }]);
		expect(plain((await storage().loadRoom('w', 'a')).updates)).toEqual([[1, 2]]);
	});

	it('names the rooms with a newer commit than the one asked about', async () => {
		await storage().append([update('a', 1), update('b', 2), update('c', 3), update('a', 4)]);
		expect(await storage().roomsChangedSince('w', 0)).toEqual(['b', 'c', 'a']);
		expect(await storage().roomsChangedSince('w', 2)).toEqual(['c', 'a']);
		expect(await storage().roomsChangedSince('w', 4)).toEqual([]);
		expect(await storage().roomsChangedSince('other', 0)).toEqual([]);
	});

	it('replaces what a snapshot covers and keeps what came after it', async () => {
		await storage().append([update('a', 1, 1, 1), update('b', 2), update('a', 3)]);
		await storage().append([update('a', 4, 4)]);
		expect(await storage().replaceRoom('w', 'a', 3, bytes(5))).toEqual({
			roomBytes: 3,
			workspaceBytes: 4
		});
		const room = await storage().loadRoom('w', 'a');
		expect(plain(room.updates)).toEqual([[5], [4, 4]]);
		expect(room.commit).toBe(4);
		expect((await storage().loadWorkspace('w')).bytes).toBe(4);
		expect(await storage().append([update('a', 6)])).toEqual([5]);
	});

	it('keeps workspaces apart that have a room of the same name', async () => {
		await storage().append([update('a', 1), { workspace: 'v', room: 'a', update: bytes(2) }]);
		expect(plain((await storage().loadRoom('v', 'a')).updates)).toEqual([[2]]);
		expect(plain((await storage().loadRoom('w', 'a')).updates)).toEqual([[1]]);
	});

	it('says that it can write', async () => {
		await expect(storage().check()).resolves.toBeUndefined();
	});
}

function rosterCases(storage: () => RelayStorage): void {
	it('appends records by compare-and-set', async () => {
		expect(await storage().appendRoster('w', 0, ['a', 'b'])).toBe(true);
		expect(await storage().appendRoster('w', 1, ['c'])).toBe(false);
		expect(await storage().appendRoster('w', 3, ['c'])).toBe(false);
		expect(await storage().appendRoster('w', 2, ['c'])).toBe(true);
		expect(await storage().loadRoster('w', 1)).toEqual({ length: 3, records: ['b', 'c'] });
		expect(await storage().loadRoster('other', 0)).toEqual({ length: 0, records: [] });
	});

	it('finds workspaces with a roster by the beginning of their name', async () => {
		for (const name of ['ab_1', 'ab-2', 'ab12', 'aB12', 'ac', 'b'])
			await storage().appendRoster(name, 0, ['record']);
		await storage().append([{ workspace: 'ab13', room: 'a', update: bytes(1) }]);
		expect(await storage().findWorkspaces('ab', 4)).toEqual(['ab-2', 'ab12', 'ab_1']);
		expect(await storage().findWorkspaces('ab', 2)).toEqual(['ab-2', 'ab12']);
		expect(await storage().findWorkspaces('ab_', 4)).toEqual(['ab_1']);
		expect(await storage().findWorkspaces('ab12', 4)).toEqual(['ab12']);
		expect(await storage().findWorkspaces('abc', 4)).toEqual([]);
	});

	it('keeps the newest receipt of each device', async () => {
		await storage().putReceipt('w', { device: 'd', commit: 5, signature: 'five' });
		await storage().putReceipt('w', { device: 'd', commit: 4, signature: 'four' });
		await storage().putReceipt('w', { device: 'e', commit: 0, signature: 'zero' });
		const { receipts } = await storage().loadWorkspace('w');
		expect([...receipts].sort((a, b) => b.commit - a.commit)).toEqual([
			{ device: 'd', commit: 5, signature: 'five' },
			{ device: 'e', commit: 0, signature: 'zero' }
		]);
	});
}
