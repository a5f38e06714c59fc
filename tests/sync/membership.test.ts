/**
 * People come, go and lose their phones, against a real relay; and each attacker of the security
 * page that has to do with members is played by name.
 */
import * as Y from 'yjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWithKeys } from '../support/openWithKeys.ts';
import type { RoomId } from '../../src/lib/base/ids.ts';
import { createRosterCrypto, createSigner } from '../../src/lib/core/crypto/signer.ts';
import { sealEntry } from '../../src/lib/core/crypto/entry.ts';
import {
	inspectKit,
	inspectKitIn,
	recoverByRelay,
	recoverOffline
} from '../../src/lib/core/keys/recovering.ts';
import { kitFromIdentity } from '../../src/lib/core/recovery/kit.ts';
import { readBackup } from '../../src/lib/core/recovery/readBackup.ts';
import { createMemoryDisk } from '../../src/lib/core/store/memoryRoomLogs.ts';
import { createRelayApi } from '../../src/lib/core/sync/relayApi.ts';
import { signRecord, type RosterRecord } from '../../src/lib/protocol/roster/rosterRecord.ts';
import {
	addDevice,
	claimLink,
	foundDevice,
	joinDevice,
	startDevice,
	type Device,
	type DeviceOptions
} from '../support/device.ts';
import { startRelay, type RelayInProcess } from '../support/relayInProcess.ts';

const WAIT = { timeout: 10_000 };

let relay: RelayInProcess;
let origin = '';
const devices: Device[] = [];

const track = (device: Device) => {
	devices.push(device);
	return device;
};
const found = async (options?: DeviceOptions) => track(await foundDevice(origin, options));
const join = async (by: Device, name: string, options?: Parameters<typeof joinDevice>[3]) =>
	track(await joinDevice(origin, by, name, options));

beforeEach(async () => {
	relay = await startRelay();
	origin = `http://${relay.host}`;
});
afterEach(async () => {
	await Promise.all(devices.splice(0).map(({ session }) => session.close()));
	await relay.stop();
});

const connection = ({ session }: Device) => session.connection.current();
const online = (device: Device) => expect.poll(() => connection(device), WAIT).toBe('online');
const admin = ({ session }: Device) => session.administration;
const activeNames = (device: Device) =>
	admin(device)
		.people.current()
		.filter(({ active }) => active)
		.map(({ name }) => name);
const delivered = ({ session }: Device) =>
	expect.poll(() => session.save.current(), WAIT).toMatchObject({ stored: true, delivered: true });

async function write(device: Device, room: RoomId, words: string): Promise<void> {
	const { text, close } = await device.openText(room);
	text.insert(text.length, words);
	await delivered(device);
	close();
}

async function reads(device: Device, room: RoomId): Promise<string> {
	const { text, close } = await device.openText(room);
	const words = text.toString();
	close();
	return words;
}

async function note(device: Device, words: string): Promise<RoomId> {
	const room = await device.session.createDocument('notes', '记录');
	await write(device, room, words);
	return room;
}

/** Secretary, officer, and a document both have read. */
async function committee() {
	const a = await found();
	await online(a);
	const b = await join(a, '梁晓芸');
	await online(b);
	const room = await note(a, '甲');
	await expect.poll(() => reads(b, room), WAIT).toBe('甲');
	return { a, b, room };
}

const roomOf = ({ session }: Device, room: RoomId) =>
	session.documentsOpen.openRooms().find(({ scope }) => scope.room === room)!;

/** As if the relay, which takes what its own door refuses, had handed it over. */
const hand = (device: Device, room: RoomId, entry: Uint8Array) =>
	roomOf(device, room).log.getArray('log').push([entry]);

const refused = ({ session }: Device) => [...session.documentsOpen.refusals()];

/** Written with the keys of a device, dated as it likes. */
async function forge(by: Device, room: RoomId, rosterLength: number): Promise<Uint8Array> {
	const { workspace, device, commons, signing } = by.keys();
	const content = new Y.Doc();
	content.getText('text').insert(0, '冒写');
	return sealEntry(
		{ workspace, room },
		{ kind: 'updates', epoch: 1, author: device, rosterLength },
		{ at: Date.now(), updates: [Y.encodeStateAsUpdate(content)] },
		commons.get(1)!,
		await createSigner(signing)
	);
}

describe('two secretaries act at once', () => {
	it('R9 both acts are in one chain, and everybody agrees', { timeout: 30_000 }, async () => {
		const a = await found();
		await online(a);
		const b = await join(a, '何立群', { invitation: { role: 'secretary' } });
		const c = await join(a, '潘志远');
		await Promise.all([a, b, c].map(online));
		const acts = await Promise.all([
			admin(a).setRole(c.session.self.member, 'observer', false),
			admin(b).invite({ role: 'officer', lifetimeMs: 60_000 }),
			admin(a).invite({ role: 'observer', lifetimeMs: 60_000 }),
			admin(b).setRole(c.session.self.member, 'officer', true)
		]);
		expect(acts.map(({ ok }) => ok)).toEqual([true, true, true, true]);
		const heads = () => [a, b, c].map((device) => device.keeper.roster.current().head);
		await expect.poll(() => new Set(heads()).size, WAIT).toBe(1);
		const stored = await relay.storage.loadRoster(a.session.workspace, 0);
		expect(stored.length).toBe(a.keeper.roster.current().length);
	});

	it('R22 neither can leave the branch without a secretary', { timeout: 30_000 }, async () => {
		const a = await found();
		await online(a);
		const b = await join(a, '何立群', { invitation: { role: 'secretary' } });
		await online(b);
		const acts = await Promise.all([
			admin(a).setRole(b.session.self.member, 'officer', false),
			admin(b).setRole(a.session.self.member, 'officer', false)
		]);
		expect(acts.filter(({ ok }) => ok)).toHaveLength(1);
		const winner = acts[0].ok ? a : b;
		expect(await admin(winner).setRole(winner.session.self.member, 'officer', false)).toEqual({
			ok: false,
			error: 'last-secretary'
		});
	});
});

describe('a removed device that kept its keys and its socket', () => {
	it(
		'is dropped within a second, and reads nothing written later',
		{ timeout: 40_000 },
		async () => {
			const { a, b, room } = await committee();
			const seen: Uint8Array[] = [];
			b.network.tap((bytes) => seen.push(bytes.slice()));
			expect(await admin(a).removeMember(b.session.self.member)).toMatchObject({ ok: true });
			await expect.poll(() => connection(b), { timeout: 1_000, interval: 20 }).not.toBe('online');
			await expect.poll(() => b.session.standing.current(), WAIT).toBe('retired');
			seen.length = 0;
			await write(a, room, '移出之后写的');
			expect(activeNames(a)).toEqual(['周敬宁']);
			// Even with every byte of the relay in hand, the keys it kept open no new entry.
			const { updates } = await relay.storage.loadRoom(a.session.workspace, room);
			const log = new Y.Doc();
			for (const update of updates) Y.applyUpdate(log, update);
			const scope = { workspace: a.session.workspace, room };
			const withOld = await openWithKeys(log, scope, b.keys().commons);
			const withNew = await openWithKeys(log, scope, a.keys().commons);
			expect(withNew).toContain('移出之后写的');
			expect(withOld).not.toContain('移出之后写的');
			expect(a.keys().commons.size).toBe(2);
			expect(b.keys().commons.size).toBe(1);
		}
	);

	it(
		'writes nothing any more, not even dated back through a relay that helps it',
		{
			timeout: 40_000
		},
		async () => {
			const { a, b, room } = await committee();
			const c = await join(a, '潘志远');
			await online(c);
			expect((await admin(a).removeMember(b.session.self.member)).ok).toBe(true);
			await expect.poll(() => c.keys().commons.size, WAIT).toBe(2);
			await expect.poll(async () => (await a.logs.readSeal(room))?.epoch, WAIT).toBe(2);
			await delivered(a);
			await expect.poll(() => reads(c, room), WAIT).toBe('甲');
			const opened = await c.session.openDocument(room);
			const length = b.keeper.roster.current().length;
			for (const rosterLength of [length, length - 2])
				hand(c, room, await forge(b, room, rosterLength));
			await expect.poll(() => refused(c), WAIT).toEqual([['retired-author', 2]]);
			expect(await reads(c, room)).toBe('甲');
			// What one has been handed, all get: who comes later refuses it too.
			await delivered(c);
			const d = await join(a, '许国平');
			await online(d);
			const looking = await d.session.openDocument(room);
			await expect.poll(() => refused(d), WAIT).toEqual([['retired-author', 2]]);
			expect(looking.doc.getText('text').toString()).toBe('甲');
			opened.close();
			await write(a, room, '乙');
			await expect.poll(() => reads(d, room), WAIT).toBe('甲乙');
			looking.close();
		}
	);

	it('L14 writes nothing into rooms made after it went', { timeout: 40_000 }, async () => {
		const { a, b, room } = await committee();
		expect((await admin(a).removeMember(b.session.self.member)).ok).toBe(true);
		await expect.poll(async () => (await a.logs.readSeal(room))?.epoch, WAIT).toBe(2);
		const length = b.keeper.roster.current().length;
		const later = await a.session.createDocument('notes', '新台账');
		const d = await join(a, '许国平');
		await online(d);
		const opened = await d.session.openDocument(later);
		hand(d, later, await forge(b, later, length - 1));
		hand(d, later, await forge(b, later, length));
		await expect.poll(() => refused(d), WAIT).toEqual([['retired-author', 2]]);
		await write(a, later, '新台账');
		await expect.poll(() => opened.doc.getText('text').toString(), WAIT).toBe('新台账');
		opened.close();
	});

	it(
		'E12 L4 keeps no room from being sealed by an entry out of the future',
		{ timeout: 60_000 },
		async () => {
			const { a, b, room } = await committee();
			const c = await join(a, '潘志远');
			await online(c);
			const theirs = await b.session.openDocument(room);
			hand(b, room, await forge(b, room, 5_000));
			await delivered(b);
			theirs.close();
			const looking = await a.session.openDocument(room);
			const states = () => roomOf(a, room).entries();
			await expect.poll(() => states().map(({ state }) => state.kind), WAIT).toContain('waiting');
			expect(a.session.alarm.current()).toBeNull();
			expect((await admin(a).setRole(c.session.self.member, 'observer', false)).ok).toBe(true);
			const known = c.keeper.roster.current().length;
			await expect
				.poll(async () => (await a.logs.readSeal(room))?.rosterLength ?? 0, WAIT)
				.toBeGreaterThanOrEqual(known);
			expect((await admin(a).removeMember(b.session.self.member)).ok).toBe(true);
			await expect.poll(async () => (await a.logs.readSeal(room))?.epoch, WAIT).toBe(2);
			await expect.poll(() => refused(a), WAIT).toEqual([['retired-author', 1]]);
			looking.close();
		}
	);

	it(
		'cannot act on the roster, nor come back by an invitation it made',
		{
			timeout: 30_000
		},
		async () => {
			const a = await found();
			await online(a);
			const b = await join(a, '何立群', { invitation: { role: 'secretary' } });
			await online(b);
			const made = await admin(b).invite({ role: 'secretary', lifetimeMs: 60_000 });
			if (!made.ok) throw new Error(made.error);
			expect((await admin(a).removeMember(b.session.self.member)).ok).toBe(true);
			await expect(claimLink(origin, made.value.link, '何立群')).rejects.toThrow(/unknown|revoked/);
			const again = await admin(b).invite({ role: 'officer', lifetimeMs: 60_000 });
			expect(again.ok).toBe(false);
		}
	);
});

describe('those who stay', () => {
	it('keep their unsent edits and read what was written before', { timeout: 40_000 }, async () => {
		const { a, b, room } = await committee();
		const c = await join(a, '潘志远');
		await online(c);
		await expect.poll(() => reads(c, room), WAIT).toBe('甲');
		c.network.cut();
		await expect.poll(() => connection(c), WAIT).not.toBe('online');
		const offline = await c.openText(room);
		offline.text.insert(1, '丙');
		await expect.poll(() => c.session.save.current().stored, WAIT).toBe(true);
		expect((await admin(a).removeMember(b.session.self.member)).ok).toBe(true);
		await write(a, room, '丁');
		c.network.heal();
		c.session.nudge();
		await online(c);
		await expect.poll(() => offline.text.toString(), WAIT).toMatch(/甲.*丁|甲丁/);
		await expect.poll(() => reads(a, room), WAIT).toContain('丙');
		expect(offline.text.toString()).toContain('丙');
		// A newcomer after the removal reads all of it, by one key and the chain behind it.
		const d = await join(a, '许国平');
		await online(d);
		await expect.poll(() => reads(d, room), WAIT).toContain('丁');
		expect(await reads(d, room)).toContain('甲');
		offline.close();
	});

	it(
		'an officer takes a lost phone out, and a secretary’s device renews the key by itself',
		{
			timeout: 30_000
		},
		async () => {
			const { a, b } = await committee();
			const phone = track(await addDevice(origin, b));
			await online(phone);
			expect(phone.session.self.member).toBe(b.session.self.member);
			expect(activeNames(a)).toEqual(['周敬宁', '梁晓芸']);
			expect((await admin(b).retireDevice(phone.session.self.device)).ok).toBe(true);
			await expect.poll(() => b.keys().commons.size, WAIT).toBe(2);
			expect(a.keeper.roster.current().rotationDue).toBe(false);
			await expect.poll(() => phone.session.standing.current(), WAIT).toBe('retired');
		}
	);

	it(
		'an invitation made before a renewal still lets its holder read',
		{ timeout: 30_000 },
		async () => {
			const { a, b, room } = await committee();
			const made = await admin(a).invite({ role: 'officer', lifetimeMs: 60_000 });
			if (!made.ok) throw new Error(made.error);
			expect((await admin(a).removeMember(b.session.self.member)).ok).toBe(true);
			await write(a, room, '乙');
			const c = track(
				await startDevice(origin, await claimLink(origin, made.value.link, '潘志远'))
			);
			await online(c);
			await expect.poll(() => reads(c, room), WAIT).toBe('甲乙');
		}
	);
});

describe('approval', () => {
	it('lets nobody read before a secretary agrees', { timeout: 30_000 }, async () => {
		const { a, room } = await committee();
		const made = await admin(a).invite({ role: 'officer', lifetimeMs: 60_000, approval: true });
		if (!made.ok) throw new Error(made.error);
		const claimed = await claimLink(origin, made.value.link, '潘志远');
		expect(claimed.keys.commons.size).toBe(0);
		await expect
			.poll(
				() =>
					admin(a)
						.pending.current()
						.map(({ name }) => name),
				WAIT
			)
			.toEqual(['潘志远']);
		expect(activeNames(a)).not.toContain('潘志远');
		expect((await admin(a).admit(claimed.keys.device)).ok).toBe(true);
		const records = a.keeper.records(0);
		expect(records.length).toBeGreaterThan(claimed.records.length);
		const c = track(await startDevice(origin, { ...claimed, records }));
		await online(c);
		await expect.poll(() => reads(c, room), WAIT).toBe('甲');
		expect(activeNames(c)).toContain('潘志远');
	});
});

describe('a role that changes', () => {
	it(
		'an officer made observer writes no more; the device says so',
		{ timeout: 30_000 },
		async () => {
			const { a, b, room } = await committee();
			expect((await admin(a).setRole(b.session.self.member, 'observer', false)).ok).toBe(true);
			await expect.poll(() => b.session.standing.current(), WAIT).toBe('changed');
			const opened = await b.session.openDocument(room);
			expect(opened.access).toBe('read');
			opened.close();
		}
	);
});

type Rosters = (records: RosterRecord[]) => RosterRecord[] | Promise<RosterRecord[]>;

/** A relay that shows another chain than it has. */
const lying =
	(lie: Rosters, from = () => true): NonNullable<DeviceOptions['relayAnswers']> =>
	(real) =>
	async (input, init) => {
		const url = new URL(input as string);
		if (init?.method === 'POST' || !url.pathname.startsWith('/api/roster/') || !from())
			return real(input, init);
		const start = Number(url.searchParams.get('from'));
		url.searchParams.set('from', '0');
		const answer = (await (await real(url.href, init)).json()) as { records: RosterRecord[] };
		const records = await lie(answer.records);
		return Response.json({ length: records.length, records: records.slice(start) });
	};

describe('a relay that lies about the roster', () => {
	it(
		'hides the last record: a colleague’s entry tells, and the device says so',
		{
			timeout: 30_000
		},
		async () => {
			const a = await found();
			await online(a);
			let hides = false;
			const b = await join(a, '梁晓芸', {
				relayAnswers: lying((records) => (hides ? records.slice(0, -1) : records))
			});
			await online(b);
			const room = await note(a, '甲');
			await expect.poll(() => reads(b, room), WAIT).toBe('甲');
			hides = true;
			expect((await admin(a).invite({ role: 'officer', lifetimeMs: 60_000 })).ok).toBe(true);
			await write(a, room, '乙');
			await expect.poll(() => b.session.alarm.current(), WAIT).toBe('hidden');
			hides = false;
			await b.session.link.exchangeRoster();
			expect(b.session.alarm.current()).toBeNull();
			await expect.poll(() => reads(b, room), WAIT).toBe('甲乙');
		}
	);

	it('shows an older chain than before: noticed and said', { timeout: 30_000 }, async () => {
		const a = await found();
		await online(a);
		let old = false;
		const b = await join(a, '梁晓芸', {
			relayAnswers: lying((records) => (old ? records.slice(0, 2) : records))
		});
		await online(b);
		await expect.poll(() => b.session.save.current().delivered, WAIT).toBe(true);
		await expect
			.poll(async () => (await b.logs.readCursor())?.commit ?? 0, WAIT)
			.toBeGreaterThan(0);
		old = true;
		const { length } = b.keeper.roster.current();
		await b.session.link.exchangeRoster();
		expect(b.session.alarm.current()).toBe('behind');
		expect(b.keeper.roster.current().length).toBe(length);
	});

	it('adds a device of its own: not taken over, and said', { timeout: 30_000 }, async () => {
		const a = await found();
		await online(a);
		let forges = false;
		const stranger = await createSigner({
			kind: 'portable',
			seed: (await kitFromIdentity((await admin(a).kitPaper())!.ageKey))!.secret
		});
		const b = await join(a, '梁晓芸', {
			relayAnswers: lying(async (records) => {
				if (!forges) return records;
				const roster = b.keeper.roster.current();
				const forged = await signRecord(
					{
						...{ v: 1, type: 'role', seq: records.length, at: 1, prev: roster.head },
						...{ by: a.session.self.device, member: b.session.self.member },
						...{ role: 'observer', restricted: false }
					},
					stranger.sign
				);
				return [...records, forged];
			})
		});
		await online(b);
		const { length } = b.keeper.roster.current();
		forges = true;
		expect(await b.session.link.exchangeRoster()).toBe('bad-answer');
		expect(b.session.alarm.current()).toBe('forged');
		expect(b.keeper.roster.current().length).toBe(length);
	});

	it('replays an old record: not taken over, and said', { timeout: 30_000 }, async () => {
		const a = await found();
		await online(a);
		let replays = false;
		const b = await join(a, '梁晓芸', {
			relayAnswers: lying((records) => (replays ? [...records, records[2]!] : records))
		});
		await online(b);
		replays = true;
		expect(await b.session.link.exchangeRoster()).toBe('bad-answer');
		expect(b.session.alarm.current()).toBe('forked');
	});
});

describe('when all devices but the kit are lost', () => {
	it('the branch comes back from the kit and the relay', { timeout: 40_000 }, async () => {
		const { a, b, room } = await committee();
		const secret = await a.session.createDocument('notes', '私事', { kind: 'private' });
		await write(a, secret, '只给自己看');
		const paper = await admin(a).kitPaper();
		const { workspace } = a.session;
		await Promise.all([delivered(a), delivered(b)]);
		a.crash();
		b.crash();

		const context = { clock: { now: () => Date.now() }, crypto: createRosterCrypto() };
		const api = createRelayApi(origin, fetch);
		const kit = (await kitFromIdentity(paper!.ageKey))!;
		const looked = await inspectKit(kit, workspace, api, context);
		if (!looked.ok) throw new Error(looked.error);
		expect(looked.value.profile.name).toBe('周敬宁');
		expect(looked.value.branch).toBe('城东实验小学党支部');
		const back = await recoverByRelay(looked.value, '新电脑', api, context, async () => {});
		if (!back.ok) throw new Error(back.error);
		const c = track(await startDevice(origin, back.value));
		await online(c);
		expect(c.session.self.role).toBe('secretary');
		await expect.poll(() => reads(c, room), WAIT).toBe('甲');
		await expect
			.poll(() => c.session.documents.current().map(({ title }) => title), WAIT)
			.toContain('私事');
		await expect.poll(() => reads(c, secret), WAIT).toBe('只给自己看');
		// It is a secretary's device like any other: the lost ones are taken out.
		expect((await admin(c).retireDevice(a.session.self.device)).ok).toBe(true);
		await write(c, room, '又');
	});

	it(
		'the branch comes back from the kit and a backup file alone, and refills an emptied relay',
		{
			timeout: 60_000
		},
		async () => {
			const { a, b, room } = await committee();
			const secret = await a.session.createDocument('notes', '私事', { kind: 'private' });
			await write(a, secret, '只给自己看');
			const others = await b.session.createDocument('notes', '别人的', { kind: 'private' });
			await write(b, others, '乙的话');
			await expect.poll(() => a.disk.rooms.has(others), WAIT).toBe(true);
			// The key was renewed once: the backup holds words under both epochs.
			const c = await join(a, '潘志远');
			await online(c);
			expect((await admin(a).removeMember(c.session.self.member)).ok).toBe(true);
			await write(a, room, '乙');
			const shares: number[] = [];
			const paper = await admin(a).kitPaper();
			const made = await a.session.backup(
				(share) => shares.push(share),
				new AbortController().signal
			);
			if (!made.ok) throw new Error(made.error);
			expect(made.value.report).toMatchObject({ documents: 3, unreadable: 0, rosterHolds: true });
			expect(shares.at(-1)).toBe(1);
			a.crash();
			b.crash();
			await relay.stop();

			const context = { clock: { now: () => Date.now() }, crypto: createRosterCrypto() };
			const kit = (await kitFromIdentity(paper!.ageKey))!;
			const backup = await readBackup(kit.identity, made.value.file);
			if (!backup.ok) throw new Error(backup.error);
			expect(backup.value.rooms.some((one) => one.room === others)).toBe(false);
			const { workspace, records, logs } = backup.value;
			const looked = await inspectKitIn(kit, workspace, records, context);
			if (!looked.ok) throw new Error(looked.error);
			const back = await recoverOffline(looked.value, '新电脑', context);
			if (!back.ok) throw new Error(back.error);
			const disk = createMemoryDisk();
			for (const [id, log] of logs) disk.rooms.set(id, { updates: [log], unsent: true });
			const d = track(await startDevice(origin, back.value, {}, disk));
			d.session.becomeLeader();
			expect(await reads(d, room)).toBe('甲乙');
			await expect
				.poll(() => d.session.documents.current().map(({ title }) => title), WAIT)
				.toContain('私事');
			expect(await reads(d, secret)).toBe('只给自己看');
			// A new, empty relay under the same address is filled by this one device.
			relay = await startRelay({ port: Number(new URL(origin).port) });
			d.session.nudge();
			await online(d);
			await delivered(d);
			const e = await join(d, '许国平');
			await online(e);
			await expect.poll(() => reads(e, room), WAIT).toBe('甲乙');
		}
	);

	it('a kit that was replaced lets nobody in', { timeout: 30_000 }, async () => {
		const { a } = await committee();
		const paper = await admin(a).kitPaper();
		expect((await admin(a).makeKit()).ok).toBe(true);
		const context = { clock: { now: () => Date.now() }, crypto: createRosterCrypto() };
		const kit = (await kitFromIdentity(paper!.ageKey))!;
		const looked = await inspectKit(
			kit,
			a.session.workspace,
			createRelayApi(origin, fetch),
			context
		);
		expect(looked).toEqual({ ok: false, error: 'kit-unknown' });
	});
});

describe('circles', () => {
	it(
		'a private document is read on my other device, and on nobody else’s',
		{
			timeout: 40_000
		},
		async () => {
			const { a, b } = await committee();
			const room = await b.session.createDocument('notes', '草稿题目', { kind: 'private' });
			await write(b, room, '不给别人看的话');
			const phone = track(await addDevice(origin, b));
			await online(phone);
			await expect
				.poll(() => phone.session.documents.current().map(({ title }) => title), WAIT)
				.toContain('草稿题目');
			await expect.poll(() => reads(phone, room), WAIT).toBe('不给别人看的话');
			await expect.poll(() => a.disk.rooms.has(room), WAIT).toBe(true);
			expect(a.session.documents.current().some((entry) => entry.room === room)).toBe(false);
			const { updates } = await relay.storage.loadRoom(b.session.workspace, room);
			const log = new Y.Doc();
			for (const update of updates) Y.applyUpdate(log, update);
			const scope = { workspace: b.session.workspace, room };
			expect(await openWithKeys(log, scope, a.keys().commons)).toBe('');
		}
	);

	it(
		'the curious member with the commons key reads no restricted room; who is let in does',
		{
			timeout: 40_000
		},
		async () => {
			const { a, b } = await committee();
			const room = await a.session.createDocument('notes', '提醒谈话', { kind: 'restricted' });
			await write(a, room, '限书记和纪检委员');
			await expect.poll(() => b.disk.rooms.has(room), WAIT).toBe(true);
			expect(b.session.documents.current().some((entry) => entry.room === room)).toBe(false);
			expect((await admin(a).setRole(b.session.self.member, 'officer', true)).ok).toBe(true);
			await expect
				.poll(() => b.session.documents.current().map(({ title }) => title), WAIT)
				.toContain('提醒谈话');
			await expect.poll(() => reads(b, room), WAIT).toBe('限书记和纪检委员');
			expect((await admin(a).setRole(b.session.self.member, 'officer', false)).ok).toBe(true);
			await expect
				.poll(() => b.session.documents.current().some((entry) => entry.room === room), WAIT)
				.toBe(false);
			await write(a, room, '，后来写的');
			const { updates } = await relay.storage.loadRoom(a.session.workspace, room);
			const log = new Y.Doc();
			for (const update of updates) Y.applyUpdate(log, update);
			expect(Buffer.from(JSON.stringify(log.toJSON())).includes('后来')).toBe(false);
		}
	);

	it('made offline, and shared with one colleague', { timeout: 40_000 }, async () => {
		const { a, b } = await committee();
		const c = await join(a, '潘志远');
		await online(c);
		b.network.cut();
		await expect.poll(() => connection(b), WAIT).not.toBe('online');
		const members = [c.session.self.member];
		const room = await b.session.createDocument('notes', '谈话', { kind: 'people', members });
		const text = await b.openText(room);
		text.text.insert(0, '离线记下的');
		await expect.poll(() => b.session.save.current().stored, WAIT).toBe(true);
		b.network.heal();
		b.session.nudge();
		await expect
			.poll(() => c.session.documents.current().map(({ title }) => title), WAIT)
			.toContain('谈话');
		await expect.poll(() => reads(c, room), WAIT).toBe('离线记下的');
		expect(a.session.documents.current().some((entry) => entry.room === room)).toBe(false);
		text.close();
	});
});
