import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import { cryptoRandom, newRoomId, type RoomId, type WorkspaceId } from '$lib/base/ids.ts';
import { createDexieRoomLogs } from './dexieRoomLogs.ts';
import { importLogs } from './importLogs.ts';
import { createMemoryDisk, createMemoryRoomLogs } from './memoryRoomLogs.ts';
import type { RoomLogs } from './roomLogs.ts';
import { openWorkspaceDatabase } from './workspaceDatabase.ts';

function logOf(...entries: number[]): Uint8Array {
	const log = new Y.Doc();
	for (const entry of entries) log.getArray('log').push([new Uint8Array([entry])]);
	return Y.encodeStateAsUpdate(log);
}

async function entriesIn(logs: RoomLogs, room: RoomId): Promise<number[]> {
	const stored = await logs.open(room);
	const entries = stored.log.getArray<Uint8Array>('log').toArray();
	stored.release();
	return entries.map(([first]) => first!).toSorted();
}

afterEach(() => vi.restoreAllMocks());

describe('importLogs', () => {
	it('brings logs into IndexedDB, where they are after a restart, all of them unsent', async () => {
		const workspace = bytesToBase64Url(cryptoRandom(32)) as WorkspaceId;
		const [a, b] = [newRoomId(), newRoomId()];
		let database = openWorkspaceDatabase(workspace);
		const shares: number[] = [];
		const imported = await importLogs(
			createDexieRoomLogs(database),
			new Map([
				[a, logOf(1, 2)],
				[b, logOf(3)]
			]),
			{ progress: (share) => shares.push(share) }
		);
		expect(imported).toEqual({ ok: true, value: { rooms: 2, damaged: [] } });
		expect(shares).toEqual([0.5, 1]);
		database.close();
		database = openWorkspaceDatabase(workspace);
		const logs = createDexieRoomLogs(database);
		expect(await entriesIn(logs, a)).toEqual([1, 2]);
		expect(await entriesIn(logs, b)).toEqual([3]);
		expect(new Set(await logs.unsent())).toEqual(new Set([a, b]));
		database.close();
	});

	it('merges into what is there, and twice is once', async () => {
		const logs = createMemoryRoomLogs(createMemoryDisk());
		const room = newRoomId();
		const update = logOf(7);
		await importLogs(logs, new Map([[room, logOf(5)]]));
		await importLogs(logs, new Map([[room, update]]));
		await importLogs(logs, new Map([[room, update]]));
		expect(await entriesIn(logs, room)).toEqual([5, 7]);
	});

	it('leaves out a log that does not decode, whole, and takes the others', async () => {
		const logs = createMemoryRoomLogs(createMemoryDisk());
		const [good, bad] = [newRoomId(), newRoomId()];
		const imported = await importLogs(
			logs,
			new Map([
				[bad, logOf(1, 2, 3).subarray(0, 20)],
				[good, logOf(4)]
			])
		);
		expect(imported).toEqual({ ok: true, value: { rooms: 1, damaged: [bad] } });
		expect(await logs.rooms()).toEqual([good]);
	});

	it('says when the disk is full, and a second try with room completes', async () => {
		const disk = createMemoryDisk();
		const logs = createMemoryRoomLogs(disk);
		const updates = new Map([[newRoomId(), logOf(1)]]);
		disk.full = true;
		expect(await importLogs(logs, updates)).toEqual({ ok: false, error: 'disk-full' });
		disk.full = false;
		expect((await importLogs(logs, updates)).ok).toBe(true);
	});

	it('stops between two logs when it is called off', async () => {
		const logs = createMemoryRoomLogs(createMemoryDisk());
		const stop = new AbortController();
		const updates = new Map([1, 2, 3].map((entry) => [newRoomId(), logOf(entry)] as const));
		const imported = await importLogs(logs, updates, {
			signal: stop.signal,
			progress: () => stop.abort()
		});
		expect(imported).toEqual({ ok: false, error: 'aborted' });
		expect(await logs.rooms()).toHaveLength(1);
	});
});
