/**
 * A talk that is erased: it goes from every device, also from one that was away and had written in
 * it, and nothing of its ciphertext is left in the files of the relay.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { RoomId } from '../../src/lib/base/ids.ts';
import { isErasure } from '../../src/lib/core/crypto/entry.ts';
import { createRosterCrypto } from '../../src/lib/core/crypto/signer.ts';
import { historyRoomOf } from '../../src/lib/core/rooms/history.ts';
import { LOG_NAME } from '../../src/lib/core/rooms/room.ts';
import { openSqliteStorage } from '../../server/storage/sqliteStorage.ts';
import { foundDevice, joinDevice, notesKind, type Device } from '../support/device.ts';
import { startRelayProcess, type RelayProcess } from '../support/relayProcess.ts';

let relay: RelayProcess | null = null;
const devices: Device[] = [];
afterEach(async () => {
	await Promise.all(devices.splice(0).map(({ session }) => session.close()));
	await relay?.dispose();
	relay = null;
});

const WAIT = { timeout: 20_000, interval: 50 };
/** The relay tidies a room seconds after the last one has closed it. */
const TIDY_MS = 6_000;
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function entriesOf(updates: readonly Uint8Array[]): Uint8Array[] {
	const log = new Y.Doc();
	for (const update of updates) Y.applyUpdate(log, update);
	return log.getArray<Uint8Array>(LOG_NAME).toArray();
}

const stored = ({ disk }: Device, room: RoomId) => disk.rooms.get(room)?.updates ?? [];
/** What tells an entry from any other: its signature, which stands at its end. */
const needlesOf = (updates: readonly Uint8Array[]) =>
	entriesOf(updates).map((entry) => Buffer.from(entry.subarray(-64)));
const countIn = (hay: Buffer, needles: readonly Buffer[]) =>
	needles.filter((needle) => hay.includes(needle)).length;

/** All that a device keeps, whatever room it is of. */
const diskOf = ({ disk }: Device) =>
	Buffer.concat([
		...[...disk.rooms.values()].flatMap(({ updates }) => updates),
		...[...disk.ring.rows.values()].map(({ sealed }) => sealed)
	]);

/** The folder of a relay that was killed, from a copy: what it had in its log is seen as it lies. */
async function lookInto(dataDir: string, workspace: string, rooms: readonly RoomId[]) {
	const files = Buffer.concat(
		readdirSync(dataDir, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => readFileSync(join(entry.parentPath, entry.name)))
	);
	const copy = mkdtempSync(join(tmpdir(), 'relay-look-'));
	cpSync(dataDir, copy, { recursive: true });
	const storage = openSqliteStorage(copy, { newRelayId: () => 'copy' });
	if (!storage.ok) throw new Error(storage.error);
	const updates = new Map<RoomId, readonly Uint8Array[]>();
	for (const room of rooms)
		updates.set(room, (await storage.value.loadRoom(workspace, room)).updates);
	await storage.value.close();
	const db = new DatabaseSync(join(copy, 'relay.sqlite'));
	const query = 'SELECT key FROM room_keys, rooms WHERE room = id AND name = ?';
	const keys = rooms.flatMap((room) => db.prepare(query).all(room));
	db.close();
	rmSync(copy, { recursive: true });
	return {
		files,
		/** As the relay would load it. */
		logs: Buffer.concat([...updates.values()].flat()),
		entries: (room: RoomId) => entriesOf(updates.get(room) ?? []),
		keys: keys.map(({ key }) => Buffer.from(key as Uint8Array))
	};
}

const isGoneFrom = ({ disk, session }: Device, room: RoomId) =>
	!disk.rooms.has(room) &&
	disk.ring.rows.get(room)?.state === 'erased' &&
	session.documents.current().every((document) => document.room !== room);

describe('erasing a document', () => {
	it(
		'A14 K16 K18 S15 leaves nothing of it on any device nor in the files of the relay',
		{ timeout: 120_000 },
		async () => {
			relay = await startRelayProcess();
			const origin = `http://${relay.host}`;
			const chief = await foundDevice(origin);
			devices.push(chief);
			const online = ({ session }: Device) => session.connection.current() === 'online';
			await expect.poll(() => online(chief), WAIT).toBe(true);
			const maker = await joinDevice(origin, chief, '梁晓芸');
			const other = await joinDevice(origin, chief, '何文远');
			devices.push(maker, other);
			const { workspace } = chief.session;
			const people = { kind: 'people', members: [chief.session.self.member] } as const;
			const room = await maker.session.createDocument('notes', '三月谈话', people);
			const history = await historyRoomOf(room, createRosterCrypto());
			const written = await maker.openText(room);
			written.text.insert(0, '对岗位调整有顾虑');
			const photo = new Blob([new Uint8Array(3_000).fill(7)]);
			const thumb = new Blob([new Uint8Array(300).fill(8)]);
			const meta = { name: '谈话.jpg', mime: 'image/jpeg', kind: 'photo', thumb } as const;
			const added = await maker.session.attachments.add(photo, meta);
			if (!added.ok) throw new Error(added.error);
			written.doc.getArray('files').push([added.value]);
			expect(maker.disk.blobs.held.size).toBe(2);
			const titles = ({ session }: Device) => session.documents.current().map(({ title }) => title);
			await expect.poll(() => titles(chief), WAIT).toEqual(['三月谈话']);
			const copy = await chief.openText(room);
			await expect.poll(() => copy.text.toString(), WAIT).toBe('对岗位调整有顾虑');
			// Three checkpoints: the first of them is in the history then.
			const mark = { epoch: 1, rosterLength: 1_000_000 };
			for (let i = 0; i < 3; i++)
				await maker.session.documentsOpen.sealRoom({ room, kind: notesKind, mark });
			await expect.poll(() => stored(other, history).length, WAIT).toBeGreaterThan(0);
			await expect.poll(() => other.session.save.current().delivered, WAIT).toBe(true);
			const needles = [room, history].flatMap((one) => needlesOf(stored(maker, one)));
			expect(needles.length).toBeGreaterThan(3);
			for (const device of [maker, other])
				await expect.poll(() => countIn(diskOf(device), needles), WAIT).toBe(needles.length);

			await relay.kill9();
			const before = await lookInto(relay.dataDir, workspace, [room, history]);
			expect(countIn(before.logs, needles)).toBe(needles.length);
			expect(countIn(before.files, before.keys)).toBe(2);
			// One of them is away from now on, and goes on writing.
			chief.network.cut();
			await relay.restart();
			await expect.poll(() => online(maker) && online(other), WAIT).toBe(true);
			copy.text.insert(0, '离线时补记');
			await expect.poll(() => chief.session.save.current().stored, WAIT).toBe(true);
			const unsent = needlesOf(stored(chief, room)).filter(
				(one) => !needles.some((known) => known.equals(one))
			);
			expect(unsent).toHaveLength(1);

			expect(await maker.session.eraseDocument(room)).toEqual({ ok: true, value: undefined });
			expect(await other.session.eraseDocument(room)).toMatchObject({ ok: false });
			expect([titles(maker), maker.disk.blobs.held.size]).toEqual([[], 0]);
			for (const device of [maker, other])
				for (const one of [room, history])
					await expect.poll(() => isGoneFrom(device, one), WAIT).toBe(true);
			for (const device of [maker, other]) expect(countIn(diskOf(device), needles)).toBe(0);
			await sleep(TIDY_MS);
			await relay.kill9();
			const after = await lookInto(relay.dataDir, workspace, [room, history]);
			expect(countIn(after.logs, needles)).toBe(0);
			expect(countIn(after.files, [...before.keys, ...needles])).toBe(0);
			expect(after.entries(room).map(isErasure)).toEqual([true]);
			expect(after.entries(history)).toEqual([]);

			await relay.restart();
			expect(copy.text.toString()).toBe('离线时补记对岗位调整有顾虑');
			chief.network.heal();
			for (const one of [room, history])
				await expect.poll(() => isGoneFrom(chief, one), WAIT).toBe(true);
			expect(countIn(diskOf(chief), [...needles, ...unsent])).toBe(0);
			await sleep(TIDY_MS);
			await relay.kill9();
			const last = await lookInto(relay.dataDir, workspace, [room, history]);
			expect(countIn(last.logs, [...needles, ...unsent])).toBe(0);
			expect(countIn(last.files, [...before.keys, ...after.keys.slice(0, 1)])).toBe(0);
			expect(last.entries(room).map(isErasure)).toEqual([true]);
		}
	);

	it('K19 made offline it counts as not delivered, also after a restart, until the relay has it', async () => {
		relay = await startRelayProcess();
		const maker = await foundDevice(`http://${relay.host}`);
		devices.push(maker);
		const delivered = ({ session }: Device) => session.save.current().delivered;
		const people = { kind: 'people', members: [] } as const;
		const room = await maker.session.createDocument('notes', '四月谈话', people);
		const { text, close } = await maker.openText(room);
		text.insert(0, '家里有困难');
		close();
		await expect.poll(() => delivered(maker), WAIT).toBe(true);
		maker.network.cut();
		expect(await maker.session.eraseDocument(room)).toMatchObject({ ok: true });
		await expect.poll(() => delivered(maker), WAIT).toBe(false);
		const again = await maker.crash().restart();
		devices.splice(0, 1, again);
		expect(delivered(again)).toBe(false);
		await expect.poll(() => delivered(again), WAIT).toBe(true);
		await expect.poll(() => isGoneFrom(again, room), WAIT).toBe(true);
	});
});
