import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import { cryptoRandom, newRoomId, type DeviceId, type WorkspaceId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import type { RosterDevice } from '$lib/protocol/roster/roster.ts';
import { createRosterCrypto, createSigner, createSigningKey } from '../crypto/signer.ts';
import type { SecretKey } from '../crypto/aead.ts';
import { isSealed, planCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { historyRoomOf, keepInHistory, planThinning, readVersions } from './history.ts';
import type { Journal } from '../store/journal.ts';
import type { ReaderContext } from './entryReader.ts';
import type { Standing } from './roomKeys.ts';
import { LOG_NAME, createRoom, type AppliedEntry, type Room, type Sealing } from './room.ts';

const crypto = createRosterCrypto();
const workspace = bytesToBase64Url(cryptoRandom(32)) as WorkspaceId;

/** A committee whose devices share one key, and rooms of theirs wired log to log. */
async function createCommittee() {
	const devices = new Map<DeviceId, RosterDevice>();
	const keys = new Map<number, SecretKey>([[1, new Redacted(cryptoRandom(32))]]);
	const scope = { workspace, room: newRoomId() };
	const now = { ms: Date.UTC(2023, 2, 15) };
	const erasures = { count: 0 };

	async function createSealing(): Promise<Sealing> {
		const signer = await createSigner(await createSigningKey());
		const device = bytesToBase64Url(cryptoRandom(16)) as DeviceId;
		devices.set(device, {
			id: device,
			member: '' as never,
			role: 'officer',
			signKey: signer.publicKey,
			ageRecipient: '',
			profile: '',
			commons: null,
			since: 0,
			at: 0,
			invitedBy: null,
			pending: false,
			retired: null,
			writes: [{ from: 1, to: null }]
		});
		return {
			device,
			signer,
			current: () => ({ epoch: keys.size, key: keys.get(keys.size)!, rosterLength: length() }),
			keysSettled: async () => {}
		};
	}

	/** Of those that are in the roster, from which length on the second epoch is a must. */
	const records = { more: 0, rotatedAt: Infinity };
	const length = () => devices.size + records.more;
	const standings = new Map<DeviceId, Standing>();
	const context = (): ReaderContext => ({
		rosterLength: length(),
		keysOf: (epoch: number) => (keys.has(epoch) ? [keys.get(epoch)!] : []),
		minEpochAt: (known) => (known >= records.rotatedAt ? 2 : 1),
		maxEpoch: () => keys.size,
		standingOf: ({ id }) => standings.get(id) ?? 'in',
		deviceOf: (id: DeviceId) => devices.get(id) ?? null,
		crypto
	});

	async function openRoom(
		sealing: Sealing | null,
		log = new Y.Doc(),
		journal: Journal | null = null,
		settled = async () => true
	): Promise<Room> {
		const room = createRoom({
			scope,
			log,
			context,
			sealing,
			clock: { now: () => now.ms },
			journal,
			mayWrite: () => true,
			learn: null,
			willChange: async () => {},
			onErased: () => void erasures.count++,
			settled
		});
		await room.opened;
		return room;
	}
	/** From now on the device may not write, and whoever knows the roster knows it. */
	function retire({ device }: Sealing) {
		const known = devices.get(device)!;
		const to = devices.size + records.more;
		devices.set(device, { ...known, retired: to, writes: [{ from: 1, to }] });
		records.more += 1;
	}
	return {
		retire,
		standings,
		records,
		erasures,
		devices,
		keys,
		scope,
		now,
		createSealing,
		context,
		openRoom
	};
}

function wire(a: Y.Doc, b: Y.Doc) {
	const link = Symbol('wire');
	const pass = (to: Y.Doc) => (update: Uint8Array, origin: unknown) => {
		if (origin !== link) Y.applyUpdate(to, update, link);
	};
	Y.applyUpdate(a, Y.encodeStateAsUpdate(b), link);
	Y.applyUpdate(b, Y.encodeStateAsUpdate(a), link);
	a.on('update', pass(b));
	b.on('update', pass(a));
}

const idle = async (...rooms: Room[]) => {
	for (let i = 0; i < 4; i++) for (const room of rooms) await room.idle();
};

const type = (room: Room, text: string) =>
	room.doc.getText('t').insert(room.doc.getText('t').length, text);
const textOf = (room: Room) => room.doc.getText('t').toString();

describe('a sealed room', () => {
	it('L1 L3 carries typing to a colleague and seals nothing twice', async () => {
		const { createSealing, openRoom } = await createCommittee();
		const [a, b] = [await openRoom(await createSealing()), await openRoom(await createSealing())];
		wire(a.log, b.log);
		type(a, '家');
		for (let turn = 0; turn < 3; turn++) await Promise.resolve();
		for (const letter of '校沟通') type(a, letter);
		await idle(a, b);
		expect(textOf(b)).toBe('家校沟通');
		// The first letter went out at once; the rest, typed while it was being sealed, together.
		expect(b.log.getArray(LOG_NAME)).toHaveLength(2);
		expect(b.entries().every(({ state }) => state.kind === 'applied')).toBe(true);
	});

	it('L2 opens from the log alone', async () => {
		const { createSealing, openRoom } = await createCommittee();
		const sealing = await createSealing();
		const first = await openRoom(sealing);
		for (let i = 0; i < 20; i++) {
			type(first, `${i} `);
			await first.idle();
		}
		const copy = new Y.Doc();
		Y.applyUpdate(copy, Y.encodeStateAsUpdate(first.log));
		const again = await openRoom(sealing, copy);
		await again.opened;
		expect(textOf(again)).toBe(textOf(first));
	});

	it('E5 goes on with the rest of the room past entries that do not hold, and counts them', async () => {
		const { createSealing, openRoom } = await createCommittee();
		const [a, b] = [await openRoom(await createSealing()), await openRoom(await createSealing())];
		wire(a.log, b.log);
		type(a, '前');
		await idle(a, b);
		b.log.getArray(LOG_NAME).push([new Uint8Array([1, 1, 1, 7])]);
		b.log.getArray(LOG_NAME).push(['not bytes']);
		type(a, '后');
		await idle(a, b);
		expect(textOf(b)).toBe('前后');
		expect(a.refusals.get('malformed')).toBe(2);
	});

	it('E12 reads an entry of an epoch it had not heard of once the roster tells of it', async () => {
		const { createSealing, openRoom, keys } = await createCommittee();
		const sealing = await createSealing();
		const second = new Redacted(cryptoRandom(32));
		const ahead = { ...sealing.current(), epoch: 2, key: second };
		const writer = await openRoom({ ...sealing, current: () => ahead });
		type(writer, '新钥匙');
		await writer.idle();
		const reader = await openRoom(null, writer.log);
		expect(reader.refusals.get('unknown-epoch')).toBe(1);
		keys.set(2, second);
		await reader.recheck();
		expect([textOf(reader), reader.refusals.get('unknown-epoch')]).toEqual(['新钥匙', 0]);
	});

	it('L1 forgets of the journal only what was stored, not what is typed while the disk is awaited', async () => {
		const { createSealing, openRoom } = await createCommittee();
		const kept = new Map<string, Uint8Array>();
		let count = 0;
		const journal: Journal = {
			write(update) {
				kept.set(String(++count), update);
				return String(count);
			},
			left: () => [],
			remove: (names) => names.forEach((name) => kept.delete(name))
		};
		const disk: (() => void)[] = [];
		const settled = () => new Promise<boolean>((resolve) => disk.push(() => resolve(true)));
		const room = await openRoom(await createSealing(), new Y.Doc(), journal, settled);
		type(room, '存下的');
		await room.idle();
		expect(disk).toHaveLength(1);
		type(room, '刚打的');
		disk[0]!();
		await new Promise((resolve) => setTimeout(resolve));
		expect([...kept.keys()]).toEqual(['2']);
		await room.idle();
		disk[1]!();
		await new Promise((resolve) => setTimeout(resolve));
		expect(kept.size).toBe(0);
	});

	it('L16 gives up sealing when it is closed, and leaves the words in the journal', async () => {
		const { createSealing, openRoom } = await createCommittee();
		const kept = new Map<string, Uint8Array>();
		const journal: Journal = {
			write: (update) => `${kept.set(`${kept.size}`, update).size - 1}`,
			left: () => [],
			remove: (names) => names.forEach((name) => kept.delete(name))
		};
		const noKey = () => Promise.reject<void>(new Error('the newest key is not here'));
		for (const keysSettled of [noKey, () => new Promise<void>(() => {})]) {
			const room = await openRoom(
				{ ...(await createSealing()), keysSettled },
				new Y.Doc(),
				journal
			);
			type(room, '还没有钥匙');
			const idle = room.idle();
			await new Promise((resolve) => setTimeout(resolve));
			room.close();
			await idle;
			await room.idle();
			expect(room.entries()).toEqual([]);
		}
		expect(kept.size).toBe(2);
	});

	it('E6 applies what waited once the author is known', async () => {
		const committee = await createCommittee();
		const [a, b] = [
			await committee.openRoom(await committee.createSealing()),
			await committee.openRoom(await committee.createSealing())
		];
		wire(a.log, b.log);
		const newcomer = await committee.createSealing();
		const card = committee.devices.get(newcomer.device)!;
		committee.devices.delete(newcomer.device);
		const current = () => ({ ...newcomer.current(), rosterLength: 3 });
		const c = await committee.openRoom({ ...newcomer, current });
		wire(b.log, c.log);
		type(c, '新人');
		await idle(c, b, a);
		expect(textOf(a)).toBe('');
		expect(a.entries().map(({ state }) => state.kind)).toEqual(['waiting']);
		committee.devices.set(card.id, card);
		await a.recheck();
		expect(textOf(a)).toBe('新人');
	});

	it('L10 notices when entries are erased without a checkpoint, and still has their words', async () => {
		const { createSealing, openRoom, erasures } = await createCommittee();
		const sealing = await createSealing();
		const [a, b] = [await openRoom(sealing), await openRoom(await createSealing())];
		wire(a.log, b.log);
		type(a, '不许抹掉');
		await idle(a, b);
		const relay = new Y.Doc();
		Y.applyUpdate(relay, Y.encodeStateAsUpdate(a.log));
		relay.getArray(LOG_NAME).delete(0, 1);
		Y.applyUpdate(a.log, Y.encodeStateAsUpdate(relay));
		await idle(a, b);
		expect(erasures.count).toBe(2);
		await writeCheckpoint(a, sealing, { now: () => 1 }, true);
		const fresh = await openRoom(sealing, a.log);
		await fresh.opened;
		expect(textOf(fresh)).toBe('不许抹掉');
	});

	it('L11 reads what a retired author wrote before, until a checkpoint knows of it', async () => {
		const { createSealing, openRoom, retire, erasures } = await createCommittee();
		const [sa, gone] = [await createSealing(), await createSealing()];
		const [a, leaver] = [await openRoom(sa), await openRoom(gone)];
		wire(a.log, leaver.log);
		type(leaver, '走前写的');
		await idle(leaver, a);
		const copy = new Y.Doc();
		Y.applyUpdate(copy, Y.encodeStateAsUpdate(a.log));
		// Sealed in time, and kept back until the log was sealed: it could have been dated back.
		const held = new Y.Doc();
		Y.applyUpdate(held, Y.encodeStateAsUpdate(leaver.log));
		const late = await openRoom(gone, held);
		type(late, '迟到');
		await late.idle();
		retire(gone);
		const fresh = await openRoom(null, copy);
		expect(textOf(fresh)).toBe('走前写的');
		await writeCheckpoint(a, sa, { now: () => 1 }, true);
		Y.applyUpdate(a.log, Y.encodeStateAsUpdate(held));
		await idle(a);
		expect(textOf(a)).toBe('走前写的');
		expect(a.refusals.get('retired-author')).toBe(1);
		const again = await openRoom(null, a.log);
		expect(textOf(again)).toBe('走前写的');
		expect(erasures.count).toBe(0);
	});

	it('L11 writes the words again that it had read and the sealing checkpoint does not cover', async () => {
		const { createSealing, openRoom, retire, erasures } = await createCommittee();
		const [sa, sb, gone] = [await createSealing(), await createSealing(), await createSealing()];
		const [a, b, leaver] = [await openRoom(sa), await openRoom(sb), await openRoom(gone)];
		type(leaver, '只有乙读过');
		await leaver.idle();
		Y.applyUpdate(b.log, Y.encodeStateAsUpdate(leaver.log));
		await idle(b);
		type(a, '甲');
		retire(gone);
		await idle(a);
		await writeCheckpoint(a, sa, { now: () => 1 }, true);
		Y.applyUpdate(b.log, Y.encodeStateAsUpdate(a.log));
		await idle(b);
		expect(erasures.count).toBe(1);
		await writeCheckpoint(b, sb, { now: () => 1 }, true);
		const fresh = await openRoom(null, b.log);
		expect(textOf(fresh)).toBe(textOf(b));
		expect(textOf(fresh)).toContain('只有乙读过');
	});

	it('L12 refuses who has left the circle once a checkpoint has a newer key', async () => {
		const { createSealing, openRoom, standings, keys } = await createCommittee();
		const [sa, out] = [await createSealing(), await createSealing()];
		const [a, former] = [await openRoom(sa), await openRoom(out)];
		type(former, '同在时');
		await former.idle();
		Y.applyUpdate(a.log, Y.encodeStateAsUpdate(former.log));
		await idle(a);
		standings.set(out.device, 'former');
		type(former, '之后');
		await former.idle();
		keys.set(2, new Redacted(cryptoRandom(32)));
		await writeCheckpoint(a, sa, { now: () => 1 }, true);
		Y.applyUpdate(a.log, Y.encodeStateAsUpdate(former.log));
		await idle(a);
		expect(textOf(a)).toBe('同在时');
		expect(a.refusals.get('not-in-circle')).toBe(1);
		standings.set(out.device, 'in');
		await a.recheck();
		expect(textOf(a)).toBe('同在时之后');
		expect(a.refusals.get('not-in-circle')).toBe(0);
	});

	it('reads without a right to write, and appends nothing', async () => {
		const { createSealing, openRoom } = await createCommittee();
		const [writer, reader] = [await openRoom(await createSealing()), await openRoom(null)];
		wire(writer.log, reader.log);
		type(writer, '公开');
		await idle(writer, reader);
		type(reader, '试');
		await idle(writer, reader);
		expect(textOf(writer)).toBe('公开');
		expect(reader.log.getArray(LOG_NAME)).toHaveLength(1);
	});
});

describe('checkpoints', () => {
	const clock = { now: () => Date.UTC(2023, 2, 15) };

	it('L4 is planned only when the tail is long', async () => {
		const { createSealing, openRoom } = await createCommittee();
		const room = await openRoom(await createSealing());
		type(room, 'x');
		await room.idle();
		expect(planCheckpoint(room.entries())).toBeNull();
		type(room, 'y'.repeat(300 * 1024));
		await room.idle();
		// Long text packs well, so it is the stored bytes that count, not the typed ones.
		expect(planCheckpoint(room.entries())).toBeNull();
		const applied: AppliedEntry = {
			...{ kind: 'applied', entry: 'updates', at: 0, author: '' as DeviceId },
			...{ epoch: 1, rosterLength: 1 }
		};
		const many = Array.from({ length: 257 }, () => ({ bytes: new Uint8Array(1), state: applied }));
		expect(planCheckpoint(many)?.remove.size).toBe(257);
	});

	it('L5 L6 replaces what it covers, keeps the one before and leaves what it could not read', async () => {
		const { createSealing, openRoom } = await createCommittee();
		const sealing = await createSealing();
		const room = await openRoom(sealing);
		const unreadable = new Uint8Array([1, 1, 1, 9]);
		for (const round of [1, 2, 3]) {
			type(room, `第${round}轮`);
			if (round === 1) room.log.getArray(LOG_NAME).push([unreadable]);
			const plan = await writeCheckpoint(room, sealing, clock, true);
			expect(plan?.retired).toHaveLength(round === 3 ? 1 : 0);
		}
		expect(
			room.entries().map(({ state }) => (state.kind === 'applied' ? state.entry : state.kind))
		).toEqual(['refused', 'checkpoint', 'checkpoint']);
		const again = await openRoom(sealing, room.log);
		await again.opened;
		expect(textOf(again)).toBe('第1轮第2轮第3轮');
	});

	it('L15 loses nothing when the key is renewed while it waits for the room', async () => {
		const { createSealing, openRoom, records, keys } = await createCommittee();
		const sealing = await createSealing();
		const room = await openRoom(sealing);
		type(room, '全部台账');
		await room.idle();
		// The record comes while it waits; its key is unwrapped and stored a little later.
		const slow: Room = {
			...room,
			async idle() {
				await room.idle();
				records.more += 1;
				records.rotatedAt = sealing.current().rosterLength;
			}
		};
		const keysSettled = async () => {
			if (records.rotatedAt < Infinity) keys.set(2, new Redacted(cryptoRandom(32)));
		};
		await writeCheckpoint(slow, { ...sealing, keysSettled }, clock, true);
		const again = await openRoom(null, room.log);
		expect([textOf(again), [...again.refusals]]).toEqual(['全部台账', []]);
	});

	it('L15 names no longer a roster than the key it is sealed with belongs to', async () => {
		const { createSealing, openRoom, records, keys, context, now } = await createCommittee();
		const sealing = await createSealing();
		const room = await openRoom(sealing);
		type(room, '一');
		const plan = await writeCheckpoint(room, sealing, clock, true);
		const complete = sealing.current();
		records.more += 1;
		records.rotatedAt = sealing.current().rosterLength;
		keys.set(2, new Redacted(cryptoRandom(32)));
		const behind = { ...sealing, current: () => complete };
		const stale = await openRoom(behind, room.log);
		type(stale, '二');
		await stale.idle();
		await writeCheckpoint(stale, behind, clock, true);
		const again = await openRoom(null, stale.log);
		expect([textOf(again), [...again.refusals]]).toEqual(['一二', []]);
		const history = {
			scope: { workspace, room: await historyRoomOf(room.scope.room, crypto) },
			log: new Y.Doc()
		};
		const retired = stale.entries().slice(0, 1);
		expect(plan).not.toBeNull();
		await keepInHistory(room.scope, retired, history, behind, context(), now.ms);
		expect(await readVersions(history, context())).toHaveLength(1);
	});

	it('L13 a log in which nothing could be read is not taken for sealed', async () => {
		const { createSealing, openRoom } = await createCommittee();
		const room = await openRoom(await createSealing());
		const mark = { epoch: 1, rosterLength: 1 };
		expect(isSealed(room.entries(), mark, () => true)).toBe(true);
		room.log.getArray(LOG_NAME).push([new Uint8Array([1, 1, 1, 9])]);
		await room.idle();
		expect(isSealed(room.entries(), mark, () => true)).toBe(false);
	});

	it('L7 loses nothing when two devices write one at once and a third goes on typing', async () => {
		const { createSealing, openRoom } = await createCommittee();
		const [sa, sb, sc] = [await createSealing(), await createSealing(), await createSealing()];
		const [a, b, c] = [await openRoom(sa), await openRoom(sb), await openRoom(sc)];
		type(a, '甲');
		await a.idle();
		for (const room of [b, c]) {
			Y.applyUpdate(room.log, Y.encodeStateAsUpdate(a.log));
			await room.idle();
		}
		type(c, '丙');
		await Promise.all([
			writeCheckpoint(a, sa, clock, true),
			writeCheckpoint(b, sb, clock, true),
			c.idle()
		]);
		wire(a.log, b.log);
		wire(b.log, c.log);
		await idle(a, b, c);
		expect([textOf(a), textOf(b), textOf(c)]).toEqual(['甲丙', '甲丙', '甲丙']);
		const fresh = await openRoom(sa, c.log);
		await fresh.opened;
		expect(textOf(fresh)).toBe('甲丙');
	});

	it('L8 moves retired checkpoints to the history, one a day, readable again', async () => {
		const committee = await createCommittee();
		const sealing = await committee.createSealing();
		const room = await committee.openRoom(sealing);
		const history = {
			scope: { workspace, room: await historyRoomOf(room.scope.room, crypto) },
			log: new Y.Doc()
		};
		for (let day = 1; day <= 4; day++) {
			committee.now.ms = Date.UTC(2023, 2, day);
			type(room, `${day}日`);
			const plan = await writeCheckpoint(room, sealing, { now: () => committee.now.ms }, true);
			await keepInHistory(
				room.scope,
				plan!.retired,
				history,
				sealing,
				committee.context(),
				committee.now.ms
			);
		}
		const versions = await readVersions(history, committee.context());
		const texts = versions.map(({ version }) => {
			const doc = new Y.Doc();
			Y.applyUpdateV2(doc, version.state);
			return doc.getText('t').toString();
		});
		expect(texts).toEqual(['1日', '1日2日']);
		expect(history.scope.room).not.toBe(room.scope.room);
	});

	it('L8 thins to one a day for 30 days and one a week for a year', () => {
		const now = Date.UTC(2024, 0, 1);
		const hours = (n: number) => now - n * 3_600_000;
		const all = Array.from({ length: 24 * 400 }, (_, i) => hours(i)).reverse();
		const drop = planThinning(all, now);
		const kept = all.filter((_, i) => !drop.has(i));
		expect(kept.length).toBeGreaterThan(75);
		expect(kept.length).toBeLessThan(82);
		expect(planThinning(kept, now).size).toBe(0);
		// Two devices that archived the same checkpoint leave one of the two.
		expect([...planThinning([now, now], now)]).toEqual([1]);
	});
});
