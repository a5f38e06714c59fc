import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { utf8ToBytes } from '../../src/lib/base/bytes.ts';
import { encodeUpdate } from '../../src/lib/protocol/channelMessages.ts';
import { closeCodes } from '../../src/lib/protocol/closeCodes.ts';
import { encodeControl } from '../../src/lib/protocol/control.ts';
import { encodeFrame } from '../../src/lib/protocol/frames.ts';
import { startRelay, type RelayInProcess } from '../support/relayInProcess.ts';
import { connectMux, type RelayMuxClient } from '../support/relayMuxClient.ts';
import { connectRaw, loneUpdate } from '../support/relayYjs.ts';

let relay: RelayInProcess;
let bystander: RelayMuxClient;
const KIB = 1024;

beforeEach(async () => {
	relay = await startRelay({
		auth: false,
		tuning: {
			...{ maxFrameBytes: 64 * KIB, maxUnsentBytes: 256 * KIB, framesPerSecond: 20 },
			...{ channelReuseMs: 300 }
		}
	});
	bystander = await connect();
	bystander.control({ type: 'open', channel: 1, room: 'calm' });
	await bystander.nextControl('opened');
});
afterEach(() => relay.stop());

const connect = () => connectMux(`ws://${relay.host}/sync/w`);

/** F9: whatever was done to another connection, this one goes on. */
async function expectBystanderUnharmed(): Promise<void> {
	await bystander.settle();
	bystander.send(1, encodeUpdate(loneUpdate('still here')));
	expect((await bystander.next(1, 'stored')).commit).toBeGreaterThan(0);
}

describe('frames', () => {
	it.each([
		['breaks off', Uint8Array.of(1, 9, 0)],
		['is empty', new Uint8Array()],
		['runs on', Uint8Array.of(...encodeFrame([{ channel: 0, payload: utf8ToBytes('{}') }]), 1)],
		['is text', 'hello']
	])('F2 F9 refuses a frame that %s', async (_what, frame) => {
		const client = await connect();
		client.raw(frame);
		expect(await client.closed).toBe(closeCodes.malformedFrame);
		await expectBystanderUnharmed();
	});

	it('F3 F9 refuses a frame that is too long by its announced length', async () => {
		const client = await connect();
		client.raw(new Uint8Array(64 * KIB + 1));
		expect(await client.closed).toBe(closeCodes.frameTooLarge);
		const stock = await connectRaw(`ws://${relay.host}/sync/w/r`);
		stock.ws.send(new Uint8Array(64 * KIB + 1));
		expect(await stock.closed).toBe(closeCodes.frameTooLarge);
		await expectBystanderUnharmed();
	});

	it('F4 reads many messages from one frame, and answers those of one turn in one', async () => {
		const client = await connect();
		await client.settle();
		const before = client.frames();
		client.control({ type: 'ping' }, { type: 'ping' }, { type: 'ping' });
		for (let i = 0; i < 3; i++) await client.nextControl('pong');
		expect(client.frames()).toBe(before + 1);
	});

	it('F5 F9 refuses control that does not parse', async () => {
		const client = await connect();
		client.send(0, utf8ToBytes('{"type":"shout"}'));
		expect(await client.closed).toBe(closeCodes.unknownControl);
		await expectBystanderUnharmed();
	});

	it('F6 F9 refuses a message on a channel that was never open', async () => {
		const client = await connect();
		client.send(7, encodeUpdate(loneUpdate('x')));
		expect(await client.closed).toBe(closeCodes.unknownChannel);
		await expectBystanderUnharmed();
	});

	it('F6 C4 drops a message on a channel that was closed a moment ago, and refuses it later', async () => {
		const client = await connect();
		client.control({ type: 'open', channel: 1, room: 'r' }, { type: 'close', channel: 1 });
		client.send(1, encodeUpdate(loneUpdate('late')));
		await client.settle();
		expect(await relay.storage.roomsChangedSince('w', 0)).toEqual([]);
		await new Promise((resolve) => setTimeout(resolve, 350));
		client.send(1, encodeUpdate(loneUpdate('too late')));
		expect(await client.closed).toBe(closeCodes.unknownChannel);
	});

	it('F7 F9 closes a peer that floods with frames', async () => {
		const client = await connect();
		for (let i = 0; i < 300; i++) client.control({ type: 'ping' });
		expect(await client.closed).toBe(closeCodes.flood);
		await expectBystanderUnharmed();
	});

	it('F7 weighs a frame full of messages as many, and lets a burst pass', async () => {
		const client = await connect();
		for (let i = 0; i < 150; i++) client.control({ type: 'ping' });
		await client.settle();
		const pings = Array.from({ length: 1000 }, () => ({
			...{ channel: 0, payload: encodeControl({ type: 'ping' }) }
		}));
		client.raw(encodeFrame(pings));
		expect(await client.closed).toBe(closeCodes.flood);
		await expectBystanderUnharmed();
	});

	it('F8 F9 lets go of a peer that does not read', async () => {
		const slow = await connect();
		slow.control({ type: 'open', channel: 1, room: 'busy' });
		await slow.nextControl('opened');
		slow.ws.pause();
		const writer = await connect();
		writer.control({ type: 'open', channel: 1, room: 'busy' });
		// More than the two ends' kernels take in between them.
		const before = Date.now();
		while (!relay.logged.includes('socket-closed') && Date.now() - before < 15_000) {
			writer.send(1, encodeUpdate(loneUpdate('x'.repeat(60 * KIB))));
			await writer.next(1, 'stored');
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		slow.ws.resume();
		expect([closeCodes.slowReader, 1006]).toContain(await slow.closed);
		expect(relay.logged).toContain('socket-closed');
		await expectBystanderUnharmed();
	});
});
