import { describe, expect, it } from 'vitest';
import { bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { cryptoRandom, newRoomId, type WorkspaceId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { createJournal, dropJournal, roomsInJournal, type JournalStorage } from './journal.ts';

function createStorage(limit = Infinity): JournalStorage & { all(): string } {
	const rows = new Map<string, string>();
	return {
		get length() {
			return rows.size;
		},
		key: (i) => [...rows.keys()][i] ?? null,
		getItem: (name) => rows.get(name) ?? null,
		setItem(name, value) {
			if (rows.size >= limit) throw new DOMException('full', 'QuotaExceededError');
			rows.set(name, value);
		},
		removeItem: (name) => void rows.delete(name),
		all: () => JSON.stringify([...rows])
	};
}

const scope = { workspace: bytesToBase64Url(cryptoRandom(32)) as WorkspaceId, room: newRoomId() };
const key = new Redacted(cryptoRandom(32));
const keys = {
	current: () => ({ epoch: 1, key }),
	keysOf: (epoch: number) => (epoch === 1 ? [key] : [])
};

describe('the journal', () => {
	it('D7 gives the next tab what a killed one left, in order, and hides it from others', () => {
		const storage = createStorage();
		const killed = createJournal(scope, keys, storage);
		killed.write(utf8ToBytes('家校'));
		killed.write(utf8ToBytes('沟通'));
		expect(killed.left()).toEqual([]);
		const next = createJournal(scope, keys, storage);
		expect(next.left().map(({ update }) => update)).toEqual([
			utf8ToBytes('家校'),
			utf8ToBytes('沟通')
		]);
		expect(storage.all()).not.toContain(bytesToBase64Url(utf8ToBytes('家校')));
		const stranger = { ...keys, keysOf: () => [new Redacted(cryptoRandom(32))] };
		expect(createJournal(scope, stranger, storage).left()).toEqual([]);
		expect(createJournal({ ...scope, room: newRoomId() }, keys, storage).left()).toEqual([]);
	});

	it('D7 forgets what was stored, and nothing else', () => {
		const storage = createStorage();
		const journal = createJournal(scope, keys, storage);
		const [first] = [journal.write(utf8ToBytes('一')), journal.write(utf8ToBytes('二'))];
		journal.remove([first!]);
		expect(
			createJournal(scope, keys, storage)
				.left()
				.map(({ update }) => update)
		).toEqual([utf8ToBytes('二')]);
	});

	it('D7 goes with a room that is erased, and leaves the others alone', () => {
		const storage = createStorage();
		const other = { ...scope, room: newRoomId() };
		for (const one of [scope, other]) {
			createJournal(one, keys, storage).write(utf8ToBytes('一'));
			createJournal(one, keys, storage).write(utf8ToBytes('二'));
		}
		dropJournal(scope, storage);
		expect(roomsInJournal(scope.workspace, storage)).toEqual([other.room]);
		expect(createJournal(other, keys, storage).left()).toHaveLength(2);
	});

	it('D7 does without when there is no room, or too much to keep', () => {
		expect(createJournal(scope, keys, createStorage(0)).write(utf8ToBytes('满'))).toBeNull();
		expect(createJournal(scope, keys, createStorage()).write(new Uint8Array(65 * 1024))).toBeNull();
	});
});
