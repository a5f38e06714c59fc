import { describe, expect, it } from 'vitest';
import { newRoomId } from '$lib/base/ids.ts';
import { createMemoryDisk, createMemoryRoomLogs } from '../store/memoryRoomLogs.ts';
import { createSyncedLogs } from './syncedLogs.ts';

const offline = { whenConnected: () => () => {} };

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
