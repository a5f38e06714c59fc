import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import { cryptoRandom, type WorkspaceId } from '$lib/base/ids.ts';
import yDexie from 'y-dexie';
import { blobStoreContract } from './blobStoreContract.ts';
import { createDexieBlobs } from './dexieBlobs.ts';
import { openWorkspaceDatabase, workspaceDatabaseName } from './workspaceDatabase.ts';

const newWorkspace = () => bytesToBase64Url(cryptoRandom(32)) as WorkspaceId;

describe('dexieBlobs', () => {
	blobStoreContract(async () => {
		const workspace = newWorkspace();
		const database = openWorkspaceDatabase(workspace);
		return {
			blobs: createDexieBlobs(database),
			restart: async () => createDexieBlobs(openWorkspaceDatabase(workspace)),
			// The bytes are refused, as a browser does; what is said of them must not stay either.
			fill: () =>
				database.blobBytes.hook('creating', () => {
					throw new DOMException('no space', 'QuotaExceededError');
				})
		};
	});
});

it('D1 D11 keeps what a database of the second version has', async () => {
	const workspace = newWorkspace();
	const old = new Dexie(workspaceDatabaseName(workspace), { addons: [yDexie] });
	old.version(1).stores({ rooms: 'id, unsent, log: Y.Doc', settings: 'key', roster: 'seq' });
	old.version(2).stores({ ring: 'room' });
	await old.table('ring').put({ room: 'r', state: 'foreign', seen: '', sealed: new Uint8Array() });
	old.close();
	const database = openWorkspaceDatabase(workspace);
	expect((await database.ring.toArray()).map(({ room }) => room)).toEqual(['r']);
	expect(await createDexieBlobs(database).list()).toEqual([]);
});
