/**
 * A device whose first catching up was cut short: it has sent some of its rooms and holds others,
 * and nothing says yet that it is in step. When the relay then loses its store, all of it is
 * needed again.
 */
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { RoomId } from '../../src/lib/base/ids.ts';
import { foundDevice, joinDevice, type Device, type JoinOptions } from '../support/device.ts';
import { startRelayProcess, type RelayProcess } from '../support/relayProcess.ts';

const ROOMS = 24;
/** Well past the rooms that are under way at the same time. */
const SENT_FIRST = 6;
const WAIT = { timeout: 20_000, interval: 10 };

let relay: RelayProcess | null = null;
const devices: Device[] = [];

afterEach(async () => {
	await Promise.all(devices.splice(0).map(({ session }) => session.close()));
	await relay?.dispose();
	relay = null;
});

const online = ({ session }: Device) =>
	expect.poll(() => session.connection.current(), WAIT).toBe('online');

async function again(device: Device): Promise<Device> {
	const { restart } = device.crash();
	devices.splice(devices.indexOf(device), 1);
	const next = await restart();
	devices.push(next);
	return next;
}

async function emptyRelay({ kill9, restart, dataDir }: RelayProcess) {
	await kill9();
	rmSync(dataDir, { recursive: true, force: true });
	await restart();
}

/** Written with no network and closed; each holds its own name. */
async function writeRooms(device: Device): Promise<RoomId[]> {
	const rooms: RoomId[] = [];
	for (let i = 0; i < ROOMS; i++) {
		const room = await device.session.createDocument('notes', `第${i + 1}份`);
		const { text, close } = await device.openText(room);
		text.insert(0, room);
		close();
		rooms.push(room);
	}
	await expect.poll(() => device.session.save.current().stored, WAIT).toBe(true);
	return rooms;
}

/** The connection breaks when some rooms have gone out, one after the other. */
async function sendSome(device: Device, rooms: readonly RoomId[], some: number): Promise<void> {
	const sent = async () => {
		const unsent = await device.logs.unsent();
		return rooms.filter((room) => !unsent.includes(room)).length;
	};
	await expect.poll(sent, WAIT).toBeGreaterThanOrEqual(some);
	device.network.cut();
	expect(await sent()).toBeLessThan(ROOMS);
	expect((await device.logs.readCursor())?.commit ?? 0).toBe(0);
}

async function readsAll(device: Device, rooms: readonly RoomId[]) {
	await expect.poll(() => device.session.documents.current().length, WAIT).toBe(rooms.length);
	const copies = await Promise.all(rooms.map((room) => device.openText(room)));
	await expect.poll(() => copies.map(({ text }) => text.toString()), WAIT).toEqual(rooms);
}

/** Started anew, with its rooms closed, and cut off while they went out. */
async function cutShort(): Promise<{ device: Device; rooms: RoomId[] }> {
	relay = await startRelayProcess();
	await relay.stop();
	const founder = await foundDevice(`http://${relay.host}`);
	devices.push(founder);
	const rooms = await writeRooms(founder);
	const device = await again(founder);
	await relay.restart();
	device.session.nudge();
	await sendSome(device, rooms, SENT_FIRST);
	return { device, rooms };
}

async function join(by: Device, options: JoinOptions = {}): Promise<Device> {
	const device = await joinDevice(`http://${relay!.host}`, by, '许国平', options);
	devices.push(device);
	await online(device);
	return device;
}

describe('a relay that loses its store before a device has caught up with it', () => {
	it.for(['goes on', 'is started anew'] as const)(
		'is filled again by that device when it %s',
		{ timeout: 90_000 },
		async (how) => {
			const cut = await cutShort();
			await emptyRelay(relay!);
			const device = how === 'goes on' ? cut.device : await again(cut.device);
			device.network.heal();
			device.session.nudge();
			await online(device);
			await readsAll(await join(device), cut.rooms);
			await expect.poll(() => device.session.save.current().delivered, WAIT).toBe(true);
		}
	);

	it('is filled again by others where a device may only read', { timeout: 90_000 }, async () => {
		const { device: founder, rooms } = await cutShort();
		founder.network.heal();
		founder.session.nudge();
		const reader = await join(founder, { invitation: { role: 'observer' } });
		await readsAll(reader, rooms);
		const delivered = ({ session }: Device) =>
			expect.poll(() => session.save.current().delivered, WAIT).toBe(true);
		await delivered(reader);
		founder.network.cut();
		await emptyRelay(relay!);
		reader.session.nudge();
		await online(reader);
		founder.network.heal();
		founder.session.nudge();
		await online(founder);
		for (const device of [founder, reader]) await delivered(device);
		await expect.poll(() => reader.logs.unsent(), WAIT).toEqual([]);
	});

	it('is filled again although that breaks off as well, twice', { timeout: 90_000 }, async () => {
		const { rooms, ...cut } = await cutShort();
		let { device } = cut;
		const relayId = async () => (await device.logs.readCursor())?.relayId;
		const lost = await relayId();
		await emptyRelay(relay!);
		for (const some of [SENT_FIRST, 2 * SENT_FIRST]) {
			device = await again(device);
			await expect.poll(relayId, WAIT).not.toBe(lost);
			await sendSome(device, rooms, some);
		}
		device = await again(device);
		await readsAll(await join(device), rooms);
		await expect.poll(() => device.logs.unsent(), WAIT).toEqual([]);
	});
});
