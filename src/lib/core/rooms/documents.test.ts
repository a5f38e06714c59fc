import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { cryptoRandom, newRoomId, type RoomId } from '$lib/base/ids.ts';
import { createSource } from '$lib/base/observable.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { minEpochAt } from '$lib/protocol/roster/roster.ts';
import {
	createBranch,
	crypto,
	exchange,
	settle,
	type TestDevice,
	type TestRelay
} from '../circles/fixtures/branch.ts';
import { isErasure, isKeysEntry, parseEntry, sealEntry } from '../crypto/entry.ts';
import { createErasing } from '../session/createErasing.ts';
import { createMemoryRoomLogs } from '../store/memoryRoomLogs.ts';
import type { Connection } from '../workspaceSession.ts';
import { stampSchema, type DocumentKind } from './documentKind.ts';
import { createDocuments } from './documents.ts';
import { historyRoomOf, readVersions } from './history.ts';
import { LOG_NAME } from './room.ts';
import type { RoomKeys } from './roomKeys.ts';

const notes: DocumentKind = { kind: 'notes', schema: 1, create: () => {}, migrations: {} };
const commonsKeys = new Map([[1, new Redacted(cryptoRandom(32))]]);

/** The documents of a device, with the commons keys given to all. */
function openDesk(
	device: TestDevice,
	branch: ReturnType<typeof createBranch>,
	checkpointWaitMs = 1_000_000
) {
	const mayWrite = createSource(true);
	const connection = createSource<Connection>('online');
	const roster = () => branch.roster.current();
	let gate = Promise.resolve();
	const settled = { never: () => void (gate = new Promise(() => {})) };
	const commons: RoomKeys = {
		keysOf: (epoch) => (commonsKeys.has(epoch) ? [commonsKeys.get(epoch)!] : []),
		current: () => ({
			epoch: commonsKeys.size,
			key: commonsKeys.get(commonsKeys.size)!,
			rosterLength: roster().length
		}),
		settled: () => gate,
		minEpochAt: (length) => minEpochAt(roster(), length),
		maxEpoch: () => commonsKeys.size,
		standingOf: () => 'in',
		mayWrite: () => true,
		learn: null,
		hasPresence: true
	};
	const reader = () => ({
		rosterLength: roster().length,
		deviceOf: (id: TestDevice['id']) => roster().devices.get(id) ?? null,
		crypto
	});
	const keysOf = (room: RoomId) => device.circles.keysOf(room) ?? commons;
	const documents = createDocuments({
		...{ workspace: branch.workspace, self: device.member, synced: device.synced },
		author: { device: device.id, signer: device.signer },
		isMaker: device.circles.isMaker,
		...{ mayWrite, connection, reader, keysOf, journalStorage: null },
		chain: () => null,
		seals: createMemoryRoomLogs(device.disk),
		clock: { now: () => Date.UTC(2023, 2, 15) },
		relayNow: () => Date.UTC(2023, 2, 15),
		isLeader: () => true,
		heldBy: () => ({ by: 1, of: 1 }),
		heldVersion: createSource(0),
		onSealing: () => {},
		checkpointWaitMs: () => checkpointWaitMs
	});
	createErasing({
		...{ workspace: branch.workspace, documents, circles: device.circles },
		attachments: { drop: async () => {} },
		kindOfRoom: () => notes,
		journalStorage: null
	});
	return { ...device, documents, mayWrite, connection, keysOf, reader, settled };
}
type Desk = ReturnType<typeof openDesk>;

const idle = (desk: Desk) =>
	Promise.all(desk.documents.openRooms().map((room) => room.idle())).then(() => undefined);
/** An update by a device under the first key, as the relay might hand it over. */
async function forge(
	{ id, signer }: Desk,
	room: RoomId,
	{ workspace }: ReturnType<typeof createBranch>,
	rosterLength: number
) {
	const doc = new Y.Doc();
	doc.getText('t').insert(0, '冒写');
	return sealEntry(
		{ workspace, room },
		{ kind: 'updates', epoch: 1, author: id, rosterLength },
		{ at: 0, updates: [Y.encodeStateAsUpdate(doc)] },
		commonsKeys.get(1)!,
		signer
	);
}

const kindsIn = async (desk: Desk, room: RoomId) =>
	(await desk.log(room))
		.getArray<Uint8Array>(LOG_NAME)
		.toArray()
		.map((bytes) => {
			const parsed = parseEntry(bytes);
			return parsed.ok ? `${parsed.value.header.kind} ${parsed.value.header.epoch}` : 'broken';
		});

async function createTwo() {
	const branch = createBranch();
	const [secretary, officer] = [branch.addMember('secretary'), branch.addMember()];
	const a = openDesk(await branch.addDevice(secretary), branch);
	const b = openDesk(await branch.addDevice(officer), branch);
	return { branch, a, b };
}

describe('open documents', () => {
	it('L9 become read-only at once when the words of a newer version arrive', async () => {
		const { a, b } = await createTwo();
		const room = newRoomId();
		await a.documents.create(room, notes, (doc) => doc.getText('t').insert(0, '旧'));
		await exchange(a, b);
		const open = await a.documents.open(room, notes);
		const calls: string[] = [];
		open.onAccessChange?.(() => calls.push(open.access));
		expect(open.access).toBe('write');
		const newer = { ...notes, schema: 2 };
		const theirs = await b.documents.open(room, newer);
		theirs.doc.getText('t').insert(0, '新');
		stampSchema(theirs.doc, newer);
		await idle(b);
		await exchange(a, b);
		await idle(a);
		expect([open.access, calls]).toEqual(['newer-version', ['newer-version']]);
		const before = await kindsIn(a, room);
		open.doc.getText('t').insert(0, '不该写');
		await idle(a);
		expect(await kindsIn(a, room)).toEqual(before);
	});

	it('L9 become read-only at once when the right to write ends', async () => {
		const { a } = await createTwo();
		const room = newRoomId();
		await a.documents.create(room, notes);
		const open = await a.documents.open(room, notes);
		a.mayWrite.set(false);
		expect(open.access).toBe('read');
		const before = await kindsIn(a, room);
		open.doc.getText('t').insert(0, '不该写');
		await idle(a);
		expect(await kindsIn(a, room)).toEqual(before);
	});

	it('K3 P3 circle rooms are read and written by their circle only, and show nobody in them', async () => {
		const { branch, a, b } = await createTwo();
		const outsider = openDesk(await branch.addDevice(branch.addMember()), branch);
		const people = { kind: 'people', members: [b.member] } as const;
		const room = await a.circles.create(people, 'notes', '谈话');
		await a.documents.create(room, notes);
		await settle(a, b, outsider);
		const [mine, theirs] = [
			await a.documents.open(room, notes),
			await b.documents.open(room, notes)
		];
		mine.doc.getText('t').insert(0, '有顾虑');
		await idle(a);
		await exchange(a, b, outsider);
		await idle(b);
		expect(theirs.doc.getText('t').toString()).toBe('有顾虑');
		const spying = await outsider.documents.open(room, notes);
		expect(spying.doc.getText('t').toString()).toBe('');
		for (const { disk } of [a, b, outsider]) {
			const all = Buffer.concat([...disk.rooms.values()].flatMap(({ updates }) => updates));
			expect(all.length).toBeGreaterThan(200);
			for (const word of ['有顾虑', '谈话', 'notes']) expect(all.includes(word)).toBe(false);
		}
		expect(mine.presence.peers.current()).toEqual([]);
		const { sync } = await a.synced.acquire(room);
		expect(sync.awareness.getLocalState()).toEqual({});
		// Who has not the key writes with another; it is refused by name.
		spying.doc.getText('t').insert(0, '混进来');
		await idle(outsider);
		await exchange(a, b, outsider);
		await idle(a);
		expect(a.documents.refusals()).toEqual(new Map([['not-in-circle', 1]]));
		expect(mine.doc.getText('t').toString()).toBe('有顾虑');
	});

	it('L13 seal rooms after a retirement, once, and go on where they were kept from it', async () => {
		const { branch, a, b } = await createTwo();
		const rooms = [newRoomId(), newRoomId(), newRoomId()];
		for (const room of rooms)
			await a.documents.create(room, notes, (doc) => doc.getText('t').insert(0, room));
		branch.retire(b);
		commonsKeys.set(2, new Redacted(cryptoRandom(32)));
		const mark = { epoch: 2, rosterLength: branch.roster.current().length };
		const tasks = rooms.map((room) => ({ room, kind: notes, mark }));
		a.connection.set('offline');
		expect(await a.documents.sealAll(tasks, 0)).toBe(3);
		a.connection.set('online');
		expect(await a.documents.sealAll(tasks.slice(0, 1), 0)).toBe(0);
		expect(await a.documents.sealAll(tasks, 0)).toBe(0);
		expect(await a.documents.sealAll(tasks, 0)).toBe(0);
		for (const room of rooms)
			expect(await kindsIn(a, room)).toEqual(['checkpoint 1', 'checkpoint 2']);
		commonsKeys.delete(2);
	});

	it('L14 are sealed from birth: who has gone before dates nothing back into them', async () => {
		const { branch, a, b } = await createTwo();
		branch.retire(b);
		const circle = await a.circles.create({ kind: 'private' }, 'notes', '谈话');
		for (const room of [newRoomId(), circle]) {
			await a.documents.create(room, notes, (doc) => doc.getText('t').insert(0, '新台账'));
			expect((await kindsIn(a, room)).at(-1)).toBe('checkpoint 1');
			const mark = { epoch: 1, rosterLength: branch.roster.current().length };
			expect(await a.documents.sealRoom({ room, kind: notes, mark })).toBe(true);
			expect((await kindsIn(a, room)).filter((kind) => kind === 'checkpoint 1')).toHaveLength(1);
			const open = await a.documents.open(room, notes);
			const { retired } = branch.roster.current().devices.get(b.id)!;
			const entry = await forge(b, room, branch, retired!);
			(await a.log(room)).getArray(LOG_NAME).push([entry]);
			await idle(a);
			expect(open.doc.getText('t').toString()).toBe('新台账');
		}
		expect(a.documents.refusals().get('retired-author')).toBe(1);
	});

	it('L4 nobody holds up a room by entries that wait for ever', async () => {
		const { branch, a, b } = await createTwo();
		const room = newRoomId();
		await a.documents.create(room, notes, (doc) => doc.getText('t').insert(0, '甲'));
		const ahead = branch.roster.current().length + 1_000;
		(await a.log(room)).getArray(LOG_NAME).push([await forge(b, room, branch, ahead)]);
		const mark = { epoch: 1, rosterLength: branch.roster.current().length };
		const started = Date.now();
		expect(await a.documents.sealRoom({ room, kind: notes, mark })).toBe(true);
		const later = { ...mark, rosterLength: mark.rosterLength + 1 };
		branch.setRestricted(b.member, true);
		expect(await a.documents.sealRoom({ room, kind: notes, mark: later })).toBe(true);
		expect(Date.now() - started).toBeLessThan(5_000);
		// It is still there for those who get to know that roster.
		expect(await kindsIn(a, room)).toContain('updates 1');
	});

	it('L16 end within seconds, though the newest key never comes', { timeout: 10_000 }, async () => {
		const { a } = await createTwo();
		const room = newRoomId();
		await a.documents.create(room, notes);
		const open = await a.documents.open(room, notes);
		const before = await kindsIn(a, room);
		a.settled.never();
		open.doc.getText('t').insert(0, '没有钥匙');
		open.close();
		await a.documents.close();
		expect(await kindsIn(a, room)).toEqual(before);
	});

	it('L17 a circle room that was made and never filled is filled by its maker', async () => {
		const { a, b } = await createTwo();
		const people = { kind: 'people', members: [b.member] } as const;
		const filled = { ...notes, create: (doc: Y.Doc) => void doc.getMap('rows').set('一', 1) };
		const room = await a.circles.create(people, 'notes', '谈话');
		await settle(a, b);
		const early = await a.documents.open(room, filled);
		expect(early.doc.getMap('rows').size).toBe(0);
		early.close();
		await a.documents.close();
		a.now.ms += 60_000;
		const theirs = await b.documents.open(room, filled);
		expect(theirs.doc.getMap('rows').size).toBe(0);
		const mine = await a.documents.open(room, filled);
		expect(mine.doc.getMap('rows').toJSON()).toEqual({ 一: 1 });
		const { length } = await kindsIn(a, room);
		mine.close();
		await a.documents.close();
		await a.documents.open(room, filled);
		expect(await kindsIn(a, room)).toHaveLength(length);
		await exchange(a, b);
		await idle(b);
		expect(theirs.doc.getMap('rows').toJSON()).toEqual({ 一: 1 });
	});

	it('K5 L8 a circle room with a renewed key is sealed under it, keeps its keys entries, and so does its history', async () => {
		const { branch, a, b } = await createTwo();
		const lost = openDesk(await branch.addDevice(b.member), branch);
		const people = { kind: 'people', members: [b.member] } as const;
		const room = await a.circles.create(people, 'notes', '谈话');
		await a.documents.create(room, notes, (doc) => doc.getText('t').insert(0, '一'));
		const seal = (epoch: number) =>
			a.documents.sealRoom({ room, kind: notes, mark: { epoch, rosterLength: 1 } });
		await settle(a, b, lost);
		expect(await seal(1)).toBe(true);
		branch.retire(lost);
		const open = await a.documents.open(room, notes);
		open.doc.getText('t').insert(0, '二');
		await idle(a);
		await settle(a, b);
		expect((await kindsIn(a, room)).filter((kind) => kind === 'updates 1')).toEqual([]);
		expect(await seal(2)).toBe(true);
		const kinds = await kindsIn(a, room);
		expect(kinds.filter((kind) => kind.startsWith('checkpoint'))).toEqual([
			'checkpoint 1',
			'checkpoint 2'
		]);
		expect(kinds.filter((kind) => kind.startsWith('keys')).length).toBeGreaterThan(1);
		branch.retire(b);
		await a.circles.reconcile();
		expect(await seal(3)).toBe(true);
		const history = await historyRoomOf(room, crypto);
		const log = await a.log(history);
		const { keysOf, minEpochAt: min, maxEpoch, standingOf } = a.keysOf(room);
		const context = { ...a.reader(), keysOf, minEpochAt: min, maxEpoch, standingOf };
		const scope = { workspace: branch.workspace, room: history };
		const versions = await readVersions({ scope, log }, context);
		const texts = versions.map(({ version }) => {
			const doc = new Y.Doc();
			Y.applyUpdateV2(doc, version.state);
			return doc.getText('t').toString();
		});
		expect(texts).toEqual(['一']);
		expect(log.getArray(LOG_NAME).toArray().some(isKeysEntry)).toBe(false);
	});

	it('L18 a room that is erased while it is open closes at once, and nobody writes its words again', async () => {
		for (const isErased of [false, true]) {
			const relay: TestRelay = new Map();
			const branch = createBranch(relay);
			const [secretary, officer] = [branch.addMember('secretary'), branch.addMember()];
			const a = openDesk(await branch.addDevice(officer), branch, 10);
			const b = openDesk(await branch.addDevice(secretary), branch, 10);
			const people = { kind: 'people', members: [secretary] } as const;
			const room = await a.circles.create(people, 'notes', '谈话');
			await a.documents.create(room, notes, (doc) => doc.getText('t').insert(0, '谈话记录'));
			await b.circles.examine(room, await b.log(room));
			const open = await b.documents.open(room, notes);
			expect([open.doc.getText('t').toString(), open.access]).toEqual(['谈话记录', 'write']);
			const there = () => relay.get(room)!.getArray(LOG_NAME);
			const kinds = () =>
				there()
					.toArray()
					.map((bytes) => (isErasure(bytes) ? 'erasure' : 'words'));
			if (isErased) await a.circles.erase(room);
			else there().delete(0, there().length);
			await expect.poll(kinds).toEqual([isErased ? 'erasure' : 'words']);
			await expect.poll(() => open.access).toBe(isErased ? 'read' : 'write');
			if (!isErased) continue;
			open.doc.getText('t').insert(0, '还在写');
			await new Promise((resolve) => setTimeout(resolve, 200));
			expect(kinds()).toEqual(['erasure']);
			expect(b.documents.openRooms()).toEqual([]);
			await expect.poll(() => b.disk.rooms.has(room)).toBe(false);
		}
	});
});
