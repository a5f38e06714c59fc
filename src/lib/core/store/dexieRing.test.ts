import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import { cryptoRandom, newRoomId, type WorkspaceId } from '$lib/base/ids.ts';
import yDexie from 'y-dexie';
import { createDexieRing } from './dexieRing.ts';
import { createDexieRoomLogs } from './dexieRoomLogs.ts';
import { ringContract } from './ringContract.ts';
import {
	openWorkspaceDatabase,
	workspaceDatabaseName,
	type WorkspaceDatabase
} from './workspaceDatabase.ts';

const newWorkspace = () => bytesToBase64Url(cryptoRandom(32)) as WorkspaceId;

describe('dexieRing', () => {
	ringContract(async () => {
		const workspace = newWorkspace();
		return {
			ring: createDexieRing(openWorkspaceDatabase(workspace)),
			restart: async () => createDexieRing(openWorkspaceDatabase(workspace))
		};
	});

	it('D8 hears of what another tab puts in', async () => {
		const workspace = newWorkspace();
		const [one, other] = [openWorkspaceDatabase(workspace), openWorkspaceDatabase(workspace)];
		let calls = 0;
		const stop = createDexieRing(one).subscribe(() => void calls++);
		await one.open();
		const row = {
			room: newRoomId(),
			state: 'foreign',
			seen: '',
			sealed: new Uint8Array()
		} as const;
		await createDexieRing(other).put(row);
		await expect.poll(() => calls, { timeout: 5_000 }).toBeGreaterThan(0);
		stop();
	});
});

describe('a database of the first version', () => {
	it('D1 keeps its rooms and settings when it is opened by this one', async () => {
		const workspace = newWorkspace();
		const old = new Dexie(workspaceDatabaseName(workspace), { addons: [yDexie] });
		old.version(1).stores({ rooms: 'id, unsent, log: Y.Doc', settings: 'key', roster: 'seq' });
		const room = newRoomId();
		const before = createDexieRoomLogs(old as WorkspaceDatabase);
		const stored = await before.open(room);
		stored.log.getArray('log').push([new Uint8Array([1, 2, 3])]);
		await expect.poll(() => stored.writes.current().pending).toBe(0);
		await before.writeCursor({ relayId: 'r', commit: 7 });
		stored.release();
		old.close();
		const database = openWorkspaceDatabase(workspace);
		const after = createDexieRoomLogs(database);
		expect((await after.open(room)).log.getArray('log').toArray()).toEqual([
			new Uint8Array([1, 2, 3])
		]);
		expect(await after.readCursor()).toEqual({ relayId: 'r', commit: 7 });
		expect(await createDexieRing(database).load()).toEqual([]);
	});
});
