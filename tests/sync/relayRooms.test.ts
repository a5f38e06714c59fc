import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
	encodeAwareness,
	encodeStep1,
	encodeStep2,
	encodeStored,
	encodeUpdate
} from '../../src/lib/protocol/channelMessages.ts';
import { closeCodes } from '../../src/lib/protocol/closeCodes.ts';
import { createMemoryStorage } from '../../server/storage/memoryStorage.ts';
import type { RelayStorage } from '../../server/storage/relayStorage.ts';
import { createTestBranch, deviceToken, offers } from '../support/relayBranch.ts';
import {
	startRelay,
	type RelayInProcess,
	type RelayInProcessOptions
} from '../support/relayInProcess.ts';
import { connectMux, type RelayMuxClient } from '../support/relayMuxClient.ts';
import { createLogDoc, entriesOf, loneUpdate } from '../support/relayYjs.ts';

let relay: RelayInProcess;
afterEach(() => relay.stop());

const start = async (options: RelayInProcessOptions = {}) => {
	relay = await startRelay({ auth: false, ...options });
};

async function join(room: string, workspace = 'w'): Promise<RelayMuxClient> {
	const client = await connectMux(`ws://${relay.host}/sync/${workspace}`);
	client.control({ type: 'open', channel: 1, room });
	await client.nextControl('opened');
	return client;
}

async function put(client: RelayMuxClient, ...updates: Uint8Array[]): Promise<number[]> {
	client.send(1, ...updates.map(encodeUpdate));
	const commits: number[] = [];
	for (const _ of updates) commits.push((await client.next(1, 'stored')).commit);
	return commits;
}

async function contentOf(client: RelayMuxClient): Promise<unknown[]> {
	client.send(1, encodeStep1(Y.encodeStateVector(new Y.Doc())));
	for (;;) {
		const answer = await client.next(1, 'update');
		if (answer.step2) return entriesOf(answer.update);
	}
}

const awareness = (client: number, clock: number, state: string) => {
	const bytes = new TextEncoder().encode(state);
	return encodeAwareness(Uint8Array.of(1, client, clock, bytes.length, ...bytes));
};

describe('a room channel', () => {
	it('S1 S2 answers step 1 with what the sender lacks', async () => {
		await start();
		const client = await join('r');
		const log = createLogDoc();
		await put(client, log.push('a'.repeat(300)));
		const behind = Y.encodeStateVector(log.doc);
		await put(client, log.push('b'));
		client.send(1, encodeStep1(behind));
		const answer = await client.next(1, 'update');
		expect(answer.step2).toBe(true);
		expect(answer.update.length).toBeLessThan(100);
		expect(await contentOf(await join('r'))).toEqual(['a'.repeat(300), 'b']);
	});

	it('S3 refuses an update that does not decode, and stores nothing of it', async () => {
		await start();
		const good = await join('r');
		await put(good, loneUpdate('kept'));
		for (const bytes of [Uint8Array.of(1, 1, 1), new Uint8Array(), Uint8Array.of(255, 255, 255)]) {
			const bad = await join('r');
			bad.send(1, encodeUpdate(bytes));
			expect(await bad.closed).toBe(closeCodes.malformedUpdate);
		}
		const step2 = await join('r');
		step2.send(1, encodeStep2(Uint8Array.of(9, 9)));
		expect(await step2.closed).toBe(closeCodes.malformedUpdate);
		expect((await relay.storage.loadRoom('w', 'r')).updates).toHaveLength(1);
		expect(await contentOf(good)).toEqual(['kept']);
	});

	it('S4 F9 stops nobody but its sender when an update hangs the decoder', async () => {
		await start({ spinOn: 'spin-for-ever', tuning: { decodeMs: 300 } });
		const [neighbour, stranger] = [await join('r'), await join('r', 'other')];
		await put(neighbour, loneUpdate('before'));
		const attacker = await join('r');
		attacker.send(1, encodeUpdate(loneUpdate('spin-for-ever')));
		attacker.send(1, encodeUpdate(loneUpdate('spin-for-ever')));
		const during = put(neighbour, loneUpdate('during'));
		const elsewhere = put(stranger, loneUpdate('elsewhere'));
		expect(await attacker.closed).toBe(closeCodes.malformedUpdate);
		expect((await during)[0]).toBe(2);
		expect(await elsewhere).toEqual([1]);
		expect(relay.logged.filter((event) => event === 'room-worker-replaced')).toHaveLength(1);
		expect((await contentOf(neighbour)).toSorted()).toEqual(['before', 'during']);
	});

	it('S4 keeps the device out for a minute whose update hung the decoder', async () => {
		await start({ auth: true, spinOn: 'spin-for-ever', tuning: { decodeMs: 300 } });
		const branch = await createTestBranch();
		const officer = await branch.admit('officer');
		await relay.post(branch);
		const url = `ws://${relay.host}/sync/${branch.workspace}`;
		const connect = async (device = branch.founder) =>
			connectMux(url, offers(await deviceToken(device, relay.host, branch.workspace)));
		const [attacker, itsOther, colleague] = [
			await connect(),
			await connect(),
			await connect(officer)
		];
		attacker.control({ type: 'open', channel: 1, room: 'r' });
		attacker.send(1, encodeUpdate(loneUpdate('spin-for-ever')));
		expect(await attacker.closed).toBe(closeCodes.malformedUpdate);
		expect(await itsOther.closed).toBe(closeCodes.malformedUpdate);
		await expect(connect()).rejects.toThrow('429');
		await colleague.settle();
	});

	it('S5 acknowledges each update in order, when it is durable', async () => {
		const memory = createMemoryStorage('test-relay');
		let release = (): void => undefined;
		const held = new Promise<void>((resolve) => (release = resolve));
		const storage: RelayStorage = {
			...memory,
			append: async (batch) => (await held, memory.append(batch))
		};
		await start({ storage });
		const client = await join('r');
		const commits = put(client, loneUpdate('a'), loneUpdate('b'), loneUpdate('c'));
		await client.settle();
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(client.heard.some((one) => 'content' in one && one.content.kind === 'stored')).toBe(
			false
		);
		release();
		expect(await commits).toEqual([1, 2, 3]);
	});

	it('S6 S7 passes what is new to the others and not to its sender, and what is not to nobody', async () => {
		await start();
		const [one, two] = [await join('r'), await join('r')];
		const update = loneUpdate('a');
		expect(await put(one, update)).toEqual([1]);
		expect((await two.next(1, 'update')).update).toEqual(update);
		expect(await put(two, update)).toEqual([1]);
		expect(await put(one, Y.encodeStateAsUpdate(new Y.Doc()))).toEqual([1]);
		await Promise.all([one.settle(), two.settle()]);
		const updates = (client: RelayMuxClient) =>
			client.heard.filter((heard) => 'content' in heard && heard.content.kind === 'update').length;
		expect([updates(one), updates(two)]).toEqual([0, 1]);
		expect((await relay.storage.loadRoom('w', 'r')).updates).toHaveLength(1);
	});

	it('S7 passes updates on that come before what they build on', async () => {
		await start();
		const [one, two] = [await join('r'), await join('r')];
		const log = createLogDoc();
		const [first, second] = [log.push('a'), log.push('b')];
		await put(one, second);
		await put(one, first);
		const heard = [await two.next(1, 'update'), await two.next(1, 'update')];
		expect(entriesOf(...heard.map(({ update }) => update))).toEqual(['a', 'b']);
		expect(await contentOf(await join('r'))).toEqual(['a', 'b']);
	});

	it('S8 C2 refuses what an observer writes and lets it read on', async () => {
		await start({ auth: true });
		const branch = await createTestBranch();
		const observer = await branch.admit('observer');
		await relay.post(branch);
		const url = `ws://${relay.host}/sync/${branch.workspace}`;
		const connect = async (device: typeof observer) => {
			const token = await deviceToken(device, relay.host, branch.workspace);
			return connectMux(url, offers(token));
		};
		const [writer, reader] = [await connect(branch.founder), await connect(observer)];
		writer.control({ type: 'open', channel: 1, room: 'r' });
		reader.control(
			{ type: 'open', channel: 1, room: 'r' },
			{ type: 'open', channel: 2, room: 'r' }
		);
		await reader.settle();
		expect(reader.heard.some((one) => 'content' in one && one.content.kind === 'step1')).toBe(
			false
		);
		reader.send(1, encodeStep2(Y.encodeStateAsUpdate(new Y.Doc())));
		expect((await reader.next(1, 'stored')).commit).toBe(0);
		reader.send(1, encodeUpdate(loneUpdate('not allowed')));
		expect(await reader.nextControl('refused')).toEqual({
			...{ type: 'refused', channel: 1, code: closeCodes.readOnly }
		});
		writer.send(1, encodeUpdate(loneUpdate('allowed')));
		expect(entriesOf((await reader.next(2, 'update')).update)).toEqual(['allowed']);
		const { updates } = await relay.storage.loadRoom(branch.workspace, 'r');
		expect(entriesOf(...updates)).toEqual(['allowed']);
	});

	it('S9 refuses what would make a room too large, and keeps what it has', async () => {
		await start({ tuning: { maxRoomBytes: 3_000 } });
		const client = await join('r');
		await put(client, loneUpdate('a'.repeat(1_000)), loneUpdate('b'.repeat(1_000)));
		client.send(1, encodeUpdate(loneUpdate('c'.repeat(1_000))));
		expect(await client.nextControl('refused')).toEqual({
			...{ type: 'refused', channel: 1, code: closeCodes.roomTooLarge }
		});
		await client.settle();
		expect(await contentOf(await join('r'))).toHaveLength(2);
		expect(await put(await join('s'), loneUpdate('elsewhere'))).toEqual([3]);
	});

	it('S9 compacts before it refuses: what was deleted does not count', async () => {
		await start({ tuning: { maxRoomBytes: 3_000 } });
		const client = await join('r');
		const log = createLogDoc();
		await put(client, log.push('a'.repeat(1_000)), log.push('b'.repeat(1_000)));
		const before = Y.encodeStateVector(log.doc);
		log.doc.getArray('log').delete(0, 2);
		await put(client, Y.encodeStateAsUpdate(log.doc, before));
		expect(await put(client, log.push('c'.repeat(1_000)))).toEqual([4]);
		expect(await contentOf(await join('r'))).toEqual(['c'.repeat(1_000)]);
	});

	it('S9 refuses what would make a workspace too large', async () => {
		await start({ tuning: { maxWorkspaceBytes: 2_000 } });
		await put(await join('r'), loneUpdate('a'.repeat(1_500)));
		const other = await join('s');
		other.send(1, encodeUpdate(loneUpdate('b'.repeat(1_000))));
		expect((await other.nextControl('refused')).code).toBe(closeCodes.workspaceTooLarge);
		expect(await put(await join('r', 'v'), loneUpdate('c'.repeat(1_000)))).toEqual([1]);
	});

	it('S10 passes presence on, tells joiners of it, and drops what is too long', async () => {
		await start();
		const [one, two] = [await join('r'), await join('r')];
		one.send(1, awareness(7, 1, '"here"'));
		const heard = await two.next(1, 'awareness');
		expect(encodeAwareness(heard.update)).toEqual(awareness(7, 1, '"here"'));
		const late = await join('r');
		expect((await late.next(1, 'awareness')).update).toEqual(heard.update);
		one.send(1, encodeAwareness(new Uint8Array(4 * 1024 + 1)));
		await one.settle();
		await two.settle();
		const presence = two.heard.filter((m) => 'content' in m && m.content.kind === 'awareness');
		expect(presence).toHaveLength(1);
		expect(await relay.storage.roomsChangedSince('w', 0)).toEqual([]);
	});

	it('S11 tells the others who left, by closing the channel or by vanishing', async () => {
		await start();
		const two = await join('r');
		const closing = await join('r');
		closing.send(1, awareness(7, 1, '"a"'));
		await two.next(1, 'awareness');
		closing.control({ type: 'close', channel: 1 });
		expect(encodeAwareness((await two.next(1, 'awareness')).update)).toEqual(
			awareness(7, 1, 'null')
		);
		const vanishing = await join('r');
		vanishing.send(1, awareness(8, 3, '"b"'));
		await two.next(1, 'awareness');
		vanishing.ws.terminate();
		expect(encodeAwareness((await two.next(1, 'awareness')).update)).toEqual(
			awareness(8, 3, 'null')
		);
	});

	it.each([
		['bytes too many', Uint8Array.of(...encodeStep1(Uint8Array.of(0)), 9)],
		['a type nobody speaks', Uint8Array.of(99, 0)],
		["the relay's own word", encodeStored(1)],
		['a state vector that does not decode', encodeStep1(Uint8Array.of(9, 1))],
		['presence that does not parse', encodeAwareness(Uint8Array.of(200, 200, 1))]
	])('S13 F9 refuses a message with %s', async (_what, message) => {
		await start();
		const [bad, good] = [await join('r'), await join('r')];
		bad.send(1, message);
		expect(await bad.closed).toBe(closeCodes.malformedFrame);
		expect(await put(good, loneUpdate('fine'))).toEqual([1]);
	});

	it('S14 acknowledges and passes on nothing that could not be stored, and recovers', async () => {
		const memory = createMemoryStorage('test-relay');
		let broken = true;
		const storage: RelayStorage = {
			...memory,
			append: (batch) => (broken ? Promise.reject(new Error('disk full')) : memory.append(batch))
		};
		await start({ storage });
		const [writer, reader] = [await join('r'), await join('r')];
		const update = loneUpdate('a');
		writer.send(1, encodeUpdate(update));
		expect(await writer.closed).toBe(closeCodes.storageFailed);
		await reader.settle();
		expect(reader.heard.some((m) => 'content' in m && m.content.kind === 'update')).toBe(false);
		expect(await contentOf(reader)).toEqual([]);
		broken = false;
		expect(await put(await join('r'), update)).toEqual([1]);
		expect(entriesOf((await reader.next(1, 'update')).update)).toEqual(['a']);
	});
});

describe('the memory of the relay', () => {
	it('lets go of idle rooms, compacts them, and has them again when asked', async () => {
		await start({
			tuning: { docIdleMs: 0, docLingerMs: 0, sweepEveryMs: 100, compactIdleAfterUpdates: 4 }
		});
		const client = await join('r');
		const log = createLogDoc();
		await put(client, ...Array.from({ length: 10 }, (_, i) => log.push(`${i}`)));
		await expect
			.poll(async () => (await relay.storage.loadRoom('w', 'r')).updates.length, {
				timeout: 5_000
			})
			.toBe(1);
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect(await put(client, log.push('more'))).toEqual([11]);
		expect(await contentOf(await join('r'))).toEqual(log.entries());
	});

	it('S15 drops what was deleted once the room is idle, however few its updates', async () => {
		await start({ tuning: { docIdleMs: 0, docLingerMs: 0, sweepEveryMs: 50 } });
		const client = await join('r');
		const log = createLogDoc();
		const [first, second] = [log.push('to be deleted'), log.push('to stay')];
		await put(client, first, second);
		await new Promise((resolve) => setTimeout(resolve, 300));
		const stored = async (room = 'r') => (await relay.storage.loadRoom('w', room)).updates;
		expect(await stored()).toHaveLength(2);
		const before = Y.encodeStateVector(log.doc);
		log.doc.getArray('log').delete(0, 1);
		const deletion = Y.encodeStateAsUpdate(log.doc, before);
		await put(client, deletion);
		const holds = async (room = 'r') =>
			(await stored(room)).some((update) => Buffer.from(update).includes('to be deleted'));
		await expect.poll(() => holds(), { timeout: 5_000 }).toBe(false);
		expect(await contentOf(await join('r'))).toEqual(['to stay']);
		// As a relay leaves it that was killed before it came to it.
		const left = [first, second, deletion].map((update) => ({ workspace: 'w', room: 's', update }));
		await relay.storage.append(left);
		expect(await holds('s')).toBe(true);
		await join('s');
		await expect.poll(() => holds('s'), { timeout: 5_000 }).toBe(false);
	});

	it('compacts a busy room while it is written to, and loses nothing', async () => {
		await start({ tuning: { compactAfterUpdates: 10 } });
		const log = createLogDoc();
		const client = await join('r');
		for (let round = 0; round < 20; round++)
			await put(client, ...Array.from({ length: 7 }, (_, i) => log.push(`${round}.${i}`)));
		expect((await relay.storage.loadRoom('w', 'r')).updates.length).toBeLessThan(30);
		expect((await relay.storage.loadRoom('w', 'r')).commit).toBe(140);
		expect(await contentOf(await join('r'))).toEqual(log.entries());
	});
});
