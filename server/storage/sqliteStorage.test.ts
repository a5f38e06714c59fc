import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

	it('overwrites what a compaction dropped, so that it is gone from the file', async () => {
		const storage = open();
		await storage.append([row('dropped-ciphertext')]);
		await storage.replaceRoom('w', 'a', 1, utf8ToBytes('snapshot'));
		await storage.close();
		const file = readFileSync(join(folder, 'relay.sqlite'), 'latin1');
		expect(file).toContain('snapshot');
		expect(file).not.toContain('dropped-ciphertext');
	});
});
