/**
 * Opening a room from many entries and from a checkpoint of the same document: from a log in memory
 * (the cost of reading it) and from IndexedDB's stand-in (with the cost of the store's code).
 */
import 'fake-indexeddb/auto';
import { afterAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { writeCheckpoint } from '../../src/lib/core/rooms/checkpoint.ts';
import type { Room } from '../../src/lib/core/rooms/room.ts';
import { createDexieRoomLogs } from '../../src/lib/core/store/dexieRoomLogs.ts';
import { openWorkspaceDatabase } from '../../src/lib/core/store/workspaceDatabase.ts';
import { createWriter, ENTRIES_PER_ROW, typeRows, type Writer } from './longRoom.ts';
import { heldBytes, inKB, inMB, inMs, printFigures, timed, type Figure } from './measure.ts';

const ENTRIES = 10_000;
/** The store waits on timers for each write: one by one would take minutes. */
const WRITES_AT_ONCE = 200;
const figures: Figure[] = [];
let writer: Writer;
let stored: Uint8Array;
let checkpoint: Uint8Array;
let words: string;

const wordsIn = ({ doc }: Room) => JSON.stringify(doc.getMap('problems'));

async function typeLog() {
	writer = await createWriter();
	const log = new Y.Doc();
	const room = writer.openRoom(log);
	await typeRows(room, ENTRIES / ENTRIES_PER_ROW);
	words = wordsIn(room);
	stored = Y.encodeStateAsUpdateV2(log);
	await writeCheckpoint(room, writer.sealing, { now: () => Date.now() }, true);
	checkpoint = Y.encodeStateAsUpdateV2(log);
	room.close();
	return room;
}

async function openFromMemory(name: string, bytes: Uint8Array, bar: string) {
	const before = await heldBytes();
	const log = new Y.Doc();
	const load = await timed(() => Y.applyUpdateV2(log, bytes));
	const room = writer.openRoom(log);
	const open = await timed(() => room.opened);
	const held = (await heldBytes()) - before;
	expect(wordsIn(room)).toBe(words);
	room.close();
	figures.push(
		{ what: `${name}: stored log`, figure: inKB(bytes.length) },
		{ what: `${name}: log into memory`, figure: inMs(load.ms) },
		{ what: `${name}: verify, decrypt, apply`, figure: inMs(open.ms), bar },
		{ what: `${name}: heap held`, figure: inMB(held) }
	);
}

/** Stored update by update, as typing leaves it behind. */
async function openFromDisk(name: string, updates: readonly Uint8Array[]) {
	const { workspace, room: id } = writer.scope;
	const database = openWorkspaceDatabase(workspace);
	const writing = await createDexieRoomLogs(database).open(id);
	const written = () => writing.writes.current().pending === 0;
	for (const [i, update] of updates.entries()) {
		Y.applyUpdateV2(writing.log, update);
		if (i % WRITES_AT_ONCE === 0) await expect.poll(written, { timeout: 10_000 }).toBe(true);
	}
	await expect.poll(written, { timeout: 10_000 }).toBe(true);
	writing.release();
	database.close();
	const again = openWorkspaceDatabase(workspace);
	const load = await timed(() => createDexieRoomLogs(again).open(id));
	const room = writer.openRoom(load.value.log);
	const open = await timed(() => room.opened);
	expect(wordsIn(room)).toBe(words);
	room.close();
	load.value.release();
	await again.delete();
	figures.push({
		what: `${name}: from fake-indexeddb, ${updates.length} stored updates`,
		figure: `${inMs(load.ms)} + ${inMs(open.ms)}`
	});
}

/** The log's own growth, one update an entry. */
function updatesOf(bytes: Uint8Array): Uint8Array[] {
	const from = new Y.Doc();
	Y.applyUpdateV2(from, bytes);
	const to = new Y.Doc();
	const updates: Uint8Array[] = [];
	to.on('updateV2', (update: Uint8Array) => updates.push(update));
	for (const entry of from.getArray<Uint8Array>('log').toArray()) to.getArray('log').push([entry]);
	return updates;
}

describe('opening a room', () => {
	it(`types ${ENTRIES} entries`, async () => {
		const typed = await timed(typeLog);
		expect(JSON.parse(words)).toSatisfy(
			(rows: object) => Object.keys(rows).length === ENTRIES / ENTRIES_PER_ROW
		);
		figures.push({ what: `${ENTRIES} entries sealed and appended`, figure: inMs(typed.ms) });
	});
	it('from entries in memory', () => openFromMemory('10,000 entries', stored, '≈ 500 ms (§2)'));
	it('from a checkpoint in memory', () => openFromMemory('checkpoint', checkpoint, '≈ 20 ms (§2)'));
	it('from entries on disk', () => openFromDisk('10,000 entries', updatesOf(stored)));
	it('from a checkpoint on disk', () => openFromDisk('checkpoint', [checkpoint]));
	afterAll(() => printFigures('room open', figures));
});
