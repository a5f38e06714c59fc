import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { cryptoRandom, type RoomId, type WorkspaceId } from '$lib/base/ids.ts';
import { isErasure, parseEntry, sealEntry, sealErasure } from '../crypto/entry.ts';
import { historyRoomOf } from '../rooms/history.ts';
import { LOG_NAME } from '../rooms/room.ts';
import type { CircleFault } from './circles.ts';
import { createBranch, crypto, type TestDevice, type TestRelay } from './fixtures/branch.ts';
import { readNotice, sealNotice, type RoomOrigin } from './notice.ts';

const titles = ({ circles }: TestDevice) => circles.documents.current().map(({ title }) => title);
const entriesIn = (log: Y.Doc | undefined) => log?.getArray<Uint8Array>(LOG_NAME).toArray() ?? [];
const stateOf = ({ disk }: TestDevice, room: RoomId) => disk.ring.rows.get(room)?.state;
const isGoneFrom = (device: TestDevice, room: RoomId) =>
	!device.disk.rooms.has(room) &&
	device.circles.keysOf(room) === null &&
	device.disk.ring.rows.get(room)?.state === 'erased';

async function createCommittee() {
	const relay: TestRelay = new Map();
	const branch = createBranch(relay);
	const secretary = branch.addMember('secretary');
	const [officer, other] = [branch.addMember(), branch.addMember()];
	return {
		relay,
		branch,
		members: { secretary, officer, other },
		chief: await branch.addDevice(secretary),
		mine: await branch.addDevice(officer),
		curious: await branch.addDevice(other)
	};
}

/** What catching up does: every room of the relay comes in and is looked at. */
async function catchUp(relay: TestRelay, ...devices: readonly TestDevice[]) {
	for (const { synced, circles } of devices)
		for (const room of [...relay.keys()]) {
			const { stored, release } = await synced.acquire(room);
			await circles.examine(room, stored.log);
			release();
		}
}

/** Words as the document's own room writes them, under the key this device has now. */
async function write(device: TestDevice, branch: { workspace: WorkspaceId }, room: RoomId) {
	const { current } = device.circles.keysOf(room)!;
	const { epoch, key, rosterLength } = current();
	const header = { kind: 'updates', epoch, rosterLength, author: device.id } as const;
	const content = { at: 1, updates: [utf8ToBytes('对岗位调整有顾虑')] };
	const scope = { workspace: branch.workspace, room };
	const bytes = await sealEntry(scope, header, content, key, device.signer);
	(await device.log(room)).getArray(LOG_NAME).push([bytes]);
	return bytes;
}

const talkWith = (member: TestDevice['member']) => ({ kind: 'people', members: [member] }) as const;
const soon = { timeout: 5_000, interval: 20 };

/** The relay has nothing of the room but one notice. */
const isBare = (relay: TestRelay, room: RoomId) => {
	const all = entriesIn(relay.get(room));
	return all.length === 1 && isErasure(all[0]);
};

describe('erasing a room', () => {
	it('K15 K16 takes key, words and history from everybody, and from the relay all but the notice', async () => {
		const { relay, branch, members, chief, mine, curious } = await createCommittee();
		const phone = await branch.addDevice(members.officer);
		const room = await mine.circles.create(talkWith(members.secretary), 'talk', '谈话');
		const history = await historyRoomOf(room, crypto);
		const kept = await write(mine, branch, room);
		(await chief.log(history)).getArray(LOG_NAME).push([kept]);
		await catchUp(relay, chief, mine, curious, phone);
		expect(titles(chief)).toEqual(['谈话']);
		expect(entriesIn(relay.get(history))).toHaveLength(1);
		expect(await mine.circles.erase(room)).toEqual({ ok: true, value: undefined });
		expect([titles(mine), mine.circles.keysOf(room)]).toEqual([[], null]);
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
		await expect.poll(() => entriesIn(relay.get(history)), soon).toEqual([]);
		await catchUp(relay, chief, curious, phone);
		for (const device of [mine, chief, curious, phone])
			for (const one of [room, history])
				await expect.poll(() => isGoneFrom(device, one), soon).toBe(true);
		// Whoever comes later finds the notice and nothing else.
		const late = await branch.addDevice(members.secretary);
		await catchUp(relay, late, chief);
		expect(titles(late)).toEqual([]);
		await expect.poll(() => isGoneFrom(late, room), soon).toBe(true);
		expect(isBare(relay, room)).toBe(true);
	});

	it('K15 a secretary erases what is restricted, and nothing else that is not his', async () => {
		const { relay, branch, members, chief, mine, curious } = await createCommittee();
		branch.setRestricted(members.officer, true);
		const restricted = await mine.circles.create({ kind: 'restricted' }, 'talk', '约谈');
		const talk = await mine.circles.create(talkWith(members.secretary), 'talk', '谈话');
		await catchUp(relay, chief, mine, curious);
		const fault = (error: CircleFault) => ({ ok: false, error });
		expect(await chief.circles.erase(talk)).toEqual(fault('not-allowed'));
		expect(await curious.circles.erase(talk)).toEqual(fault('unknown-room'));
		expect(chief.circles.mayErase(restricted)).toBe(true);
		expect(await chief.circles.erase(restricted)).toMatchObject({ ok: true });
		await expect.poll(() => isBare(relay, restricted), soon).toBe(true);
		await catchUp(relay, mine, curious);
		await expect.poll(() => isGoneFrom(mine, restricted), soon).toBe(true);
		expect([titles(mine), titles(chief)]).toEqual([['谈话'], ['谈话']]);
		// Who has no key cannot know whether it is restricted, and has nothing to read in it.
		expect(stateOf(curious, restricted)).toBe('foreign');
	});

	it('K19 is decided offline, and carried out when the relay is in reach, also by the next process', async () => {
		const { relay, members, chief, mine } = await createCommittee();
		const room = await mine.circles.create(talkWith(members.secretary), 'talk', '谈话');
		await catchUp(relay, chief);
		mine.network.cut();
		expect(await mine.circles.erase(room)).toMatchObject({ ok: true });
		await expect.poll(() => isGoneFrom(mine, room), soon).toBe(true);
		expect(entriesIn(relay.get(room)).some(isErasure)).toBe(false);
		const next = await mine.restart();
		next.network.cut();
		next.circles.resume();
		expect([titles(next), isGoneFrom(next, room)]).toEqual([[], true]);
		next.network.heal();
		next.circles.resume();
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
		await expect.poll(() => isGoneFrom(next, room), soon).toBe(true);
		await catchUp(relay, chief);
		await expect.poll(() => isGoneFrom(chief, room), soon).toBe(true);
		// Looked at once more on a later connection: the relay may not have tidied its files.
		const seen = () => next.disk.ring.rows.get(room)?.seen;
		expect(seen()).toBe('emptied');
		next.circles.resume();
		await expect.poll(seen, soon).toBe('done');
	});

	it('K16 K18 what a device wrote that was offline goes too, and its history', async () => {
		const { relay, branch, members, chief, mine } = await createCommittee();
		const room = await mine.circles.create(talkWith(members.secretary), 'talk', '谈话');
		const history = await historyRoomOf(room, crypto);
		await catchUp(relay, chief, mine);
		chief.network.cut();
		const unsent = await write(chief, branch, room);
		(await chief.log(history)).getArray(LOG_NAME).push([unsent]);
		await mine.circles.erase(room);
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
		chief.network.heal();
		// It goes out before anything is known of the erasure.
		expect(entriesIn(relay.get(room)).length).toBeGreaterThan(1);
		expect(entriesIn(relay.get(history))).toHaveLength(1);
		await catchUp(relay, chief);
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
		await expect.poll(() => entriesIn(relay.get(history)), soon).toEqual([]);
		for (const one of [room, history])
			await expect.poll(() => isGoneFrom(chief, one), soon).toBe(true);
	});

	it('K18 whoever puts something back, without the notice too, has it taken out again', async () => {
		const { relay, branch, members, chief, mine, curious } = await createCommittee();
		const room = await mine.circles.create(talkWith(members.secretary), 'talk', '谈话');
		await catchUp(relay, chief, curious);
		const words = await write(mine, branch, room);
		const before = entriesIn(relay.get(room));
		await mine.circles.erase(room);
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
		await catchUp(relay, chief, curious);
		await expect.poll(() => isGoneFrom(chief, room), soon).toBe(true);
		// A relay that has lost its store is filled from a backup that still has the room.
		for (const put of [[words], before]) {
			relay.set(room, new Y.Doc());
			relay.get(room)!.getArray(LOG_NAME).push(put);
			await catchUp(relay, chief, curious);
			await expect.poll(() => isBare(relay, room), soon).toBe(true);
			expect([titles(chief), titles(mine)]).toEqual([[], []]);
		}
		await expect.poll(() => isGoneFrom(chief, room), soon).toBe(true);
	});

	it('K18 two devices that take things out at once leave one notice', async () => {
		const { relay, branch, members, chief, mine } = await createCommittee();
		const phone = await branch.addDevice(members.officer);
		const room = await mine.circles.create(talkWith(members.secretary), 'talk', '谈话');
		await catchUp(relay, chief, phone);
		for (const device of [mine, phone]) device.network.cut();
		await Promise.all([mine.circles.erase(room), phone.circles.erase(room)]);
		for (const device of [mine, phone]) {
			device.network.heal();
			device.circles.resume();
		}
		await expect.poll(() => isGoneFrom(mine, room) && isGoneFrom(phone, room), soon).toBe(true);
		await catchUp(relay, chief, mine, phone);
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
		// And then they rest: nobody takes the other's out again.
		await new Promise((resolve) => setTimeout(resolve, 100));
		let changes = 0;
		relay.get(room)!.on('update', () => (changes += 1));
		for (let round = 0; round < 3; round++) {
			await catchUp(relay, chief, mine, phone);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		expect([changes, isBare(relay, room)]).toEqual([0, true]);
	});

	it('K16 what comes back from a backup goes when it meets the notice, keys, words and all', async () => {
		const { relay, branch, members, mine } = await createCommittee();
		const kit = await branch.addKit(members.officer);
		const room = await mine.circles.create({ kind: 'private' }, 'talk', '谈话');
		await mine.circles.reconcile();
		await write(mine, branch, room);
		const backup = Y.encodeStateAsUpdate(await mine.log(room));
		await mine.circles.erase(room);
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
		const restored = await branch.addDevice(members.officer, kit);
		restored.network.cut();
		Y.applyUpdate(await restored.log(room), backup);
		await restored.circles.examine(room, await restored.log(room));
		expect(titles(restored)).toEqual(['谈话']);
		await write(restored, branch, room);
		restored.network.heal();
		await catchUp(relay, restored);
		await expect.poll(() => isGoneFrom(restored, room), soon).toBe(true);
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
	});

	it('K17 nobody but its creator has a room dropped: every forgery is refused by name', async () => {
		const { relay, branch, members, chief, mine, curious } = await createCommittee();
		const room = await mine.circles.create(talkWith(members.secretary), 'talk', '谈话');
		const gone = await mine.circles.create(talkWith(members.secretary), 'talk', '删掉的');
		await catchUp(relay, chief, mine, curious);
		await mine.circles.erase(gone);
		await expect.poll(() => isBare(relay, gone), soon).toBe(true);
		const [genuine] = entriesIn(relay.get(gone));
		const known = { roster: branch.roster.current(), crypto };
		const scope = { workspace: branch.workspace, room };
		const statement = await originOf(mine, room, branch);
		const rosterLength = known.roster.length;
		const by = (device: TestDevice, length = rosterLength) => ({
			...{ device: device.id, signer: device.signer, rosterLength: length }
		});
		const elsewhere = { ...scope, workspace: bytesToBase64Url(cryptoRandom(32)) as WorkspaceId };
		const made = (value: RoomOrigin, who = mine, at = scope) => sealNotice(at, value, by(who));
		const own = { creator: curious.id, nonce: bytesToBase64Url(cryptoRandom(16)) };
		const good = await made(statement);
		const flipped = good.with(good.length - 10, good[good.length - 10]! ^ 1);
		const stranger = { device: bytesToBase64Url(cryptoRandom(16)) as TestDevice['id'] };
		const forged: [string, Uint8Array][] = [
			['not-the-creators-room', genuine!],
			['bad-signature', await made(statement, mine, elsewhere)],
			['bad-signature', flipped],
			['not-the-creators-word', await made(statement, chief)],
			['not-the-creators-word', await made(statement, curious)],
			['not-the-creators-room', await made(own, curious)],
			['not-the-creators-room', await made({ ...statement, creator: curious.id }, curious)],
			// In the creator's name, by another's key.
			['bad-signature', await sealNotice(scope, statement, { ...by(curious), device: mine.id })],
			['unknown-author', await sealNotice(scope, statement, { ...by(mine), ...stranger })],
			['malformed', await sealNotice(scope, statement, by(mine, 1e9))],
			[
				'malformed',
				await sealErasure(scope, { rosterLength, author: mine.id }, utf8ToBytes('{}'), mine.signer)
			],
			[
				'malformed',
				await sealErasure(scope, { rosterLength, author: mine.id }, cryptoRandom(90), mine.signer)
			]
		];
		for (const [reason, bytes] of forged) {
			expect(await readNotice(scope, bytes, null, known)).toEqual({ kind: 'refused', reason });
			relay.get(room)!.getArray(LOG_NAME).push([bytes]);
		}
		await catchUp(relay, chief, mine, curious);
		expect([titles(chief), titles(mine)]).toEqual([['谈话'], ['谈话']]);
		expect(chief.circles.refusals().get('not-the-creators-word')).toBe(2);
		expect(chief.circles.refusals().get('bad-signature')).toBe(3);
		expect(stateOf(curious, room)).toBe('foreign');
		// The real one holds where it was meant, among all of these.
		expect(await readNotice(scope, good, null, known)).toMatchObject({ kind: 'good', ended: null });
		relay.get(room)!.getArray(LOG_NAME).push([good]);
		await catchUp(relay, chief);
		await expect.poll(() => isGoneFrom(chief, room), soon).toBe(true);
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
	});

	it('K18 puts its own notice back when the relay has lost its store', async () => {
		const { relay, members, chief, mine } = await createCommittee();
		const room = await mine.circles.create(talkWith(members.secretary), 'talk', '谈话');
		await catchUp(relay, chief);
		await mine.circles.erase(room);
		await expect.poll(() => isGoneFrom(mine, room), soon).toBe(true);
		await catchUp(relay, chief);
		await expect.poll(() => isGoneFrom(chief, room), soon).toBe(true);
		relay.clear();
		await chief.circles.forgetDelivery();
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(entriesIn(relay.get(room))).toEqual([]);
		await mine.circles.forgetDelivery();
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
	});

	it('K17 waits for the roster that its author speaks of', async () => {
		const { relay, branch, members, chief, mine } = await createCommittee();
		const room = await mine.circles.create(talkWith(members.secretary), 'talk', '谈话');
		await catchUp(relay, chief);
		const origin = await originOf(mine, room, branch);
		const rosterLength = branch.roster.current().length + 1;
		const { id: device, signer } = mine;
		const scope = { workspace: branch.workspace, room };
		relay
			.get(room)!
			.getArray(LOG_NAME)
			.push([await sealNotice(scope, origin, { device, signer, rosterLength })]);
		await catchUp(relay, chief);
		expect(titles(chief)).toEqual(['谈话']);
		branch.addMember();
		await chief.circles.reconcile();
		await expect.poll(() => isGoneFrom(chief, room), soon).toBe(true);
	});

	it('K20 a creator who has left since is still heard by who was away', async () => {
		const { relay, branch, members, chief, mine, curious } = await createCommittee();
		const talk = { kind: 'people', members: [members.secretary, members.other] } as const;
		const room = await mine.circles.create(talk, 'talk', '谈话');
		await catchUp(relay, chief, curious);
		chief.network.cut();
		await mine.circles.erase(room);
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
		await expect.poll(() => isGoneFrom(mine, room), soon).toBe(true);
		branch.retire(mine);
		// Before it hears of it, it renews the key against who left, and writes.
		await chief.circles.keysOf(room)!.settled();
		expect(chief.circles.keysOf(room)!.current().epoch).toBe(2);
		await write(chief, branch, room);
		chief.network.heal();
		await catchUp(relay, chief, curious);
		for (const device of [chief, curious])
			await expect.poll(() => isGoneFrom(device, room), soon).toBe(true);
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
	});

	it('K20 a device that was taken out cannot date one back, nor have anything taken out', async () => {
		const { relay, branch, members, chief, mine, curious } = await createCommittee();
		const lost = await branch.addDevice(members.officer);
		const room = await mine.circles.create(talkWith(members.secretary), 'talk', '谈话');
		const history = await historyRoomOf(room, crypto);
		const away = await branch.addDevice(members.secretary);
		await mine.circles.reconcile();
		await catchUp(relay, chief, mine, curious, lost, away);
		away.network.cut();
		const origin = await originOf(lost, room, branch);
		const rosterLength = branch.roster.current().length;
		branch.retire(lost);
		await mine.circles.reconcile();
		await catchUp(relay, chief, mine, curious);
		const scope = { workspace: branch.workspace, room };
		const author = { device: lost.id, signer: lost.signer, rosterLength };
		const back = await sealNotice(scope, origin, author);
		relay.get(room)!.getArray(LOG_NAME).push([back]);
		const before = entriesIn(relay.get(room)).length;
		await catchUp(relay, chief, curious);
		expect(titles(chief)).toEqual(['谈话']);
		expect(chief.circles.refusals().get('retired-author')).toBe(1);
		// Who has no key lets go of what he cannot read anyway, and leaves the others' alone.
		expect(stateOf(curious, room)).toBe('erased');
		await expect.poll(() => isGoneFrom(curious, room), soon).toBe(true);
		// Who was away since before is taken in by it, but only for himself.
		const unsent = await write(away, branch, room);
		away.network.heal();
		await catchUp(relay, away);
		await expect.poll(() => isGoneFrom(away, room), soon).toBe(true);
		expect(entriesIn(relay.get(room))).toHaveLength(before);
		expect(entriesIn(relay.get(room))).not.toContainEqual(unsent);
		(await chief.log(history)).getArray(LOG_NAME).push([await write(chief, branch, room)]);
		await catchUp(relay, curious, away);
		await expect.poll(() => isGoneFrom(away, history) && isGoneFrom(curious, history)).toBe(true);
		expect(entriesIn(relay.get(history))).toHaveLength(1);
		expect(entriesIn(relay.get(room))).toHaveLength(before + 1);
		// What the rest says of it holds at once.
		await mine.circles.erase(room);
		await expect.poll(() => isBare(relay, room), soon).toBe(true);
		await catchUp(relay, chief);
		await expect.poll(() => isGoneFrom(chief, room), soon).toBe(true);
	});
});

/** As whoever has the room's keys knows it. */
async function originOf(
	device: TestDevice,
	room: RoomId,
	branch: ReturnType<typeof createBranch>
): Promise<RoomOrigin> {
	const { readKeysEntry } = await import('./keysEntry.ts');
	const reader = { roster: branch.roster.current(), identities: [device.identity], crypto };
	const scope = { workspace: branch.workspace, room };
	for (const bytes of entriesIn(await device.log(room))) {
		if (parseEntry(bytes).ok === false) continue;
		const verdict = await readKeysEntry(scope, bytes, reader);
		if (verdict.kind === 'opened')
			return JSON.parse(verdict.keys.payload.statement.text) as RoomOrigin;
	}
	throw new Error('no keys entry opens');
}
