/** Who looks into documents without keeping them open hears when words have come in for them. */
import { afterEach, describe, expect, it } from 'vitest';
import type { RoomId } from '../../src/lib/base/ids.ts';
import { foundDevice, joinDevice, type Device } from '../support/device.ts';
import { startRelayProcess, type RelayProcess } from '../support/relayProcess.ts';

let relay: RelayProcess | null = null;
const devices: Device[] = [];

afterEach(async () => {
	await Promise.all(devices.splice(0).map(({ session }) => session.close()));
	await relay?.dispose();
	relay = null;
});

const online = ({ session }: Device) =>
	expect.poll(() => session.connection.current(), { timeout: 20_000 }).toBe('online');

function hear({ session }: Device): RoomId[] {
	const heard: RoomId[] = [];
	session.onArrival((room) => heard.push(room));
	return heard;
}

async function write({ openText }: Device, room: RoomId, words: string) {
	const { text, close } = await openText(room);
	text.insert(0, words);
	close();
}

async function read({ openText }: Device, room: RoomId) {
	const { text, close } = await openText(room);
	const words = text.toString();
	close();
	return words;
}

describe('words that come in for a document that is open nowhere', () => {
	for (const leads of [true, false])
		it(`are told ${leads ? 'once they are on the disk' : 'in a tab that does not lead'}`, async () => {
			relay = await startRelayProcess();
			const origin = `http://${relay.host}`;
			const a = await foundDevice(origin);
			devices.push(a);
			await online(a);
			const b = await joinDevice(origin, a, '梁晓芸', { isLeader: () => leads });
			devices.push(b);
			await online(b);
			const room = await a.session.createDocument('notes', '记录');
			await expect
				.poll(() => b.session.documents.current().map((entry) => entry.room), { timeout: 10_000 })
				.toContain(room);
			await read(b, room);
			const heard = hear(b);
			await write(a, room, '第一句');
			await expect.poll(() => heard, { timeout: 10_000 }).toContain(room);
			if (leads) {
				b.network.cut();
				await expect.poll(() => read(b, room), { timeout: 10_000 }).toBe('第一句');
				return;
			}
			// Nothing is caught up here: they come while the room is open.
			const { text, close } = await b.openText(room);
			await expect.poll(() => text.toString(), { timeout: 10_000 }).toBe('第一句');
			close();
		});

	it('while it was away are told when it is back, and nobody is told after he has gone', async () => {
		relay = await startRelayProcess();
		const origin = `http://${relay.host}`;
		const a = await foundDevice(origin);
		devices.push(a);
		await online(a);
		const b = await joinDevice(origin, a, '梁晓芸');
		devices.push(b);
		await online(b);
		const room = await a.session.createDocument('notes', '记录');
		await expect
			.poll(() => b.session.documents.current().map((entry) => entry.room), { timeout: 10_000 })
			.toContain(room);
		await read(b, room);
		b.network.cut();
		await write(a, room, '你不在的时候');
		const heard = hear(b);
		const gone: RoomId[] = [];
		b.session.onArrival((one) => gone.push(one))();
		b.network.heal();
		b.session.nudge();
		await expect.poll(() => heard, { timeout: 20_000 }).toContain(room);
		expect(gone).toEqual([]);
		expect(await read(b, room)).toBe('你不在的时候');
	});
});
