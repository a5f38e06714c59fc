/**
 * One IndexedDB database a workspace. It holds ciphertext, public keys and numbers: the only
 * secrets in it are sealed by a key that cannot be exported (see ../keys/vault.ts). Rules are
 * numbered D… in SPEC.md.
 */
import { Dexie, type Table } from 'dexie';
import yDexie from 'y-dexie';
import type * as Y from 'yjs';
import type { BlobId, RoomId, WorkspaceId } from '$lib/base/ids.ts';
import type { BlobRow } from './blobStore.ts';
import type { RingRow } from './ringStore.ts';
import type { RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';

export interface RoomRow {
	readonly id: RoomId;
	/** 1 while the relay has not acknowledged everything; a number because IndexedDB indexes no booleans. */
	unsent: 0 | 1;
	readonly log: Y.Doc;
}

interface SettingRow {
	readonly key: string;
	readonly value: unknown;
}

export interface RosterRow {
	readonly seq: number;
	readonly record: RosterRecord;
}

interface BlobBytesRow {
	readonly id: BlobId;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

export type WorkspaceDatabase = Dexie & {
	rooms: Table<RoomRow, RoomId, Omit<RoomRow, 'log'>>;
	settings: Table<SettingRow, string>;
	roster: Table<RosterRow, number>;
	ring: Table<RingRow, RoomId>;
	blobs: Table<BlobRow, BlobId>;
	blobBytes: Table<BlobBytesRow, BlobId>;
};

/** y-dexie's table of the logs' updates. */
export const LOG_UPDATES_TABLE = '$rooms.log_updates';

export const workspaceDatabaseName = (workspace: WorkspaceId) => `tongxin.${workspace}`;

export function openWorkspaceDatabase(workspace: WorkspaceId): WorkspaceDatabase {
	const database = new Dexie(workspaceDatabaseName(workspace), {
		addons: [yDexie]
	}) as WorkspaceDatabase;
	database.version(1).stores({ rooms: 'id, unsent, log: Y.Doc', settings: 'key', roster: 'seq' });
	database.version(2).stores({ ring: 'room' });
	database.version(3).stores({ blobs: 'id', blobBytes: 'id' });
	return database;
}
