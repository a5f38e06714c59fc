/** The relay as a process, with stock y-websocket clients: what the other relay tests build on. */
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { closeCodes } from '../../src/lib/protocol/closeCodes.ts';
import { createTestBranch, deviceToken, offers, type TestBranch } from '../support/relayBranch.ts';
import { postRoster, startRelay } from '../support/relayInProcess.ts';
import { connectMux } from '../support/relayMuxClient.ts';
import { startRelayProcess, type RelayProcess } from '../support/relayProcess.ts';
import { connectStock, type StockClient, type StockOptions } from '../support/relayYjs.ts';
import { encodeUpdate } from '../../src/lib/protocol/channelMessages.ts';
import { loneUpdate } from '../support/relayYjs.ts';

let relay: RelayProcess;
let clients: StockClient[] = [];
afterEach(async () => {
	for (const client of clients) client.destroy();
	clients = [];
	await relay?.dispose();
});

function join(room: string, options: StockOptions = {}, workspace = 'w'): StockClient {
	const client = connectStock(relay.host, workspace, room, options);
	clients.push(client);
	return client;
}

const patient = { timeout: 15_000, interval: 20 };
const synced = (client: StockClient) =>
	expect.poll(() => client.provider.synced, patient).toBe(true);

async function expectSame(...all: StockClient[]): Promise<void> {
	const [first, ...others] = all;
	for (const other of others)
		await expect.poll(() => other.entries(), patient).toEqual(first!.entries());
}

describe('stock y-websocket clients', () => {
	it('H6 S7 converge, whoever writes when', async () => {
		relay = await startRelayProcess(['--no-auth']);
		const [one, two] = [join('r'), join('r')];
		await Promise.all([synced(one), synced(two)]);
		one.push('a', 'b');
		two.push('c');
		await expect.poll(() => one.entries().length, patient).toBe(3);
		await expectSame(one, two);
		one.provider.disconnect();
		one.push('offline');
		two.push('meanwhile');
		one.provider.connect();
		await expect.poll(() => two.entries().length, patient).toBe(5);
		await expectSame(one, two, join('r'));
		expect(relay.log()).toContain('EVERYBODY');
	});

	it('H5 come in with a token, and not without', async () => {
		relay = await startRelayProcess();
		const branch = await createTestBranch();
		await postRoster(relay.host, branch.workspace, 0, branch.records);
		const protocols = offers(await deviceToken(branch.founder, relay.host, branch.workspace));
		const [one, two, stranger] = [
			join('r', { protocols }, branch.workspace),
			join('r', { protocols }, branch.workspace),
			join('r', {}, branch.workspace)
		];
		await Promise.all([synced(one), synced(two)]);
		one.push('a');
		await expect.poll(() => two.entries(), patient).toEqual(['a']);
		expect(stranger.provider.synced).toBe(false);
		expect(stranger.entries()).toEqual([]);
	});

	it('S5 are told what is stored, unless they ask not to be', async () => {
		relay = await startRelayProcess(['--no-auth']);
		const [told, untold] = [join('r'), join('r', { params: { stored: 'no' } })];
		await Promise.all([synced(told), synced(untold)]);
		told.push('a');
		untold.push('b');
		await expect.poll(() => Math.max(...told.stored), patient).toBeGreaterThan(0);
		await expectSame(told, untold);
		expect(untold.stored).toEqual([]);
	});

	it('S10 S11 see who is there and who left, and hear their own presence', async () => {
		relay = await startRelayProcess(['--no-auth']);
		const [one, two] = [join('r'), join('r')];
		await Promise.all([synced(one), synced(two)]);
		const before = one.provider.wsLastMessageReceived;
		await new Promise((resolve) => setTimeout(resolve, 20));
		one.provider.awareness.setLocalState({ name: 'one' });
		await expect.poll(() => one.provider.wsLastMessageReceived, patient).toBeGreaterThan(before);
		const seen = () => two.provider.awareness.getStates().get(one.doc.clientID);
		await expect.poll(seen, patient).toEqual({ name: 'one' });
		// Gone without a word, as when a laptop is shut.
		(one.provider.ws as unknown as { terminate(): void }).terminate();
		one.provider.shouldConnect = false;
		await expect.poll(seen, patient).toBeUndefined();
	});

	it('S9 are closed with the code when a room is full', async () => {
		const small = await startRelay({ auth: false, tuning: { maxRoomBytes: 500 } });
		const client = connectStock(small.host, 'w', 'r');
		clients.push(client);
		await synced(client);
		client.push('x'.repeat(1_000));
		await expect.poll(() => client.closeCodes, patient).toContain(closeCodes.roomTooLarge);
		await small.stop();
	});
});

describe('what was acknowledged', () => {
	it('S12 S5 survives kill -9 in the middle of a stream of updates', async () => {
		relay = await startRelayProcess(['--no-auth']);
		for (let round = 0; round < 3; round++) {
			const writer = await connectMux(`ws://${relay.host}/sync/w`);
			writer.control({ type: 'open', channel: 1, room: `r${round}` });
			await writer.nextControl('opened');
			const entries = Array.from({ length: 400 }, (_, i) => `${round}.${i}`);
			for (const entry of entries) writer.send(1, encodeUpdate(loneUpdate(entry)));
			// Acknowledgements come in order, so their number names what they are for.
			for (let i = 0; i < 20 + round * 100; i++) await writer.next(1, 'stored');
			await relay.kill9();
			await writer.closed;
			const acknowledged = writer.heard.filter(
				(heard) => 'content' in heard && heard.content.kind === 'stored'
			).length;
			await relay.restart();
			const reader = join(`r${round}`);
			await synced(reader);
			expect(acknowledged).toBeGreaterThan(0);
			expect(reader.entries()).toEqual(expect.arrayContaining(entries.slice(0, acknowledged)));
		}
	});

	it('R12 C1 H1 is brought back by the devices after the data folder was deleted', async () => {
		relay = await startRelayProcess();
		const branch = await createTestBranch();
		const idOf = async () =>
			((await (await fetch(`http://${relay.host}/api/relay`)).json()) as { relayId: string })
				.relayId;
		const protocols = async (of: TestBranch) =>
			offers(await deviceToken(of.founder, relay.host, of.workspace));
		await postRoster(relay.host, branch.workspace, 0, branch.records);
		const one = join('r', { protocols: await protocols(branch) }, branch.workspace);
		await synced(one);
		one.push('a', 'b');
		await expect.poll(() => Math.max(0, ...one.stored), patient).toBeGreaterThan(0);
		const before = await idOf();

		await relay.kill9();
		rmSync(relay.dataDir, { recursive: true });
		await relay.restart();
		expect(await idOf()).not.toBe(before);
		one.push('c');
		expect(await postRoster(relay.host, branch.workspace, 0, branch.records)).toEqual({
			...{ status: 'ok', length: 1 }
		});
		const two = join('r', { protocols: await protocols(branch) }, branch.workspace);
		await expect.poll(() => two.entries(), patient).toEqual(['a', 'b', 'c']);
	});
});

describe('the process', () => {
	it('H10 says goodbye on SIGTERM, ends well and keeps everything', async () => {
		relay = await startRelayProcess(['--no-auth']);
		const client = join('r');
		await synced(client);
		client.push('kept');
		await expect.poll(() => Math.max(0, ...client.stored), patient).toBeGreaterThan(0);
		expect(await relay.stop()).toBe(0);
		await expect.poll(() => client.closeCodes[0], patient).toBe(closeCodes.shuttingDown);
		await relay.restart();
		const reader = join('r', { doc: new Y.Doc() });
		await expect.poll(() => reader.entries(), patient).toEqual(['kept']);
	});

	it('H6 refuses to start without authorisation on an open address, and says why', async () => {
		await expect(startRelayProcess(['--no-auth'], '0.0.0.0')).rejects.toThrow('loopback only');
	});

	it('H7 logs no token, no room, no name', async () => {
		relay = await startRelayProcess();
		const branch = await createTestBranch();
		await postRoster(relay.host, branch.workspace, 0, branch.records);
		const token = await deviceToken(branch.founder, relay.host, branch.workspace);
		const client = await connectMux(`ws://${relay.host}/sync/${branch.workspace}`, offers(token));
		client.control({ type: 'open', channel: 1, room: 'secret-room' });
		client.send(1, encodeUpdate(Uint8Array.of(9, 9, 9)));
		expect(await client.closed).toBe(closeCodes.malformedUpdate);
		expect(relay.log()).toContain('malformedUpdate');
		for (const secret of [token, 'secret-room', branch.workspace, branch.founder.id])
			expect(relay.log()).not.toContain(secret);
	});
});
