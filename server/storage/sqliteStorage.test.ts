import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/lib/base/bytes.ts';
import { openSqliteStorage, SCHEMA_VERSION, type SqliteOptions } from './sqliteStorage.ts';
import { storageContract } from './storageContract.ts';

let folder: string;
let made = 0;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'relay-storage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(options: Partial<SqliteOptions> = {}) {
	const opened = openSqliteStorage(folder, { newRelayId: () => `relay-${++made}`, ...options });
	if (!opened.ok) throw new Error(opened.error);
	return opened.value;
}

storageContract('sqliteStorage', {
	open: async () => open(),
	async reopen(storage) {
		await storage.close();
		return open();
	}
});

/** What a thief of the disk finds now, the write-ahead log included. */
const disk = (): Buffer =>
	Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

/** The keys of the rooms, from a copy: the store itself is locked. */
function keysNow(): Buffer[] {
	const copy = mkdtempSync(join(tmpdir(), 'relay-copy-'));
	cpSync(folder, copy, { recursive: true });
	const db = new DatabaseSync(join(copy, 'relay.sqlite'));
	const rows = db.prepare('SELECT key FROM room_keys').all();
	db.close();
	rmSync(copy, { recursive: true });
	return rows.map(({ key }) => Buffer.from(key as Uint8Array));
}

const newRelayId = () => 'relay';
const row = (text: string) => ({ workspace: 'w', room: 'a', update: utf8ToBytes(text) });

describe('sqliteStorage', () => {
	it('refuses a folder that a newer version wrote, and leaves it as it was', async () => {
		await open().close();
		const db = new DatabaseSync(join(folder, 'relay.sqlite'));
		db.exec(`UPDATE meta SET value = '${SCHEMA_VERSION + 1}' WHERE key = 'schema'`);
		db.close();
		expect(openSqliteStorage(folder, { newRelayId })).toEqual({
			ok: false,
			error: 'newer-schema'
		});
	});

	it('refuses a folder that another relay has open', async () => {
		const first = open();
		expect(openSqliteStorage(folder, { newRelayId })).toEqual({ ok: false, error: 'in-use' });
		await first.close();
		await open().close();
	});

	it('refuses a path it cannot use', () => {
		expect(openSqliteStorage('/dev/null/data', { newRelayId })).toEqual({
			ok: false,
			error: 'unreadable'
		});
	});

	it('stores nothing of a batch that does not fit on the disk, and goes on when there is room', async () => {
		const storage = open({ maxPages: 40 });
		await storage.append([row('fits')]);
		const large = { workspace: 'w', room: 'b', update: new Uint8Array(1 << 20) };
		await expect(storage.append([row('lost with its batch'), large])).rejects.toThrow(/full/);
		expect(await storage.roomsChangedSince('w', 0)).toEqual(['a']);
		expect(await storage.append([row('fits too')])).toEqual([2]);
		await storage.close();
	});

	it('reads what version 1 stored, and puts it under a key of its own when it is compacted', async () => {
		await open().close();
		const db = new DatabaseSync(join(folder, 'relay.sqlite'));
		db.exec(`
			DROP TABLE room_keys; UPDATE meta SET value = '1' WHERE key = 'schema';
			INSERT INTO workspaces (id, name, newest, bytes) VALUES (1, 'w', 2, 10);
			INSERT INTO rooms (id, workspace, name, newest, bytes) VALUES (1, 1, 'a', 2, 10);
			INSERT INTO updates (room, commit_no, data) VALUES (1, 1, 'first'), (1, 2, 'other');
		`);
		db.close();
		const storage = open();
		await storage.append([row('third')]);
		const texts = async () =>
			(await storage.loadRoom('w', 'a')).updates.map((update) => Buffer.from(update).toString());
		expect(await texts()).toEqual(['first', 'other', 'third']);
		await storage.replaceRoom('w', 'a', 2, utf8ToBytes('snapshot'));
		expect(await texts()).toEqual(['snapshot', 'third']);
		await storage.scrub();
		const gone = ['first', 'other', 'third', 'snapshot'].filter((text) => !disk().includes(text));
		expect(gone).toEqual(['first', 'other', 'third', 'snapshot']);
		await storage.close();
	});

	it('S15 keeps no former key in any of its files, whatever rows and pages have moved since', async () => {
		const storage = open();
		const newest = new Map<string, number>();
		const compact = (room: string, bytes: number) =>
			storage.replaceRoom('w', room, newest.get(room)!, new Uint8Array(bytes));
		// Small rows of many rooms side by side: deleting some makes SQLite move others.
		for (let round = 0; round < 100; round++) {
			const batch = Array.from({ length: 40 }, (_, i) => ({
				...{ workspace: 'w', room: `r${(round * 40 + i * 37) % 160}` },
				update: new Uint8Array(60 + ((round * 53 + i * 97) % 700))
			}));
			const commits = await storage.append(batch);
			batch.forEach(({ room }, i) => newest.set(room, commits[i]!));
			const compacted = [...newest.keys()][(round * 11) % newest.size]!;
			await compact(compacted, 100 + ((round * 71) % 900));
		}
		await storage.scrub();
		const before = keysNow();
		const found = (keys: readonly Buffer[], on = disk()) =>
			keys.filter((key) => on.includes(key)).length;
		expect([before.length, found(before)]).toEqual([160, 160]);
		for (const room of newest.keys()) await compact(room, 50);
		await storage.scrub();
		expect([found(before), found(keysNow())]).toEqual([0, 160]);
		await storage.close();
	}, 60_000);
});
