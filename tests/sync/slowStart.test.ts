/** A device whose disk is slow beside a relay that answers at once. */
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { foundDevice, joinDevice, startDevice, type Device } from '../support/device.ts';
import { startRelayProcess, type RelayProcess } from '../support/relayProcess.ts';

let relay: RelayProcess | null = null;
const devices: Device[] = [];

const WAIT = { timeout: 20_000 };
const LONG = { timeout: 60_000 };
/** Far longer than a relay on the same machine takes to say its first words. */
const SLOW = { slowDiskMs: 1_000 };

const online = ({ session }: Device) =>
	expect.poll(() => session.connection.current(), WAIT).toBe('online');
const delivered = ({ session }: Device) =>
	expect.poll(() => session.save.current(), WAIT).toMatchObject({ stored: true, delivered: true });

async function write(device: Device, words: string) {
	const room = await device.session.createDocument('notes', '记录');
	const { text, close } = await device.openText(room);
	text.insert(0, words);
	close();
	await delivered(device);
	return room;
}

const enrolledOf = ({ keys, keeper }: Device) => ({
	keys: keys(),
	records: keeper.records(0),
	roster: keeper.roster.current()
});

afterEach(async () => {
	await Promise.all(devices.splice(0).map(({ session }) => session.close()));
	await relay?.dispose();
	relay = null;
});

describe('a session that is still being put together', () => {
	it('hears nothing of the relay before it can take it in, and all of it then', LONG, async () => {
		relay = await startRelayProcess();
		const origin = `http://${relay.host}`;
		const first = await foundDevice(origin);
		devices.push(first);
		await online(first);
		const room = await write(first, '谈话提纲');
		const unhandled: unknown[] = [];
		const note = (reason: unknown) => unhandled.push(reason);
		process.on('uncaughtException', note);
		try {
			const slow = await startDevice(origin, enrolledOf(first), SLOW);
			devices.push(slow);
			// The relay's first words have come already, and it says them once.
			expect(slow.session.connection.current()).toBe('online');
			const reached = async () => (await slow.logs.readCursor())?.commit ?? 0;
			await expect.poll(reached, WAIT).toBeGreaterThan(0);
			slow.network.cut();
			expect((await slow.openText(room)).text.toString()).toBe('谈话提纲');
		} finally {
			process.off('uncaughtException', note);
		}
		expect(unhandled).toEqual([]);
	});

	it('fills a relay that lost its store', LONG, async () => {
		relay = await startRelayProcess();
		const origin = `http://${relay.host}`;
		const first = await foundDevice(origin);
		await online(first);
		const room = await write(first, '谈话提纲');
		await first.session.close();
		await relay.kill9();
		rmSync(relay.dataDir, { recursive: true, force: true });
		await relay.restart();
		const slow = await startDevice(origin, enrolledOf(first), SLOW, first.disk);
		devices.push(slow);
		expect(slow.session.connection.current()).toBe('online');
		await expect.poll(() => slow.logs.unsent(), WAIT).toEqual([]);
		await delivered(slow);
		const second = await joinDevice(origin, slow, '许国平');
		devices.push(second);
		await expect.poll(() => second.session.documents.current().length, WAIT).toBe(1);
		const copy = await second.openText(room);
		await expect.poll(() => copy.text.toString(), WAIT).toBe('谈话提纲');
	});
});
