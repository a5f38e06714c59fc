/**
 * Storage in one SQLite file, `relay.sqlite` in the data folder, through Node's own driver.
 *
 *     meta(key, value)                             schema version, relay id, last write check
 *     workspaces(id, name, newest, bytes)          newest commit, bytes over all rooms
 *     rooms(id, workspace, name, newest, bytes)
 *     room_keys(room, key)                         a room without one was begun under version 1
 *     updates(room, commit_no, data)               commit_no counts per workspace; under the room's key
 *     roster(workspace, seq, record)               record: JSON text as it came
 *     receipts(workspace, device, commit_no, signature)
 *
 * WAL with synchronous=FULL: what append() answered survives `kill -9` and power cuts. The file is
 * locked while it is open, since two relays on one folder would number commits twice.
 *
 * What a room's compaction drops is gone from the files too: the room gets another key, freed pages
 * are overwritten, and the write-ahead log, which still has the old pages, is emptied. Keys are all
 * of one length and never deleted, so SQLite writes a new one over the old one and moves none.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { err, ok, type Result } from '../../src/lib/base/result.ts';
import type { Receipt } from '../../src/lib/protocol/control.ts';
import type { NewUpdate, RelayStorage } from './relayStorage.ts';
import { newRoomKey, veil } from './roomVeil.ts';

export const SCHEMA_VERSION = 2;

const ROOM_KEYS = 'CREATE TABLE room_keys (room INTEGER PRIMARY KEY, key BLOB NOT NULL);';
const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE workspaces (
	id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, newest INTEGER NOT NULL, bytes INTEGER NOT NULL
);
CREATE TABLE rooms (
	id INTEGER PRIMARY KEY, workspace INTEGER NOT NULL, name TEXT NOT NULL,
	newest INTEGER NOT NULL, bytes INTEGER NOT NULL, UNIQUE (workspace, name)
);
CREATE INDEX rooms_by_newest ON rooms (workspace, newest);
CREATE TABLE updates (room INTEGER NOT NULL, commit_no INTEGER NOT NULL, data BLOB NOT NULL);
${ROOM_KEYS}
CREATE UNIQUE INDEX updates_by_commit ON updates (room, commit_no);
CREATE TABLE roster (
	workspace INTEGER NOT NULL, seq INTEGER NOT NULL, record TEXT NOT NULL,
	PRIMARY KEY (workspace, seq)
) WITHOUT ROWID;
CREATE TABLE receipts (
	workspace INTEGER NOT NULL, device TEXT NOT NULL, commit_no INTEGER NOT NULL,
	signature TEXT NOT NULL, PRIMARY KEY (workspace, device)
) WITHOUT ROWID;
`;

const STATEMENTS = {
	addWorkspace:
		'INSERT INTO workspaces (name, newest, bytes) VALUES (?, 0, 0) ON CONFLICT DO NOTHING',
	workspace: 'SELECT id, newest, bytes FROM workspaces WHERE name = ?',
	setWorkspace: 'UPDATE workspaces SET newest = ?, bytes = ? WHERE id = ?',
	addRoom:
		'INSERT INTO rooms (workspace, name, newest, bytes) VALUES (?, ?, 0, 0) ON CONFLICT DO NOTHING',
	room: 'SELECT id, newest, bytes FROM rooms WHERE workspace = ? AND name = ?',
	growRoom: 'UPDATE rooms SET newest = ?, bytes = bytes + ? WHERE id = ?',
	resizeRoom: 'UPDATE rooms SET bytes = ? WHERE id = ?',
	key: 'SELECT key FROM room_keys WHERE room = ?',
	putKey:
		'INSERT INTO room_keys (room, key) VALUES (?, ?) ON CONFLICT DO UPDATE SET key = excluded.key',
	addUpdate: 'INSERT INTO updates (room, commit_no, data) VALUES (?, ?, ?)',
	updates: 'SELECT commit_no AS "commit", data FROM updates WHERE room = ? ORDER BY commit_no',
	dropUpdates: 'DELETE FROM updates WHERE room = ?',
	updateBytes: 'SELECT COALESCE(SUM(LENGTH(data)), 0) AS bytes FROM updates WHERE room = ?',
	changedRooms: 'SELECT name FROM rooms WHERE workspace = ? AND newest > ? ORDER BY newest',
	rosterLength: 'SELECT COUNT(*) AS length FROM roster WHERE workspace = ?',
	roster: 'SELECT record FROM roster WHERE workspace = ? AND seq >= ? ORDER BY seq',
	addRecord: 'INSERT INTO roster (workspace, seq, record) VALUES (?, ?, ?)',
	workspacesFrom: `SELECT name FROM workspaces WHERE name >= ? AND name < ?
		AND EXISTS (SELECT 1 FROM roster WHERE workspace = workspaces.id) ORDER BY name LIMIT ?`,
	receipts: 'SELECT device, commit_no AS "commit", signature FROM receipts WHERE workspace = ?',
	putReceipt: `INSERT INTO receipts (workspace, device, commit_no, signature) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET commit_no = excluded.commit_no, signature = excluded.signature
		WHERE excluded.commit_no > commit_no`,
	check: `INSERT INTO meta (key, value) VALUES ('checked', ?)
		ON CONFLICT DO UPDATE SET value = excluded.value`
} as const;
type Statements = Record<keyof typeof STATEMENTS, StatementSync>;

interface Counted {
	id: number;
	newest: number;
	bytes: number;
}

export type OpenFault = 'newer-schema' | 'in-use' | 'unreadable';

export interface SqliteOptions {
	readonly newRelayId: () => string;
	/** Ceiling of the file in pages of 4 KiB: stands in for a full disk in tests. */
	readonly maxPages?: number;
}

function transaction<T>(db: DatabaseSync, work: () => T): T {
	db.exec('BEGIN IMMEDIATE');
	try {
		const result = work();
		db.exec('COMMIT');
		return result;
	} catch (error) {
		if (db.isTransaction) db.exec('ROLLBACK');
		throw error;
	}
}

function prepareSchema(db: DatabaseSync, newRelayId: () => string): Result<string, OpenFault> {
	const value = (key: string) =>
		db.prepare('SELECT value FROM meta WHERE key = ?').get(key)?.['value'] as string;
	const isNew = !db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").get();
	if (isNew)
		transaction(db, () => {
			db.exec(SCHEMA);
			const put = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
			put.run('schema', String(SCHEMA_VERSION));
			put.run('relayId', newRelayId());
		});
	if (Number(value('schema')) > SCHEMA_VERSION) return err('newer-schema');
	if (value('schema') === '1')
		transaction(db, () => {
			db.exec(ROOM_KEYS);
			db.prepare("UPDATE meta SET value = ? WHERE key = 'schema'").run(String(SCHEMA_VERSION));
		});
	return ok(value('relayId'));
}

function openDatabase(folder: string, { maxPages, newRelayId }: SqliteOptions) {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const db = new DatabaseSync(join(folder, 'relay.sqlite'));
	try {
		db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL');
		db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
		const relayId = prepareSchema(db, newRelayId);
		if (!relayId.ok) {
			db.close();
			return relayId;
		}
		if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${maxPages}`);
		return ok({ db, relayId: relayId.value });
	} catch (error) {
		db.close();
		throw error;
	}
}

/** Opens the store of a data folder, or makes it. */
export function openSqliteStorage(
	folder: string,
	options: SqliteOptions
): Result<RelayStorage, OpenFault> {
	try {
		const opened = openDatabase(folder, options);
		return opened.ok ? ok(createStorage(opened.value.db, opened.value.relayId)) : opened;
	} catch (error) {
		return err(/locked|busy/.test(String(error)) ? 'in-use' : 'unreadable');
	}
}

function prepareAll(db: DatabaseSync): Statements {
	const prepared = Object.entries(STATEMENTS).map(([name, sql]) => [name, db.prepare(sql)]);
	return Object.fromEntries(prepared) as Statements;
}

function createStorage(db: DatabaseSync, relayId: string): RelayStorage {
	const sql = prepareAll(db);
	const findWorkspace = (name: string) => sql.workspace.get(name) as Counted | undefined;
	const findRoom = (workspace: string, name: string) => {
		const owner = findWorkspace(workspace);
		return owner && (sql.room.get(owner.id, name) as Counted | undefined);
	};
	const ensureWorkspace = (name: string): Counted => {
		sql.addWorkspace.run(name);
		return findWorkspace(name)!;
	};
	const ensureRoom = (workspace: Counted, name: string): Counted => {
		sql.addRoom.run(workspace.id, name);
		return sql.room.get(workspace.id, name) as unknown as Counted;
	};
	const rosterLength = (id: number) => sql.rosterLength.get(id)!['length'] as number;
	let leavesTraces = true; // what the process before has left

	/** Null for a room of version 1, whose updates lie as they came until it is compacted. */
	const keyOf = (room: number) => (sql.key.get(room)?.['key'] as Uint8Array | undefined) ?? null;
	const veiled = (key: Uint8Array | null, commit: number, bytes: Uint8Array) =>
		key ? veil(key, commit, bytes) : bytes;
	function renewKey(room: number): Uint8Array {
		const key = newRoomKey();
		sql.putKey.run(room, key);
		return key;
	}

	function readUpdates(room: number): { commit: number; update: Uint8Array }[] {
		const key = keyOf(room);
		return sql.updates.all(room).map((row) => {
			const commit = row['commit'] as number;
			return { commit, update: veiled(key, commit, row['data'] as Uint8Array) };
		});
	}

	function appendAll(batch: readonly NewUpdate[]): number[] {
		const workspaces = new Map<string, Counted>();
		const commits = batch.map(({ workspace, room, update }) => {
			const owner = workspaces.get(workspace) ?? ensureWorkspace(workspace);
			workspaces.set(workspace, owner);
			owner.newest += 1;
			owner.bytes += update.length;
			const { id, newest } = ensureRoom(owner, room);
			const key = newest === 0 ? renewKey(id) : keyOf(id);
			sql.addUpdate.run(id, owner.newest, veiled(key, owner.newest, update));
			sql.growRoom.run(owner.newest, update.length, id);
			return owner.newest;
		});
		for (const { id, newest, bytes } of workspaces.values())
			sql.setWorkspace.run(newest, bytes, id);
		return commits;
	}

	function replace(workspace: string, room: string, upToCommit: number, snapshot: Uint8Array) {
		const owner = findWorkspace(workspace);
		const stored = owner && (sql.room.get(owner.id, room) as Counted | undefined);
		if (!owner || !stored) throw new Error('broken invariant: compaction of an unknown room');
		const later = readUpdates(stored.id).filter(({ commit }) => commit > upToCommit);
		sql.dropUpdates.run(stored.id);
		const key = renewKey(stored.id);
		for (const { commit, update } of [{ commit: upToCommit, update: snapshot }, ...later])
			sql.addUpdate.run(stored.id, commit, veil(key, commit, update));
		leavesTraces = true;
		const roomBytes = sql.updateBytes.get(stored.id)!['bytes'] as number;
		const workspaceBytes = owner.bytes - stored.bytes + roomBytes;
		sql.resizeRoom.run(roomBytes, stored.id);
		sql.setWorkspace.run(owner.newest, workspaceBytes, owner.id);
		return { roomBytes, workspaceBytes };
	}

	function appendRecords(workspace: string, expectedLength: number, records: readonly string[]) {
		const known = findWorkspace(workspace);
		if ((known ? rosterLength(known.id) : 0) !== expectedLength) return false;
		const { id } = known ?? ensureWorkspace(workspace);
		records.forEach((record, i) => sql.addRecord.run(id, expectedLength + i, record));
		return true;
	}

	return {
		relayId,
		async append(batch) {
			return transaction(db, () => appendAll(batch));
		},
		async loadRoom(workspace, room) {
			const stored = findRoom(workspace, room);
			if (!stored) return { commit: 0, updates: [], bytes: 0 };
			const updates = readUpdates(stored.id).map(({ update }) => update);
			return { commit: stored.newest, updates, bytes: stored.bytes };
		},
		async replaceRoom(workspace, room, upToCommit, snapshot) {
			return transaction(db, () => replace(workspace, room, upToCommit, snapshot));
		},
		async scrub() {
			if (!leavesTraces) return;
			const done = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
			leavesTraces = done?.['busy'] !== 0;
		},
		async loadWorkspace(name) {
			const found = findWorkspace(name);
			if (!found) return { commit: 0, bytes: 0, receipts: [] };
			const receipts = sql.receipts.all(found.id).map((row) => ({ ...row })) as unknown[];
			return { commit: found.newest, bytes: found.bytes, receipts: receipts as Receipt[] };
		},
		async roomsChangedSince(workspace, commit) {
			const found = findWorkspace(workspace);
			if (!found) return [];
			return sql.changedRooms.all(found.id, commit).map((row) => row['name'] as string);
		},
		async loadRoster(workspace, from) {
			const found = findWorkspace(workspace);
			if (!found) return { length: 0, records: [] };
			const records = sql.roster.all(found.id, from).map((row) => row['record'] as string);
			return { length: rosterLength(found.id), records };
		},
		async appendRoster(workspace, expectedLength, records) {
			return transaction(db, () => appendRecords(workspace, expectedLength, records));
		},
		async findWorkspaces(prefix, limit) {
			const found = sql.workspacesFrom.all(prefix, prefix + '\u{10ffff}', limit);
			return found.map((row) => row['name'] as string);
		},
		async putReceipt(workspace, { device, commit, signature }) {
			transaction(db, () =>
				sql.putReceipt.run(ensureWorkspace(workspace).id, device, commit, signature)
			);
		},
		async check() {
			sql.check.run(relayId);
		},
		async close() {
			db.close();
		}
	};
}
