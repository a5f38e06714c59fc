import { describe, expect, it } from 'vitest';
import { newRoomId, type RoomId } from '$lib/base/ids.ts';
import { createMemoryDisk, createMemoryRoomLogs } from '../store/memoryRoomLogs.ts';
import type { RoomLogs } from '../store/roomLogs.ts';
import { createSyncedLogs, type SyncedLog } from './syncedLogs.ts';

const offline = { whenConnected: () => () => {} };

function createFakes() {
	const logs = createMemoryRoomLogs(createMemoryDisk());
	return { logs, synced: createSyncedLogs(logs, offline, true) };
}

/** In the store as sent. */
async function storeRooms(logs: RoomLogs, count: number): Promise<RoomId[]> {
	const rooms = Array.from({ length: count }, () => newRoomId());
	for (const room of rooms) (await logs.open(room)).release();
	return rooms;
}

const isDelivered = ({ sync }: SyncedLog) => sync.state.current().delivered;

describe('synced logs', () => {
	it('D3 who may only read leaves alone what was unsent before: it goes once he may write again', async () => {
		const logs = createMemoryRoomLogs(createMemoryDisk());
		const room = newRoomId();
		await logs.markUnsent(room, true);
		const { sync } = await createSyncedLogs(logs, offline, false).acquire(room);
		// Any change of what is known of the relay.
		sync.forgetDelivery();
		expect(sync.state.current().delivered).toBe(true);
		expect(await logs.unsent()).toEqual([room]);
		sync.close();
	});
});

describe('a relay that lost its store', () => {
	it('D14 is owed every room, whether it was open, being opened or closed', async () => {
		const { logs, synced } = createFakes();
		const [open, opening, later, closed] = await storeRooms(logs, 4);
		const first = await synced.acquire(open!);
		const second = synced.acquire(opening!);
		synced.forgetDelivery();
		const third = await synced.acquire(later!);
		expect([first, await second, third].map(isDelivered)).toEqual([false, false, false]);
		await synced.markRest();
		expect(new Set(await logs.unsent())).toEqual(new Set([open, opening, later, closed]));
	});

	it('D14 is owed no more what has gone out by the time the others are marked', async () => {
		const { logs, synced } = createFakes();
		const [open, opening, later, closed] = await storeRooms(logs, 4);
		await synced.acquire(open!);
		const second = synced.acquire(opening!);
		synced.forgetDelivery();
		await second;
		await synced.acquire(later!);
		for (const room of [open!, opening!, later!]) await logs.markUnsent(room, false);
		await synced.markRest();
		expect(await logs.unsent()).toEqual([closed]);
	});

	it('is owed nothing by what opens once the others are marked', async () => {
		const { logs, synced } = createFakes();
		const [room] = await storeRooms(logs, 1);
		synced.forgetDelivery();
		await synced.markRest();
		await logs.markUnsent(room!, false);
		expect(isDelivered(await synced.acquire(room!))).toBe(true);
		expect(await logs.unsent()).toEqual([]);
	});

	it('is owed a room also when the disk refused to say so as it opened', async () => {
		const logs = createMemoryRoomLogs(createMemoryDisk());
		const [room] = await storeRooms(logs, 1);
		const full = async () => {
			throw new Error('the disk is full');
		};
		const synced = createSyncedLogs({ ...logs, markUnsent: full }, offline, true);
		synced.forgetDelivery();
		await synced.acquire(room!);
		await synced.markRest();
		expect(await logs.unsent()).toEqual([room]);
	});
});
