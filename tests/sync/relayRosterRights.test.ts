/** What the relay makes of a roster that grows: who comes in, who is put out, who may write. */
import * as Y from 'yjs';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { bytesToBase64Url } from '../../src/lib/base/bytes.ts';
import { encodeStep1, encodeUpdate } from '../../src/lib/protocol/channelMessages.ts';
import { closeCodes } from '../../src/lib/protocol/closeCodes.ts';
import { receiptBytes } from '../../src/lib/protocol/control.ts';
import { relayPaths } from '../../src/lib/protocol/http.ts';
import { createMemoryStorage } from '../../server/storage/memoryStorage.ts';
import {
	createTestBranch,
	createTestDevice,
	createTestKey,
	deviceToken,
	inviteToken,
	kitToken,
	offers,
	type TestBranch,
	type TestDevice
} from '../support/relayBranch.ts';
import {
	postRoster,
	startRelay,
	type RelayInProcess,
	type RelayInProcessOptions
} from '../support/relayInProcess.ts';
import { connectMux, type RelayMuxClient } from '../support/relayMuxClient.ts';
import { connectRaw, entriesOf, loneUpdate } from '../support/relayYjs.ts';

const SECOND_MS = 1_000;
let relay: RelayInProcess;
let branch: TestBranch;
afterEach(() => relay.stop());

async function start(options: RelayInProcessOptions = {}): Promise<void> {
	relay = await startRelay(options);
	branch = await createTestBranch();
}

const urlOf = () => `ws://${relay.host}/sync/${branch.workspace}`;
const offer = async (device: TestDevice) =>
	offers(await deviceToken(device, relay.host, branch.workspace));
const connect = async (device: TestDevice) => connectMux(urlOf(), await offer(device));

/** Posts what the branch has and the relay has not. */
async function publish(): Promise<void> {
	const { length } = await relay.storage.loadRoster(branch.workspace, Number.MAX_SAFE_INTEGER);
	expect(await relay.post(branch, length)).toEqual({
		...{ status: 'ok', length: branch.records.length }
	});
}

async function enter(device: TestDevice, room = 'room'): Promise<RelayMuxClient> {
	const client = await connect(device);
	client.control({ type: 'open', channel: 1, room });
	await client.nextControl('opened');
	return client;
}

async function write(client: RelayMuxClient, entry: string): Promise<void> {
	client.send(1, encodeUpdate(loneUpdate(entry)));
	await client.next(1, 'stored');
}

/** Status and reason with which an upgrade is answered. */
async function upgrade(device: TestDevice, path = ''): Promise<string> {
	const ws = new WebSocket(urlOf() + path, await offer(device));
	ws.on('error', () => undefined);
	return new Promise((resolve) => {
		ws.on('open', () => resolve('101'));
		ws.on('unexpected-response', (_request, { statusCode, statusMessage }) =>
			resolve(`${statusCode} ${statusMessage}`)
		);
	});
}

async function read(token: string, from = 0) {
	const url = `http://${relay.host}${relayPaths.roster(branch.workspace)}?from=${from}`;
	const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
	return { status: response.status, body: (await response.json()) as unknown };
}
const readAs = async (device: TestDevice, from?: number) =>
	read(await deviceToken(device, relay.host, branch.workspace), from);
const upTo = (length: number, from = 0) => ({
	...{ status: 200, body: { length, records: branch.records.slice(from, length) } }
});

const storedEntries = async (room = 'room') =>
	entriesOf(...(await relay.storage.loadRoom(branch.workspace, room)).updates);

describe('a removed device', () => {
	it('H12 that kept its socket and its keys is put out within a second and hears nothing after', async () => {
		await start();
		const removed = await branch.admit('officer');
		await publish();
		const [theirs, ours] = [await enter(removed), await enter(branch.founder)];
		const stock = await connectRaw(`${urlOf()}/room`, await offer(removed));
		await write(ours, 'before');
		await theirs.next(1, 'update');
		const startedAt = performance.now();
		await branch.retire(branch.founder, removed);
		await publish();
		expect(await theirs.closed).toBe(closeCodes.notAuthorised);
		expect(await stock.closed).toBe(closeCodes.notAuthorised);
		expect(performance.now() - startedAt).toBeLessThan(SECOND_MS);
		const heard = theirs.heard.length;
		await write(ours, 'after');
		expect(theirs.heard.length).toBe(heard);
		expect(theirs.heard.some((one) => 'control' in one && one.control.type === 'roster')).toBe(
			false
		);
		expect(ours.ws.readyState).toBe(WebSocket.OPEN);
	});

	it('H12 that does not listen to the goodbye, and goes on writing and asking, gets nowhere', async () => {
		await start();
		const removed = await branch.admit('officer');
		await publish();
		const [theirs, ours] = [await enter(removed), await enter(branch.founder)];
		await write(ours, 'before');
		await theirs.next(1, 'update');
		theirs.ws.pause();
		await branch.retire(branch.founder, removed);
		await publish();
		expect(theirs.ws.readyState).toBe(WebSocket.OPEN); // as far as it knows
		for (let i = 0; i < 20; i++) theirs.send(1, encodeUpdate(loneUpdate(`in flight ${i}`)));
		theirs.send(1, encodeStep1(Y.encodeStateVector(new Y.Doc())));
		theirs.control({ type: 'since', commit: 0 });
		await write(ours, 'after');
		await ours.settle();
		theirs.ws.resume();
		expect(await theirs.closed).toBe(closeCodes.notAuthorised);
		expect((await storedEntries()).toSorted()).toEqual(['after', 'before']);
		const updates = theirs.heard.filter((one) => 'content' in one && one.content.kind === 'update');
		expect(updates.length).toBe(1);
		expect(theirs.heard.some((one) => 'control' in one && 'since' in one.control)).toBe(false);
	});

	it('H12 that reads slowly gets nothing of what waited for it', async () => {
		await start();
		const removed = await branch.admit('officer');
		await publish();
		const [theirs, ours] = [await enter(removed), await enter(branch.founder)];
		theirs.ws.pause();
		const large = 'x'.repeat(4 * 1024 * 1024);
		for (let i = 0; i < 4; i++) await write(ours, `${i}${large}`);
		await branch.retire(branch.founder, removed);
		await publish();
		theirs.ws.resume();
		// Cut off: a goodbye would have come after all that.
		expect(await theirs.closed).toBe(1006);
		const updates = theirs.heard.filter((one) => 'content' in one && one.content.kind === 'update');
		expect(updates.length).toBeLessThan(4);
	});

	it('H11 that reconnects is refused, on either kind of socket', async () => {
		await start();
		const removed = await branch.admit('officer');
		await publish();
		expect(await upgrade(removed)).toBe('101');
		await branch.retire(branch.founder, removed);
		await publish();
		expect(await upgrade(removed)).toBe('401 retired');
		expect(await upgrade(removed, '/room')).toBe('401 retired');
	});

	it('H11 H12 that slips in while it is being removed is put out at once', async () => {
		const storage = createMemoryStorage('test-relay');
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const loadWorkspace: typeof storage.loadWorkspace = async (name) => {
			await held;
			return storage.loadWorkspace(name);
		};
		await start({ storage: { ...storage, loadWorkspace } });
		const removed = await branch.admit('officer');
		await publish();
		const connecting = connect(removed); // the door has said yes, the workspace is not loaded
		await new Promise((resolve) => setTimeout(resolve, 100));
		await branch.retire(branch.founder, removed);
		await publish();
		release();
		const client = await connecting;
		expect(await client.closed).toBe(closeCodes.notAuthorised);
		expect(client.heard).toEqual([]);
	});

	it('R11 that asks for the roster learns that it was removed, and nothing later', async () => {
		await start();
		const removed = await branch.admit('officer');
		await branch.retire(branch.founder, removed);
		const { length } = branch.records;
		await branch.admit('officer');
		await branch.rotate(branch.founder, 2);
		await publish();
		expect(await readAs(removed)).toEqual(upTo(length));
		expect(await readAs(removed, 2)).toEqual(upTo(length, 2));
		expect(await readAs(removed, length)).toEqual(upTo(length, length));
		expect(await readAs(removed, length + 1)).toEqual(upTo(length, length));
	});

	it('C7 C1 gives no receipts any more, and its last one is not told', async () => {
		await start();
		const removed = await branch.admit('officer');
		await publish();
		const [theirs, ours] = [await enter(removed), await enter(branch.founder)];
		await write(ours, 'entry');
		const said = receiptBytes(branch.workspace, 'test-relay', 1);
		const signature = bytesToBase64Url(await removed.sign(said));
		const receipt = { device: removed.id, commit: 1, signature };
		theirs.control({ type: 'have', receipt });
		expect((await ours.nextControl('receipt')).receipt).toEqual(receipt);
		expect((await (await connect(branch.founder)).nextControl('hello')).receipts).toEqual([
			receipt
		]);
		await branch.retire(branch.founder, removed);
		await publish();
		const later = await connect(branch.founder);
		expect((await later.nextControl('hello')).receipts).toEqual([]);
		await write(ours, 'another');
		const next = receiptBytes(branch.workspace, 'test-relay', 2);
		const forged = { ...receipt, commit: 2, signature: bytesToBase64Url(await removed.sign(next)) };
		later.control({ type: 'have', receipt: forged });
		await later.settle();
		await ours.settle();
		const heard = ours.heard.filter((one) => 'control' in one && one.control.type === 'receipt');
		expect(heard.length).toBe(1);
	});
});

describe('a device that waits for a secretary', () => {
	it('H11 R11 gets no socket, and reads the roster until it was let in', async () => {
		await start();
		const pending = await branch.knock();
		await publish();
		expect(await upgrade(pending)).toBe('401 pending');
		expect(await upgrade(pending, '/room')).toBe('401 pending');
		expect(await readAs(pending)).toEqual(upTo(3));
		const fields = { device: pending.id, commons: 'AAAA', profile: 'AAAA' };
		await branch.act(branch.founder, { type: 'admit', ...fields });
		await publish();
		expect(await upgrade(pending)).toBe('101');
		expect(await readAs(pending)).toEqual(upTo(4));
	});

	it('H11 R11 gets none after it was turned down', async () => {
		await start();
		const pending = await branch.knock();
		await branch.retire(branch.founder, pending);
		await branch.invite(branch.founder);
		await publish();
		expect(await upgrade(pending)).toBe('401 retired');
		expect(await readAs(pending)).toEqual(upTo(4));
	});
});

describe('a change of role', () => {
	it('H13 S8 closes the sockets of who may write no more, or may write now, and no others', async () => {
		await start();
		const officer = await branch.admit('officer');
		const observer = await branch.admit('observer');
		await publish();
		const theirs = await enter(officer);
		const hers = await enter(observer);
		const ours = await enter(branch.founder);
		await branch.setRole(branch.founder, officer, 'observer');
		await branch.setRole(branch.founder, observer, 'secretary');
		await publish();
		expect(await theirs.closed).toBe(closeCodes.rightsChanged);
		expect(await hers.closed).toBe(closeCodes.rightsChanged);
		expect((await ours.nextControl('roster')).length).toBe(7);
		const demoted = await enter(officer);
		demoted.send(1, encodeUpdate(loneUpdate('not any more')));
		expect((await demoted.nextControl('refused')).code).toBe(closeCodes.readOnly);
		await write(await enter(observer), 'from now on');
		expect(await storedEntries()).toEqual(['from now on']);
	});

	it('H13 leaves the socket of an officer who becomes a secretary as it is', async () => {
		await start();
		const officer = await branch.admit('officer');
		await publish();
		const theirs = await enter(officer);
		await branch.setRole(branch.founder, officer, 'secretary', true);
		await publish();
		expect((await theirs.nextControl('roster')).length).toBe(4);
		await write(theirs, 'still here');
		expect(await storedEntries()).toEqual(['still here']);
	});
});

describe('the roster over a recovery kit or a link', () => {
	it('R11 is read with a live kit, which opens no room, and not with a former or guessed one', async () => {
		await start();
		const former = await branch.kit(branch.founder);
		const kit = await branch.kit(branch.founder);
		await publish();
		const { workspace } = branch;
		const token = await kitToken(kit, relay.host, workspace);
		expect(await read(token)).toEqual(upTo(3));
		expect((await read(await kitToken(former, relay.host, workspace))).status).toBe(401);
		const guessed = { ...(await createTestKey()), name: kit.name };
		expect((await read(await kitToken(guessed, relay.host, workspace))).status).toBe(401);
		const ws = new WebSocket(urlOf(), offers(token));
		ws.on('error', () => undefined);
		const status = new Promise((resolve) =>
			ws.on('unexpected-response', (_request, { statusMessage }) => resolve(statusMessage))
		);
		expect(await status).toBe('not-a-device');
	});

	it('R11 lets somebody come back who lost every device', async () => {
		await start();
		const kit = await branch.kit(branch.founder);
		await publish();
		const found = await createTestDevice(branch.founder.card.member);
		await branch.recover(kit, found);
		await publish();
		expect(await upgrade(found)).toBe('101');
	});

	it('R11 R18 is not read with a link that was revoked', async () => {
		await start();
		const key = await branch.invite(branch.founder);
		await publish();
		const token = await inviteToken(key, relay.host, branch.workspace);
		expect((await read(token)).status).toBe(200);
		await branch.act(branch.founder, { type: 'revoke', inviteKey: key.name });
		await publish();
		expect(await read(token)).toEqual({ status: 401, body: { error: 'invite-closed' } });
	});
});

describe('the way from a code to a workspace', () => {
	const ask = async (prefix: string, init: RequestInit = {}) => {
		const response = await fetch(`http://${relay.host}${relayPaths.workspaces(prefix)}`, init);
		return { status: response.status, body: (await response.json()) as unknown };
	};

	it('H14 is answered with the ids that begin so, to anybody', async () => {
		await start();
		await publish();
		const { workspace } = branch;
		const found = { status: 200, body: { workspaces: [workspace] } };
		expect(await ask(workspace.slice(0, 8))).toEqual(found);
		expect(await ask(workspace)).toEqual(found);
		const other = await createTestBranch();
		expect(await ask(other.workspace.slice(0, 8))).toEqual({
			...{ status: 200, body: { workspaces: [] } }
		});
	});

	it('H14 is no list: short, long and strange codes are refused, and so are many questions', async () => {
		await start({ tuning: { lookupBurst: 2 } });
		await publish();
		for (const code of [
			'',
			branch.workspace.slice(0, 7),
			'x'.repeat(44),
			'%25%25%25%25%25%25%25%25'
		])
			expect((await ask(code)).status).toBe(400);
		expect((await ask('12345678', { method: 'POST' })).status).toBe(405);
		expect((await ask('12345678')).status).toBe(200);
		expect((await ask('12345678')).status).toBe(200);
		expect((await ask(branch.workspace)).status).toBe(429);
	});

	it('H14 tells at most four', async () => {
		const storage = createMemoryStorage('test-relay');
		await start({ storage });
		for (let i = 0; i < 6; i++) await storage.appendRoster(`12345678-${i}`, 0, ['{}']);
		expect(await ask('12345678')).toEqual({
			...{ status: 200, body: { workspaces: [0, 1, 2, 3].map((i) => `12345678-${i}`) } }
		});
	});
});

describe('what an address can make the relay verify', () => {
	it('H15 is bounded by the records it posts, held or not, and not by what the relay has already', async () => {
		let now = Date.now();
		await start({ clock: { now: () => now }, tuning: { recordBurst: 6, recordsPerMinute: 2 } });
		await branch.admit('officer');
		await publish(); // 3 of 6
		for (let i = 0; i < 5; i++) expect(await relay.post(branch)).toMatchObject({ status: 'ok' });
		const { workspace, records } = branch;
		const forged = { ...records[2]!, signature: 'A'.repeat(86) };
		const next = await createTestBranch();
		await next.invite(next.founder);
		const attempt = () => postRoster(relay.host, workspace, 3, [forged, forged]);
		expect(await attempt()).toMatchObject({ reason: 'out-of-sequence' }); // 5 of 6
		expect(await attempt()).toEqual({ status: 'refused', reason: 'too-many' });
		expect(await relay.post(next)).toEqual({ status: 'refused', reason: 'too-many' });
		now += 60_000;
		expect(await relay.post(next)).toEqual({ status: 'ok', length: 2 });
	});
});
