import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type * as Y from 'yjs';
import { bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import { cryptoRandom, newRoomId, type RoomId } from '$lib/base/ids.ts';
import * as age from '../crypto/age.ts';
import { LOG_NAME } from '../rooms/room.ts';
import { isKeysEntry, parseEntry } from '../crypto/entry.ts';
import { coversOf } from './circle.ts';
import { createBranch, exchange, settle, type TestDevice } from './fixtures/branch.ts';
import { readKeysEntry, sealKeysEntry, type KeysPayload } from './keysEntry.ts';
import { circleRoomOf, signStatement } from './statement.ts';

const keyText = (device: TestDevice, room: RoomId) => {
	const keys = device.circles.keysOf(room);
	const { epoch, key } = keys?.current() ?? { epoch: 0, key: null };
	return key && `${epoch} ${bytesToBase64Url(key.reveal())}`;
};
const keysEntriesOf = (log: Y.Doc) => log.getArray(LOG_NAME).toArray().filter(isKeysEntry);
const push = (log: Y.Doc, bytes: Uint8Array) => log.getArray(LOG_NAME).push([bytes]);
const titles = ({ circles }: TestDevice) => circles.documents.current().map(({ title }) => title);

async function createCommittee() {
	const branch = createBranch();
	const secretary = branch.addMember('secretary');
	const [officer, other] = [branch.addMember(), branch.addMember()];
	return {
		branch,
		members: { secretary, officer, other },
		chief: await branch.addDevice(secretary),
		mine: await branch.addDevice(officer),
		curious: await branch.addDevice(other)
	};
}

/** What the device has opened of a room, as it stands in the log. */
async function openAll(device: TestDevice, room: RoomId, branch: ReturnType<typeof createBranch>) {
	const scope = { workspace: branch.workspace, room };
	const { crypto } = await import('./fixtures/branch.ts');
	const reader = { roster: branch.roster.current(), identities: [device.identity], crypto };
	const entries = keysEntriesOf(await device.log(room));
	return Promise.all(entries.map((bytes) => readKeysEntry(scope, bytes, reader)));
}

async function firstPayload(
	device: TestDevice,
	room: RoomId,
	branch: ReturnType<typeof createBranch>
): Promise<KeysPayload> {
	const [first] = await openAll(device, room, branch);
	if (first?.kind !== 'opened') throw new Error('own entry does not open');
	return first.keys.payload;
}

describe('circles', () => {
	it("K4 a private room is found by its member's devices and by nobody else", async () => {
		const { branch, members, chief, mine, curious } = await createCommittee();
		const phone = await branch.addDevice(members.officer);
		const room = await mine.circles.create({ kind: 'private' }, 'talk', '与王老师谈话');
		await exchange(mine, phone, chief, curious);
		expect(titles(mine)).toEqual(['与王老师谈话']);
		expect(titles(phone)).toEqual(['与王老师谈话']);
		expect([titles(chief), titles(curious)]).toEqual([[], []]);
		expect(keyText(phone, room)).toBe(keyText(mine, room));
		expect(curious.circles.keysOf(room)).toBeNull();
		expect(curious.disk.ring.rows.get(room)?.state).toBe('foreign');
	});

	it('K4 a restricted room follows role and flag, a room of people those named', async () => {
		const { branch, members, chief, mine, curious } = await createCommittee();
		const room = await chief.circles.create({ kind: 'restricted' }, 'ledger', '受限');
		const talk = await mine.circles.create(
			{ kind: 'people', members: [members.secretary] },
			'talk',
			'谈话'
		);
		await settle(mine, chief, curious);
		expect([titles(mine), titles(curious)]).toEqual([['谈话'], []]);
		expect(new Set(titles(chief))).toEqual(new Set(['受限', '谈话']));
		branch.setRestricted(members.officer, true);
		await settle(chief, mine, curious);
		expect(new Set(titles(mine))).toEqual(new Set(['受限', '谈话']));
		expect(keyText(mine, room)).toBe(keyText(chief, room));
		expect(keyText(curious, talk)).toBeNull();
	});

	it('K5 a new device of mine is let in by another, with every former key, and only to what I may read', async () => {
		const { branch, members, chief, mine } = await createCommittee();
		const old = await branch.addDevice(members.officer);
		const room = await mine.circles.create({ kind: 'private' }, 'talk', '甲');
		const foreign = await chief.circles.create({ kind: 'private' }, 'talk', '乙');
		await settle(mine, old, chief);
		branch.retire(old);
		await settle(mine, chief);
		expect(mine.circles.keysOf(room)?.current().epoch).toBe(2);
		const phone = await branch.addDevice(members.officer);
		await settle(mine, phone, chief);
		expect(keyText(phone, room)).toBe(keyText(mine, room));
		expect(phone.circles.keysOf(room)?.keysOf(1)).toHaveLength(1);
		expect(phone.circles.keysOf(foreign)).toBeNull();
	});

	it('K5 renews the key when a device is retired: what comes later is not for it', async () => {
		const { branch, members, mine, chief } = await createCommittee();
		const lost = await branch.addDevice(members.officer);
		const talk = { kind: 'people', members: [members.secretary] } as const;
		const room = await mine.circles.create(talk, 'talk', '谈话');
		await settle(mine, lost, chief);
		const before = keyText(lost, room);
		branch.retire(lost);
		// Typing waits for it: the next words are sealed with a key the lost device never had.
		await chief.circles.keysOf(room)!.settled();
		await exchange(mine, chief, lost);
		expect(keyText(chief, room)).toMatch(/^2 /);
		expect(keyText(mine, room)).toBe(keyText(chief, room));
		expect(keyText(lost, room)).toBe(before);
		const opened = await openAll(lost, room, branch);
		expect(opened.at(-1)).toMatchObject({ kind: 'closed', keys: { epoch: 2 } });
		expect(mine.circles.sealTasks()).toEqual([
			{ room, kind: 'talk', mark: { epoch: 2, rosterLength: branch.roster.current().length } }
		]);
	});

	it('L13 K5 who may only read from now on keeps the key, and the room is sealed against him', async () => {
		const { branch, members, mine, chief } = await createCommittee();
		const talk = { kind: 'people', members: [members.secretary] } as const;
		const room = await mine.circles.create(talk, 'talk', '谈话');
		await settle(mine, chief);
		expect(mine.circles.sealTasks()).toEqual([]);
		branch.demote(chief);
		await settle(mine, chief);
		const rosterLength = branch.roster.current().length;
		expect(mine.circles.sealTasks()).toEqual([
			{ room, kind: 'talk', mark: { epoch: 1, rosterLength } }
		]);
		expect(chief.circles.sealTasks()).toEqual([]);
		expect(keyText(chief, room)).toBe(keyText(mine, room));
	});

	it('K5 a kit is covered like a device, and opens the rooms on a new one', async () => {
		const branch = createBranch();
		const member = branch.addMember();
		const mine = await branch.addDevice(member);
		const room = await mine.circles.create({ kind: 'private' }, 'talk', '谈话');
		const kit = await branch.addKit(member);
		await settle(mine);
		branch.retire({ id: mine.id });
		branch.roster.set({
			...branch.roster.current(),
			members: new Map([[member, { id: member, role: 'officer', restricted: false, left: null }]])
		});
		const fresh = await branch.addDevice(member, kit);
		await settle(fresh, mine);
		expect(titles(fresh)).toEqual(['谈话']);
		expect(keyText(fresh, room)).toMatch(/^2 /);
		expect(fresh.circles.keysOf(room)?.keysOf(1)).toHaveLength(1);
	});

	it('K5 two devices renewing a key at once end with one, and read what both sealed', async () => {
		const { branch, members, mine, chief } = await createCommittee();
		const lost = await branch.addDevice(members.officer);
		const talk = { kind: 'people', members: [members.secretary] } as const;
		const room = await mine.circles.create(talk, 'talk', '谈话');
		await settle(mine, chief);
		branch.retire(lost);
		await mine.circles.reconcile();
		await chief.circles.reconcile();
		const rivals = [keyText(mine, room), keyText(chief, room)];
		expect(new Set(rivals).size).toBe(2);
		await settle(mine, chief);
		const lowest = rivals.toSorted()[0];
		expect([keyText(mine, room), keyText(chief, room)]).toEqual([lowest, lowest]);
		expect(mine.circles.keysOf(room)?.keysOf(2)).toHaveLength(2);
		const later = await branch.addDevice(members.officer);
		await settle(mine, chief, later);
		expect(keyText(later, room)).toBe(lowest);
		expect(later.circles.keysOf(room)?.keysOf(2)).toHaveLength(2);
	});

	it('K6 writes keys entries again that vanished', async () => {
		const { branch, members, mine } = await createCommittee();
		const phone = await branch.addDevice(members.officer);
		const room = await mine.circles.create({ kind: 'private' }, 'talk', '谈话');
		const log = await mine.log(room);
		log.getArray(LOG_NAME).delete(0, 1);
		await mine.circles.examine(room, log);
		await settle(mine, phone);
		expect(keysEntriesOf(log).length).toBeGreaterThan(0);
		expect(keyText(phone, room)).toBe(keyText(mine, room));
	});

	it('K7 remembers keys sealed, and does not try a foreign room twice', async () => {
		const { mine, curious } = await createCommittee();
		const room = await mine.circles.create({ kind: 'private' }, 'talk', '岗位调整的顾虑');
		await exchange(mine, curious);
		const before = keyText(mine, room)!;
		const again = await mine.restart();
		expect(keyText(again, room)).toBe(before);
		expect(titles(again)).toEqual(['岗位调整的顾虑']);
		const row = curious.disk.ring.rows.get(room);
		await curious.circles.examine(room, await curious.log(room));
		expect(curious.disk.ring.rows.get(room)).toBe(row);
	});

	it("K7 K8 nothing of a private room stands on another member's disk, nor on the own one in the clear", async () => {
		const { mine, curious, chief } = await createCommittee();
		await mine.circles.create({ kind: 'private' }, 'talk-kind', '与王老师谈话');
		await settle(mine, curious, chief);
		for (const { disk } of [mine, curious, chief]) {
			const parts = [...disk.rooms.values()].flatMap(({ updates }) => updates);
			const rows = [...disk.ring.rows.values()].map(({ sealed, seen }) =>
				Buffer.concat([sealed, utf8ToBytes(seen)])
			);
			const all = Buffer.concat([...parts, ...rows]);
			expect(all.length).toBeGreaterThan(200);
			for (const word of ['与王老师谈话', 'talk-kind', 'private', mine.member])
				expect(all.includes(Buffer.from(word))).toBe(false);
		}
	});

	it('K9 forgets a room for good, keys and words', async () => {
		const { mine, chief } = await createCommittee();
		const room = await mine.circles.create({ kind: 'private' }, 'talk', '谈话');
		await exchange(mine, chief);
		await mine.circles.forget(room);
		expect(titles(mine)).toEqual([]);
		expect(mine.circles.keysOf(room)).toBeNull();
		expect(mine.disk.rooms.has(room)).toBe(false);
		await exchange(mine, chief);
		const again = await mine.restart();
		expect(titles(again)).toEqual([]);
		expect(again.circles.keysOf(room)).toBeNull();
	});

	it("K2 only the creator says who is in; another's word is refused by name", async () => {
		const { branch, members, mine, chief, curious } = await createCommittee();
		const talk = { kind: 'people', members: [members.secretary] } as const;
		const room = await mine.circles.create(talk, 'talk', '谈话');
		await settle(mine, chief, curious);
		expect(await chief.circles.share(room, [])).toEqual({ ok: false, error: 'not-allowed' });
		const payload = await firstPayload(chief, room, branch);
		const stated = JSON.parse(payload.statement.text) as Parameters<typeof signStatement>[1];
		const said = { ...stated, revision: 1, members: [members.secretary], by: chief.id };
		const statement = await signStatement(branch.workspace, said, chief.signer);
		const covers = [...coversOf(branch.roster.current(), stated).values()];
		const rosterLength = branch.roster.current().length;
		const forged = await sealKeysEntry(
			{ workspace: branch.workspace, room },
			{ device: chief.id, signer: chief.signer, rosterLength },
			{ ...payload, statement, epoch: 2 },
			covers
		);
		push(await chief.log(room), forged);
		await settle(mine, chief, curious);
		expect(mine.circles.refusals().get('not-the-creators-word')).toBe(1);
		expect(mine.circles.documents.current()[0]?.members.toSorted()).toEqual(
			[members.officer, members.secretary].toSorted()
		);
	});

	it('K2 K11 sharing lets others in at once, and taking somebody out renews the key', async () => {
		const { members, mine, chief, curious } = await createCommittee();
		const room = await mine.circles.create({ kind: 'people', members: [] }, 'talk', '谈话');
		await settle(mine, chief, curious);
		expect(await mine.circles.share(room, [members.secretary, members.other])).toMatchObject({
			ok: true
		});
		await settle(mine, chief, curious);
		expect([titles(chief), titles(curious)]).toEqual([['谈话'], ['谈话']]);
		const shared = keyText(curious, room);
		await mine.circles.share(room, [members.secretary]);
		await settle(mine, chief, curious);
		expect(keyText(chief, room)).toMatch(/^2 /);
		expect(curious.circles.documents.current()).toMatchObject([{ isShut: true }]);
		expect(keyText(curious, room)).toBe(shared);
		expect(curious.circles.keysOf(room)?.mayWrite()).toBe(false);
	});

	it('K2 a former member with the old statement decides nothing any more', async () => {
		const { branch, members, mine, chief, curious } = await createCommittee();
		const talk = { kind: 'people', members: [members.secretary, members.other] } as const;
		const room = await mine.circles.create(talk, 'talk', '谈话');
		await settle(mine, chief, curious);
		const old = await firstPayload(curious, room, branch);
		await mine.circles.share(room, [members.secretary]);
		await settle(mine, chief, curious);
		const key = keyText(chief, room);
		const covers = [
			...coversOf(branch.roster.current(), {
				circle: 'people',
				members: [...talk.members, members.officer]
			}).values()
		];
		const evil = await sealKeysEntry(
			{ workspace: branch.workspace, room },
			{ device: curious.id, signer: curious.signer, rosterLength: branch.roster.current().length },
			{ ...old, epoch: 999, key: bytesToBase64Url(cryptoRandom(32)) },
			covers
		);
		push(await curious.log(room), evil);
		await settle(mine, chief, curious);
		expect([keyText(mine, room), keyText(chief, room)]).toEqual([key, key]);
	});

	it("K1 a curious member's keys in a foreign or commons room are refused by name", async () => {
		const { branch, mine, chief, curious } = await createCommittee();
		const foreign = await mine.circles.create({ kind: 'private' }, 'talk', '谈话');
		const commons = newRoomId();
		await settle(mine, chief, curious);
		const key = keyText(mine, foreign);
		for (const room of [foreign, commons]) {
			const nonce = bytesToBase64Url(cryptoRandom(16));
			const rosterLength = branch.roster.current().length;
			const { crypto } = await import('./fixtures/branch.ts');
			expect(await circleRoomOf(curious.id, nonce, crypto)).not.toBe(room);
			const statement = await signStatement(
				branch.workspace,
				{
					v: 1,
					...{ room, creator: curious.id, nonce, circle: 'people', kind: 'talk' },
					members: [mine.member, chief.member, curious.member],
					...{ createdAt: '', revision: 0, by: curious.id, rosterLength }
				},
				curious.signer
			);
			const label = { turn: 9, title: '假的', trashed: false };
			const forged = await sealKeysEntry(
				{ workspace: branch.workspace, room },
				{ device: curious.id, signer: curious.signer, rosterLength },
				{ statement, epoch: 7, key: bytesToBase64Url(cryptoRandom(32)), former: [], label },
				[
					...coversOf(branch.roster.current(), {
						circle: 'people',
						members: [mine.member, chief.member]
					}).values()
				]
			);
			push(await curious.log(room), forged);
		}
		await settle(mine, chief, curious);
		expect(mine.circles.refusals()).toEqual(new Map([['not-the-creators-room', 2]]));
		expect(keyText(mine, foreign)).toBe(key);
		expect(mine.circles.keysOf(commons)).toBeNull();
		expect(titles(mine)).toEqual(['谈话']);
	});

	it('K2 a relay that moves, changes or replays keys entries achieves nothing', async () => {
		const { branch, members, mine, chief } = await createCommittee();
		const lost = await branch.addDevice(members.officer);
		const talk = { kind: 'people', members: [members.secretary] } as const;
		const room = await mine.circles.create(talk, 'talk', '谈话');
		const second = await mine.circles.create(talk, 'talk', '第二次');
		await settle(mine, chief);
		const log = await chief.log(room);
		const [first] = keysEntriesOf(log);
		push(await chief.log(second), first!);
		push(await chief.log(second), first!.with(first!.length - 70, first![first!.length - 70]! ^ 1));
		await settle(mine, chief);
		expect(mine.circles.refusals()).toEqual(new Map([['bad-signature', 2]]));
		branch.retire(lost);
		await settle(mine, chief);
		const key = keyText(chief, room);
		push(log, first!);
		push(log, first!);
		await settle(mine, chief);
		expect([keyText(mine, room), keyText(chief, room)]).toEqual([key, key]);
		expect(parseEntry(first!)).toMatchObject({ ok: true, value: { header: { kind: 'keys' } } });
	});

	it('K2 keys by a retired device or an observer are refused by name', async () => {
		const { branch, members, mine, chief } = await createCommittee();
		const lost = await branch.addDevice(members.officer);
		const room = await mine.circles.create({ kind: 'private' }, 'talk', '谈话');
		await settle(mine, lost, chief);
		const payload = await firstPayload(lost, room, branch);
		branch.retire(lost);
		await settle(mine, lost, chief);
		const key = keyText(mine, room);
		const own = coversOf(branch.roster.current(), { circle: 'private', members: [mine.member] });
		const watcher = await branch.addDevice(branch.addMember('observer'));
		const scope = { workspace: branch.workspace, room };
		const rosterLength = branch.roster.current().length;
		for (const { id, signer } of [lost, watcher]) {
			const author = { device: id, signer, rosterLength };
			const value = { ...payload, epoch: 50 };
			push(await mine.log(room), await sealKeysEntry(scope, author, value, [...own.values()]));
		}
		// Dated back to when it could still write: its key may be read with, but not sealed with.
		const then = JSON.parse(payload.statement.text) as { rosterLength: number };
		const back = { device: lost.id, signer: lost.signer, rosterLength: then.rosterLength };
		const value = { ...payload, epoch: 60, key: bytesToBase64Url(cryptoRandom(32)) };
		push(await mine.log(room), await sealKeysEntry(scope, back, value, [...own.values()]));
		await settle(mine, chief);
		expect(mine.circles.refusals()).toEqual(
			new Map([
				['retired-author', 1],
				['not-a-writer', 1]
			])
		);
		expect(keyText(mine, room)).toBe(key);
	});

	it('K12 who was taken out writes under no epoch that he makes up himself', async () => {
		const { branch, members, chief, mine } = await createCommittee();
		branch.setRestricted(members.officer, true);
		const room = await chief.circles.create({ kind: 'restricted' }, 'ledger', '受限');
		await settle(chief, mine);
		const old = await firstPayload(mine, room, branch);
		// Still an officer: the relay takes what he writes.
		branch.setRestricted(members.officer, false);
		await settle(chief, mine);
		expect(chief.circles.keysOf(room)?.current().epoch).toBe(2);
		const all = { circle: 'people', members: Object.values(members) } as const;
		const covers = [...coversOf(branch.roster.current(), all).values()];
		const rosterLength = branch.roster.current().length;
		for (const epoch of [2, 3, 999]) {
			const key = bytesToBase64Url(cryptoRandom(32));
			const evil = await sealKeysEntry(
				{ workspace: branch.workspace, room },
				{ device: mine.id, signer: mine.signer, rosterLength },
				{ ...old, epoch, key, former: [{ epoch: epoch + 1, key }] },
				covers
			);
			push(await mine.log(room), evil);
			await settle(chief, mine);
			const keys = chief.circles.keysOf(room)!;
			const author = branch.roster.current().devices.get(mine.id)!;
			expect([epoch, keys.standingOf(author, epoch)]).toEqual([epoch, 'out']);
		}
		expect(chief.circles.keysOf(room)?.keysOf(999)).toEqual([]);
		expect(chief.circles.keysOf(room)?.keysOf(1000)).toEqual([]);
		expect(chief.circles.keysOf(room)?.current().epoch).toBe(2);
	});

	it('K12 what was written under the key of somebody who left soon after stays readable', async () => {
		const { branch, members, mine, chief } = await createCommittee();
		const lost = await branch.addDevice(members.secretary);
		const talk = { kind: 'people', members: [members.secretary] } as const;
		const room = await mine.circles.create(talk, 'talk', '谈话');
		await settle(mine, chief);
		branch.retire(lost);
		await chief.circles.reconcile();
		await exchange(mine, chief);
		expect(keyText(mine, room)).toMatch(/^2 /);
		const made = keyText(mine, room);
		branch.retire(chief);
		await settle(mine);
		const keys = mine.circles.keysOf(room)!;
		expect(keys.current().epoch).toBe(3);
		expect(keys.keysOf(2).map((key) => `2 ${bytesToBase64Url(key.reveal())}`)).toEqual([made]);
		const author = branch.roster.current().devices.get(chief.id)!;
		expect(keys.standingOf(author, 2)).toBe('former');
		const phone = await branch.addDevice(members.officer);
		await settle(mine, phone);
		expect(phone.circles.keysOf(room)?.keysOf(2)).toHaveLength(1);
	});

	it('K13 who floods a room with keys entries hides nobody else’s, and is not tried again', async () => {
		const { branch, members, mine, chief, curious } = await createCommittee();
		const room = await mine.circles.create({ kind: 'private' }, 'talk', '谈话');
		const scope = { workspace: branch.workspace, room };
		const payload = await firstPayload(mine, room, branch);
		const to = coversOf(branch.roster.current(), { circle: 'private', members: [chief.member] });
		const rosterLength = branch.roster.current().length;
		const author = { device: curious.id, signer: curious.signer, rosterLength };
		const flood = async (n: number) => {
			for (let i = 0; i < n; i++)
				push(await mine.log(room), await sealKeysEntry(scope, author, payload, [...to.values()]));
		};
		await flood(520);
		const phone = await branch.addDevice(members.officer);
		await settle(mine, phone);
		expect(titles(phone)).toEqual(['谈话']);
		await flood(1);
		const tried = vi.spyOn(age, 'unwrap');
		await phone.circles.examine(room, await mine.log(room));
		// The new one, and as many of those not tried before.
		expect(tried.mock.calls.length).toBeLessThanOrEqual(64);
		for (let i = 0; i < 10; i++) {
			await flood(1);
			await phone.circles.examine(room, await mine.log(room));
		}
		tried.mockClear();
		await flood(1);
		await phone.circles.examine(room, await mine.log(room));
		expect(tried).toHaveBeenCalledTimes(1);
		tried.mockRestore();
	});

	it('K14 a creator who has left cannot date back a word that empties the circle', async () => {
		const { branch, members, mine, chief, curious } = await createCommittee();
		const talk = { kind: 'people', members: [members.secretary, members.other] } as const;
		const room = await mine.circles.create(talk, 'talk', '谈话');
		await settle(mine, chief, curious);
		const payload = await firstPayload(chief, room, branch);
		const stated = JSON.parse(payload.statement.text) as Parameters<typeof signStatement>[1];
		const said = { ...stated, revision: 1, members: [members.officer] };
		const statement = await signStatement(branch.workspace, said, mine.signer);
		branch.retire(mine);
		await settle(chief, curious);
		const all = { circle: 'people', members: Object.values(members) } as const;
		const rosterLength = branch.roster.current().length;
		const evil = await sealKeysEntry(
			{ workspace: branch.workspace, room },
			{ device: curious.id, signer: curious.signer, rosterLength },
			{ ...payload, statement },
			[...coversOf(branch.roster.current(), all).values()]
		);
		push(await curious.log(room), evil);
		await settle(chief, curious);
		expect([titles(chief), titles(curious)]).toEqual([['谈话'], ['谈话']]);
		expect(chief.circles.keysOf(room)?.mayWrite()).toBe(true);
	});

	it('K10 anybody in the circle may give the document another title', async () => {
		const { members, mine, chief, curious } = await createCommittee();
		const talk = { kind: 'people', members: [members.secretary] } as const;
		const room = await mine.circles.create(talk, 'talk', '谈话');
		await settle(mine, chief, curious);
		expect(await chief.circles.rename(room, '第一次谈话')).toMatchObject({ ok: true });
		expect(await curious.circles.rename(room, '偷看')).toEqual({
			ok: false,
			error: 'unknown-room'
		});
		await settle(mine, chief, curious);
		expect(titles(mine)).toEqual(['第一次谈话']);
		await mine.circles.trash(room, true);
		await settle(mine, chief, curious);
		expect(chief.circles.documents.current()[0]?.trashed).toBe(true);
	});

	it('K5 whatever order keys entries arrive in, every device of the audience ends alike', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.constantFrom('retire', 'add', 'share', 'unshare', 'sync', 'lonely'), {
					minLength: 3,
					maxLength: 7
				}),
				fc.nat(),
				async (steps, salt) => {
					const { branch, members, mine, chief, curious } = await createCommittee();
					const talk = { kind: 'people', members: [members.secretary] } as const;
					const room = await mine.circles.create(talk, 'talk', '谈话');
					let devices = [mine, chief, curious];
					await exchange(...devices);
					for (const [i, step] of steps.entries()) {
						const pick = devices[(salt + i) % devices.length]!;
						const spare = devices.filter((one) => one !== mine && one.member === pick.member);
						if (step === 'add') devices = [...devices, await branch.addDevice(pick.member)];
						if (step === 'retire' && pick !== mine && spare.length > 1) {
							branch.retire(pick);
							devices = devices.filter((one) => one !== pick);
						}
						if (step === 'share')
							await mine.circles.share(room, [members.secretary, members.other]);
						if (step === 'unshare') await mine.circles.share(room, [members.secretary]);
						if (step === 'lonely') await pick.circles.reconcile();
						if (step === 'sync') await exchange(pick, mine);
					}
					await settle(...devices.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
					const inside = mine.circles.documents.current()[0]!.members;
					const audience = devices.filter(({ member }) => inside.includes(member));
					expect(new Set(audience.map((device) => keyText(device, room))).size).toBe(1);
					for (const { circles } of audience)
						expect(circles.documents.current()[0]).toMatchObject({
							members: inside,
							isShut: false
						});
					for (const device of devices)
						if (!audience.includes(device))
							expect(keyText(device, room)).not.toBe(keyText(mine, room));
				}
			),
			{ numRuns: 12 }
		);
	}, 120_000);
});
