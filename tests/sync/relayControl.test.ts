import { afterEach, describe, expect, it } from 'vitest';
import { bytesToBase64Url } from '../../src/lib/base/bytes.ts';
import { encodeUpdate } from '../../src/lib/protocol/channelMessages.ts';
import { closeCodes } from '../../src/lib/protocol/closeCodes.ts';
import { receiptBytes } from '../../src/lib/protocol/control.ts';
import {
	createTestBranch,
	createTestDevice,
	deviceToken,
	offers,
	type TestBranch,
	type TestDevice
} from '../support/relayBranch.ts';
import { startRelay, type RelayInProcess } from '../support/relayInProcess.ts';
import { connectMux, type RelayMuxClient } from '../support/relayMuxClient.ts';
import { loneUpdate } from '../support/relayYjs.ts';
import type { Tuning } from '../../server/relayOptions.ts';

let relay: RelayInProcess;
let branch: TestBranch;
afterEach(() => relay.stop());

async function start(tuning: Partial<Tuning> = {}): Promise<void> {
	relay = await startRelay({ tuning });
	branch = await createTestBranch();
	await relay.post(branch);
}

async function connect(device: TestDevice = branch.founder): Promise<RelayMuxClient> {
	const token = await deviceToken(device, relay.host, branch.workspace);
	return connectMux(`ws://${relay.host}/sync/${branch.workspace}`, offers(token));
}

async function open(client: RelayMuxClient, channel: number, room: string): Promise<void> {
	client.control({ type: 'open', channel, room });
	await client.nextControl('opened');
}

async function write(client: RelayMuxClient, channel: number, entry: string): Promise<number> {
	client.send(channel, encodeUpdate(loneUpdate(entry)));
	return (await client.next(channel, 'stored')).commit;
}

async function receiptOf(device: TestDevice, commit: number) {
	const said = receiptBytes(branch.workspace, 'test-relay', commit);
	return { device: device.id, commit, signature: bytesToBase64Url(await device.sign(said)) };
}

describe('the control channel', () => {
	it('C1 begins with hello: relay, newest commit, roster and receipts', async () => {
		await start();
		const first = await connect();
		expect(await first.nextControl('hello')).toEqual({
			...{ type: 'hello', relayId: 'test-relay', commit: 0, rosterLength: 1, receipts: [] }
		});
		expect(first.heard[0]).toMatchObject({ control: { type: 'hello' } });
		await open(first, 1, 'r');
		await write(first, 1, 'a');
		const receipt = await receiptOf(branch.founder, 1);
		first.control({ type: 'have', receipt });
		await first.settle();
		await expect
			.poll(async () => (await relay.storage.loadWorkspace(branch.workspace)).receipts.length)
			.toBe(1);
		const second = await connect();
		expect(await second.nextControl('hello')).toMatchObject({ commit: 1, receipts: [receipt] });
	});

	it('C2 opens a channel and sends its own step 1 on it', async () => {
		await start();
		const client = await connect();
		client.control({ type: 'open', channel: 5, room: 'r' });
		expect(await client.nextControl('opened')).toEqual({ type: 'opened', channel: 5 });
		expect((await client.next(5, 'step1')).stateVector).toEqual(Uint8Array.of(0));
	});

	it('C2 F5 closes a peer that opens a channel twice', async () => {
		await start();
		const client = await connect();
		await open(client, 1, 'r');
		client.control({ type: 'open', channel: 1, room: 's' });
		expect(await client.closed).toBe(closeCodes.unknownControl);
	});

	it('C3 refuses one channel too many and goes on with the others', async () => {
		await start({ maxChannelsPerSocket: 2 });
		const client = await connect();
		await open(client, 1, 'a');
		await open(client, 2, 'b');
		client.control({ type: 'open', channel: 3, room: 'c' });
		expect(await client.nextControl('refused')).toEqual({
			...{ type: 'refused', channel: 3, code: closeCodes.tooManyChannels }
		});
		expect(await write(client, 1, 'x')).toBe(1);
		client.control({ type: 'close', channel: 2 });
		await open(client, 4, 'c');
	});

	it('C4 takes a closed number again after a while, and not before', async () => {
		await start({ channelReuseMs: 200 });
		const client = await connect();
		await open(client, 1, 'a');
		client.control({ type: 'close', channel: 1 }, { type: 'open', channel: 1, room: 'b' });
		expect(await client.nextControl('refused')).toMatchObject({ channel: 1 });
		await new Promise((resolve) => setTimeout(resolve, 250));
		await open(client, 1, 'b');
		expect(await write(client, 1, 'x')).toBe(1);
		expect(await relay.storage.roomsChangedSince(branch.workspace, 0)).toEqual(['b']);
	});

	it('C5 names the rooms that changed since a commit, once', async () => {
		await start();
		const client = await connect();
		for (const [channel, room] of [
			[1, 'a'],
			[2, 'b'],
			[3, 'c']
		] as const) {
			await open(client, channel, room);
			await write(client, channel, room);
			await client.nextControl('changed');
		}
		await write(client, 1, 'again');
		await client.nextControl('changed');
		const since = async (commit: number) => {
			client.control({ type: 'since', commit });
			const { commit: newest, rooms } = await client.nextControl('changed');
			return [newest, ...rooms.toSorted()];
		};
		expect(await since(0)).toEqual([4, 'a', 'b', 'c']);
		expect(await since(2)).toEqual([4, 'a', 'c']);
		expect(await since(4)).toEqual([4]);
	});

	it('C6 tells every socket of each commit, after the update where it has the room open', async () => {
		await start();
		const [writer, reader, idle] = [await connect(), await connect(), await connect()];
		await open(writer, 1, 'r');
		await open(reader, 9, 'r');
		await write(writer, 1, 'x');
		for (const client of [writer, reader, idle])
			expect(await client.nextControl('changed')).toEqual({
				...{ type: 'changed', commit: 1, rooms: ['r'] }
			});
		const kinds = reader.heard.map((message) =>
			'control' in message ? message.control.type : message.content.kind
		);
		expect(kinds.indexOf('update')).toBeGreaterThan(0);
		expect(kinds.indexOf('update')).toBeLessThan(kinds.indexOf('changed'));
	});

	it('C7 stores a receipt and passes it to the others', async () => {
		await start();
		const officer = await branch.admit('officer');
		await relay.post(branch, 1);
		const [writer, other] = [await connect(), await connect(officer)];
		await open(writer, 1, 'r');
		await write(writer, 1, 'x');
		const receipt = await receiptOf(branch.founder, 1);
		writer.control({ type: 'have', receipt });
		expect(await other.nextControl('receipt')).toEqual({ type: 'receipt', receipt });
		await writer.settle();
		expect(
			writer.heard.some((heard) => 'control' in heard && heard.control.type === 'receipt')
		).toBe(false);
	});

	it('C7 C8 drops receipts that are forged, of a stranger, ahead of time or of another relay', async () => {
		await start();
		const officer = await branch.admit('officer');
		await relay.post(branch, 1);
		const [writer, other] = [await connect(), await connect(officer)];
		await open(writer, 1, 'r');
		await write(writer, 1, 'x');
		const good = await receiptOf(officer, 1);
		const elsewhere = receiptBytes(branch.workspace, 'other-relay', 1);
		const bad = [
			{ ...good, signature: (await receiptOf(branch.founder, 1)).signature },
			{ ...good, commit: 0 },
			await receiptOf(await createTestDevice(), 1),
			await receiptOf(officer, 2),
			{ ...good, signature: bytesToBase64Url(await officer.sign(elsewhere)) }
		];
		for (const receipt of bad) writer.control({ type: 'have', receipt });
		writer.control({ type: 'have', receipt: good });
		expect(await other.nextControl('receipt')).toEqual({ type: 'receipt', receipt: good });
		const { receipts } = await relay.storage.loadWorkspace(branch.workspace);
		expect(receipts).toEqual([good]);
	});

	it('C9 answers ping with pong, and closes a socket that is silent', async () => {
		await start({ silentMs: 500, pingEveryMs: 100, sweepEveryMs: 50 });
		const token = offers(await deviceToken(branch.founder, relay.host, branch.workspace));
		const url = `ws://${relay.host}/sync/${branch.workspace}`;
		const silent = await connectMux(url, token, { autoPong: false });
		const alive = await connectMux(url, token);
		const closed = await silent.closed;
		expect(closed).toBe(1001);
		await new Promise((resolve) => setTimeout(resolve, 1200));
		await alive.settle();
		expect(alive.ws.readyState).toBe(alive.ws.OPEN);
	});

	it('C10 tells every socket when the roster grows', async () => {
		await start();
		const [one, two] = [await connect(), await connect()];
		await branch.admit('officer');
		expect(await relay.post(branch, 1)).toEqual({ status: 'ok', length: 3 });
		expect(await one.nextControl('roster')).toEqual({ type: 'roster', length: 3 });
		expect(await two.nextControl('roster')).toEqual({ type: 'roster', length: 3 });
		const three = await connect();
		expect(await three.nextControl('hello')).toMatchObject({ rosterLength: 3 });
	});

	it('closes the connection, and tells nothing, when the store cannot answer', async () => {
		await start();
		const client = await connect();
		relay.storage.roomsChangedSince = () => Promise.reject(new Error('disk'));
		client.control({ type: 'since', commit: 0 });
		expect(await client.closed).toBe(closeCodes.storageFailed);
	});
});
