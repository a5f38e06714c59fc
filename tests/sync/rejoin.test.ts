/**
 * A branch brought back from a card and a backup while its relay was only out of reach: the chain
 * forks, and heals when they meet.
 */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RoomId } from '../../src/lib/base/ids.ts';
import { createRosterCrypto } from '../../src/lib/core/crypto/signer.ts';
import type { DeviceKeys } from '../../src/lib/core/keys/deviceKeys.ts';
import { inspectKitIn, recoverOffline } from '../../src/lib/core/keys/recovering.ts';
import { settleUnanswered } from '../../src/lib/core/keys/rejoin.ts';
import { resealOwn } from '../../src/lib/core/keys/resealOwn.ts';
import { kitFromIdentity } from '../../src/lib/core/recovery/kit.ts';
import { verifyChain } from '../../src/lib/core/roster/rosterKeeper.ts';
import { createDexieRoster, type DexieRoster } from '../../src/lib/core/store/dexieRoster.ts';
import {
	copyMemoryDisk,
	createMemoryDisk,
	createMemoryRoomLogs,
	type MemoryDisk
} from '../../src/lib/core/store/memoryRoomLogs.ts';
import { openWorkspaceDatabase } from '../../src/lib/core/store/workspaceDatabase.ts';
import { createRelayApi } from '../../src/lib/core/sync/relayApi.ts';
import type { RosterRecord } from '../../src/lib/protocol/roster/rosterRecord.ts';
import { foundDevice, joinDevice, startDevice, type Device } from '../support/device.ts';
import { startRelay, type RelayInProcess } from '../support/relayInProcess.ts';

const WAIT = { timeout: 10_000 };
const NOBODY = 'http://127.0.0.1:9';
const clock = { now: () => Date.now() };
const crypto = createRosterCrypto();

let relay: RelayInProcess;
let origin = '';
const devices: Device[] = [];
const track = (device: Device) => {
	devices.push(device);
	return device;
};
beforeEach(async () => {
	relay = await startRelay();
	origin = `http://${relay.host}`;
});
afterEach(async () => {
	await Promise.all(devices.splice(0).map(({ session }) => session.close()));
	await relay.stop();
});

const online = ({ session }: Device) =>
	expect.poll(() => session.connection.current(), WAIT).toBe('online');

async function write(device: Device, room: RoomId, words: string): Promise<void> {
	const { text, close } = await device.openText(room);
	text.insert(text.length, words);
	await expect.poll(() => device.session.save.current().stored, WAIT).toBe(true);
	close();
}

async function reads(device: Device, room: RoomId): Promise<string> {
	const { text, close } = await device.openText(room);
	const words = text.toString();
	close();
	return words;
}

/** What a browser holds after a recovery from a card and a backup, as the app keeps it. */
async function recoverWithoutRelay(a: Device, ageKey: string, backup: MemoryDisk) {
	const kit = (await kitFromIdentity(ageKey))!;
	const records = [...a.keeper.records(0)];
	const looked = await inspectKitIn(kit, a.session.workspace, records, { clock, crypto });
	if (!looked.ok) throw new Error(looked.error);
	const back = await recoverOffline(looked.value, '新电脑', { clock, crypto });
	if (!back.ok) throw new Error(back.error);
	const store = createDexieRoster(openWorkspaceDatabase(a.session.workspace));
	await store.begin(back.value.records, true);
	const disk = createMemoryDisk();
	for (const [room, { updates }] of copyMemoryDisk(backup).rooms)
		disk.rooms.set(room, { updates, unsent: true });
	return { recovered: back.value, store, disk };
}

/** What opening does before there is a session. */
async function settle(initial: DeviceKeys, store: DexieRoster, disk: MemoryDisk, at = origin) {
	let keys = initial;
	const settled = await settleUnanswered(initial, {
		...{ clock, crypto, store, api: createRelayApi(at, fetch) },
		changeKeys: async (change) => (keys = change(keys))
	});
	const records: readonly RosterRecord[] = await store.load();
	const roster = await verifyChain(keys.workspace, records, crypto);
	if (!roster.ok) throw new Error(roster.error);
	const logs = createMemoryRoomLogs(disk);
	const isMoved = (await store.unanswered())?.isMoved ?? false;
	if (isMoved) await resealOwn({ keys, roster: roster.value, logs, ring: disk.ring.open() });
	return { settled, keys, records, roster: roster.value, isMoved };
}

const relayRecords = async (workspace: string) =>
	(await relay.storage.loadRoster(workspace, 0)).records.map((text) => JSON.parse(text) as object);

it(
	'comes in on the relay’s longer chain with the same keys, and nothing written meanwhile is lost',
	{ timeout: 60_000 },
	async () => {
		const a = track(await foundDevice(origin));
		await online(a);
		const room = await a.session.createDocument('notes', '记录');
		await write(a, room, '甲');
		const paper = await a.session.administration.kitPaper();
		const { recovered, store, disk } = await recoverWithoutRelay(a, paper!.ageKey, a.disk);

		// The branch goes on: somebody comes, somebody goes, and the key is renewed.
		const b = track(await joinDevice(origin, a, '梁晓芸'));
		await online(b);
		const c = track(await joinDevice(origin, a, '潘志远'));
		const gone = await a.session.administration.removeMember(c.session.self.member);
		expect(gone.ok).toBe(true);

		// Out of reach it stays as it is, and people write.
		expect((await settle(recovered.keys, store, disk, NOBODY)).settled).toBe('unanswered');
		const alone = await startDevice(NOBODY, recovered, {}, disk);
		await write(alone, room, '，离线时写的');
		await alone.session.close();

		const back = await settle(recovered.keys, store, disk);
		expect(back).toMatchObject({ settled: 'answered', isMoved: true });
		expect(back.keys.device).toBe(recovered.keys.device);
		expect(back.keys.commons.size).toBe(2);
		expect(await relayRecords(a.session.workspace)).toEqual(back.records);
		const { keys, records, roster } = back;
		const d = track(await startDevice(origin, { keys, records, roster }, {}, disk));
		d.session.becomeLeader();
		await online(d);
		expect(d.session.alarm.current()).toBeNull();
		expect(await reads(d, room)).toBe('甲，离线时写的');
		await expect.poll(() => reads(b, room), WAIT).toBe('甲，离线时写的');
		const people = () => a.session.administration.people.current();
		const labels = () => people().flatMap(({ devices: all }) => all.map(({ label }) => label));
		await expect.poll(labels, WAIT).toContain('新电脑');
		await store.setAnswered();
		expect((await settle(keys, store, disk, NOBODY)).settled).toBe('answered');
	}
);

it(
	'is taken as it is by a relay that has only the backup’s chain',
	{ timeout: 30_000 },
	async () => {
		const a = track(await foundDevice(origin));
		await online(a);
		const paper = await a.session.administration.kitPaper();
		const { recovered, store, disk } = await recoverWithoutRelay(a, paper!.ageKey, a.disk);
		const back = await settle(recovered.keys, store, disk);
		expect(back).toMatchObject({ settled: 'answered', isMoved: false });
		expect(back.records).toEqual(recovered.records);
		expect(await relayRecords(a.session.workspace)).toEqual(recovered.records);
	}
);

it('never takes over a chain that differs before its own record', { timeout: 30_000 }, async () => {
	const a = track(await foundDevice(origin));
	await online(a);
	const paper = await a.session.administration.kitPaper();
	const made = await a.session.administration.invite({ role: 'officer', lifetimeMs: 60_000 });
	expect(made.ok).toBe(true);
	const { recovered, store, disk } = await recoverWithoutRelay(a, paper!.ageKey, a.disk);
	// Another relay of the same branch: the same beginning, then another invitation and a revocation.
	const twin = await startRelay();
	const shared = recovered.records.slice(0, -2);
	await twin.post({ workspace: a.session.workspace, records: shared });
	const other = track(
		await startDevice(`http://${twin.host}`, { ...recovered, keys: a.keys(), records: shared })
	);
	await online(other);
	for (let i = 0; i < 3; i++)
		expect(
			(await other.session.administration.invite({ role: 'officer', lifetimeMs: 60_000 })).ok
		).toBe(true);
	const back = await settle(recovered.keys, store, disk, `http://${twin.host}`);
	expect(back).toMatchObject({ settled: 'unanswered', isMoved: false });
	expect(back.records).toEqual(recovered.records);
	await twin.stop();
});
