/** The relay's attachments over HTTP: who may, how much, and what is left when something breaks. */
import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { blobHeaders, relayPaths } from '../../src/lib/protocol/http.ts';
import type { BlobStorage } from '../../server/storage/blobStorage.ts';
import { createMemoryBlobs } from '../../server/storage/memoryBlobs.ts';
import {
	createTestBranch,
	deviceToken,
	inviteToken,
	type TestBranch,
	type TestDevice
} from '../support/relayBranch.ts';
import { startRelay, type RelayInProcess } from '../support/relayInProcess.ts';
import { startRelayProcess, type RelayProcess } from '../support/relayProcess.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const stop of stops.splice(0)) await stop();
});

const idOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url');
const FILE = randomBytes(300_000);
const ID = idOf(FILE);

interface Client {
	put(bytes: Uint8Array, offset: number, length?: number, id?: string): Promise<Response>;
	head(id?: string): Promise<{ status: number; offset: number; complete: boolean }>;
	get(id?: string, range?: string): Promise<Response>;
}

function clientOf(host: string, workspace: string, token: string | null): Client {
	const proof: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
	const ask = (id: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
		fetch(`http://${host}${relayPaths.blob(workspace, id)}`, {
			...init,
			headers: { ...proof, ...init.headers }
		});
	return {
		put: (bytes, offset, length = FILE.length, id = ID) =>
			ask(id, {
				method: 'PUT',
				body: new Uint8Array(bytes),
				headers: { [blobHeaders.offset]: `${offset}`, [blobHeaders.length]: `${length}` }
			}),
		async head(id = ID) {
			const { status, headers } = await ask(id, { method: 'HEAD' });
			const offset = Number(headers.get(blobHeaders.offset));
			return { status, offset, complete: headers.get(blobHeaders.complete) === '1' };
		},
		get: (id = ID, range) => ask(id, range ? { headers: { range } } : {})
	};
}

const answer = async (response: Promise<Response>) => {
	const { status } = await response;
	return { status, body: (await (await response).json()) as unknown };
};
const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
const piece = (from: number, to?: number) => FILE.subarray(from, to);

interface Desk {
	readonly relay: RelayInProcess;
	readonly branch: TestBranch;
	as(device: TestDevice): Promise<Client>;
}

async function desk(options: Parameters<typeof startRelay>[0] = {}): Promise<Desk> {
	const relay = await startRelay(options);
	stops.push(relay.stop);
	const branch = await createTestBranch();
	await relay.post(branch);
	const as = async (device: TestDevice) =>
		clientOf(relay.host, branch.workspace, await deviceToken(device, relay.host, branch.workspace));
	return { relay, branch, as };
}

const refused = (reason: string) => ({ status: 'refused', reason });

describe('an upload', () => {
	it('U2 U3 U4 goes on where the relay says it is, and is whole then', async () => {
		const { branch, as } = await desk();
		const client = await as(branch.founder);
		expect(await client.head()).toEqual({ status: 200, offset: 0, complete: false });
		expect(await answer(client.put(piece(0, 100_000), 0))).toEqual({
			status: 200,
			body: { status: 'ok', offset: 100_000, complete: false }
		});
		for (const offset of [0, 50_000, 200_000])
			expect(await answer(client.put(piece(offset, offset + 9), offset))).toEqual({
				status: 409,
				body: { status: 'conflict', offset: 100_000 }
			});
		expect((await client.get()).status).toBe(404);
		expect(await answer(client.put(piece(100_000), 100_000))).toEqual({
			status: 200,
			body: { status: 'ok', offset: FILE.length, complete: true }
		});
		expect(await client.head()).toEqual({ status: 200, offset: FILE.length, complete: true });
		// Once whole it is what it is, whoever brings it again.
		expect(await answer(client.put(piece(0, 9), 0))).toEqual({
			status: 200,
			body: { status: 'ok', offset: FILE.length, complete: true }
		});
	});

	it('U4 is thrown away when it is not what its id says', async () => {
		const { relay, branch, as } = await desk();
		const client = await as(branch.founder);
		const wrong = idOf(randomBytes(9));
		const put = client.put(FILE, 0, FILE.length, wrong);
		expect(await answer(put)).toEqual({ status: 422, body: refused('wrong-hash') });
		expect(await client.head(wrong)).toEqual({ status: 200, offset: 0, complete: false });
		expect(await relay.blobs.usage(branch.workspace)).toEqual({ bytes: 0, blobs: 0, parts: 0 });
	});

	it('U3 is added to by one at a time', async () => {
		const { branch, as } = await desk();
		const client = await as(branch.founder);
		const puts = Array.from({ length: 5 }, () => answer(client.put(FILE, 0)));
		const statuses = (await Promise.all(puts)).map(({ status }) => status);
		expect(statuses).toContain(200);
		expect((await client.head()).complete).toBe(true);
		expect(await bytesOf(await client.get())).toEqual(new Uint8Array(FILE));
	});

	it('U6 is refused when it is too large, and when it says nothing of use', async () => {
		const { branch, as } = await desk({
			tuning: { maxBlobBytes: 200_000, maxBlobChunkBytes: 1_000 }
		});
		const client = await as(branch.founder);
		const tooLarge = { status: 413, body: refused('too-large') };
		expect(await answer(client.put(piece(0, 10), 0))).toEqual(tooLarge);
		expect(await answer(client.put(piece(0, 1_001), 0, 2_000))).toEqual(tooLarge);
		const malformed = { status: 400, body: refused('malformed') };
		for (const [offset, length] of [
			[0, 5],
			[-1, 100],
			[0, 0],
			[1.5, 100],
			[Number.NaN, 100]
		] as const)
			expect(await answer(client.put(piece(0, 10), offset, length))).toEqual(malformed);
		expect((await client.get('not-an-id')).status).toBe(404);
	});

	it('U7 stays within the workspace, and says when there is no room', async () => {
		const blobs = createMemoryBlobs({ now: Date.now });
		const tuning = { maxWorkspaceBlobBytes: 350_000, maxWorkspaceBlobParts: 2 };
		const { branch, as } = await desk({ blobs, tuning });
		const client = await as(branch.founder);
		blobs.full = true;
		const full = { status: 507, body: refused('storage-full') };
		expect(await answer(client.put(FILE, 0))).toEqual(full);
		blobs.full = false;
		expect((await answer(client.put(FILE, 0))).status).toBe(200);
		const none = { status: 507, body: refused('workspace-full') };
		// Refused at its first byte, not when the room runs out.
		expect(await answer(client.put(piece(0, 10), 0, 60_000, idOf(piece(0, 7))))).toEqual(none);
		const begin = (n: number) => answer(client.put(piece(0, 10), 0, 1_000, idOf(piece(0, n))));
		expect((await begin(1)).status).toBe(200);
		expect((await begin(2)).status).toBe(200);
		expect(await begin(3)).toEqual(none);
		// What is whole stays readable.
		expect((await client.get()).status).toBe(200);
	});

	it('U8 holds a bounded number of bodies, and lets go of one that does not come', async () => {
		const { relay, branch, as } = await desk({
			tuning: { maxWorkspaceBlobPuts: 1, blobBodyMs: 300 }
		});
		const client = await as(branch.founder);
		const token = await deviceToken(branch.founder, relay.host, branch.workspace);
		const [host, port] = relay.host.split(':');
		const socket = connect(Number(port), host);
		const closed = new Promise((resolve) => socket.once('close', resolve));
		socket.on('error', () => undefined);
		socket.write(
			`PUT ${relayPaths.blob(branch.workspace, ID)} HTTP/1.1\r\nHost: ${relay.host}\r\n` +
				`Authorization: Bearer ${token}\r\nUpload-Offset: 0\r\nUpload-Length: ${FILE.length}\r\n` +
				'Content-Length: 1000\r\n\r\nonly so much'
		);
		await expect
			.poll(async () => (await client.put(piece(0, 10), 5)).status, { interval: 20 })
			.toBe(503);
		await closed;
		expect((await client.put(FILE, 0)).status).toBe(200);
	});
});

describe('a download', () => {
	it('U9 gives the whole or the part that is asked for', async () => {
		const { branch, as } = await desk();
		const client = await as(branch.founder);
		await client.put(FILE, 0);
		const whole = await client.get();
		expect(whole.status).toBe(200);
		expect(whole.headers.get('cache-control')).toBe('no-store');
		expect(await bytesOf(whole)).toEqual(new Uint8Array(FILE));
		for (const [range, from, to] of [
			['bytes=0-9', 0, 10],
			['bytes=299999-', 299_999, 300_000],
			['bytes=1000-999999', 1_000, 300_000]
		] as const) {
			const part = await client.get(ID, range);
			expect(part.status).toBe(206);
			expect(part.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${FILE.length}`);
			expect(await bytesOf(part)).toEqual(new Uint8Array(FILE.subarray(from, to)));
		}
		for (const range of ['bytes=300000-', 'bytes=5-4'])
			expect((await client.get(ID, range)).status).toBe(416);
	});
});

describe('the door', () => {
	it('U1 lets nobody in without a token of a device of this workspace', async () => {
		const { relay, branch, as } = await desk();
		await (await as(branch.founder)).put(FILE, 0);
		const other = await createTestBranch();
		await relay.post(other);
		const { host } = relay;
		const invite = await branch.invite(branch.founder);
		await relay.post(branch, 1);
		const now = Date.now();
		const tokens = [
			null,
			'x.y.z',
			await deviceToken(other.founder, host, other.workspace),
			await deviceToken(other.founder, host, branch.workspace),
			await deviceToken(branch.founder, 'elsewhere.example', branch.workspace),
			await deviceToken(branch.founder, host, branch.workspace, now - 3_600_000),
			await inviteToken(invite, host, branch.workspace)
		];
		for (const token of tokens) {
			const client = clientOf(host, branch.workspace, token);
			expect((await client.head()).status).toBe(401);
			expect((await client.get()).status).toBe(401);
			expect((await client.put(FILE, 0)).status).toBe(401);
		}
		const away = await fetch(`http://${host}${relayPaths.blob(branch.workspace, ID)}`, {
			headers: {
				authorization: `Bearer ${await deviceToken(branch.founder, host, branch.workspace)}`,
				origin: 'https://evil.example'
			}
		});
		expect(away.status).toBe(403);
	});

	it('U1 lets an observer read and not write, and somebody taken out neither', async () => {
		const { relay, branch, as } = await desk();
		const observer = await branch.admit('observer');
		const officer = await branch.admit('officer');
		const waiting = await branch.knock();
		await relay.post(branch, 1);
		await (await as(officer)).put(FILE, 0);
		const reader = await as(observer);
		expect(await bytesOf(await reader.get())).toEqual(new Uint8Array(FILE));
		expect(await answer(reader.put(piece(0, 9), 0, 9, idOf(piece(0, 9))))).toEqual({
			status: 403,
			body: refused('read-only')
		});
		expect((await (await as(waiting)).head()).status).toBe(401);
		const gone = await as(officer);
		const { length } = branch.records;
		await branch.retire(branch.founder, officer);
		await relay.post(branch, length);
		expect((await gone.head()).status).toBe(401);
		expect((await gone.get()).status).toBe(401);
		expect((await gone.put(piece(0, 9), 0, 9, idOf(piece(0, 9)))).status).toBe(401);
	});

	it('U1 takes nothing of a device that is taken out while its body comes in', async () => {
		const { relay, branch, as } = await desk();
		const officer = await branch.admit('officer');
		await relay.post(branch, 1);
		const token = await deviceToken(officer, relay.host, branch.workspace);
		const [host, port] = relay.host.split(':');
		const socket = connect(Number(port), host);
		let heard = '';
		socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
		const body = piece(0, 100);
		socket.write(
			`PUT ${relayPaths.blob(branch.workspace, idOf(body))} HTTP/1.1\r\nHost: ${relay.host}\r\n` +
				`Authorization: Bearer ${token}\r\nUpload-Offset: 0\r\nUpload-Length: 100\r\n` +
				'Content-Length: 100\r\n\r\n'
		);
		await new Promise((resolve) => setTimeout(resolve, 100));
		const { length } = branch.records;
		await branch.retire(branch.founder, officer);
		await relay.post(branch, length);
		socket.write(body);
		await expect.poll(() => heard).toContain('HTTP/1.1 401');
		socket.destroy();
		expect((await (await as(branch.founder)).head(idOf(body))).offset).toBe(0);
	});

	it('U10 H6 serves any workspace to loopback without auth, and no name that is a path', async () => {
		const relay = await startRelay({ auth: false });
		stops.push(relay.stop);
		const client = clientOf(relay.host, 'any-name', null);
		expect((await client.put(FILE, 0)).status).toBe(200);
		expect(await bytesOf(await client.get())).toEqual(new Uint8Array(FILE));
		for (const name of ['.hidden', '..%2fx', 'a%2fb'])
			expect((await clientOf(relay.host, name, null).head()).status).toBe(400);
	});
});

describe('a relay that dies', () => {
	let child: RelayProcess;
	const processClient = async (branch: TestBranch) => {
		const token = await deviceToken(branch.founder, child.host, branch.workspace);
		return clientOf(child.host, branch.workspace, token);
	};

	it('U5 goes on with an upload after kill -9', async () => {
		child = await startRelayProcess();
		stops.push(child.dispose);
		const branch = await createTestBranch();
		await fetch(`http://${child.host}${relayPaths.roster(branch.workspace)}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ from: 0, records: branch.records })
		});
		const before = await processClient(branch);
		expect((await before.put(piece(0, 120_000), 0)).status).toBe(200);
		await child.kill9();
		await child.restart();
		const after = await processClient(branch);
		expect(await after.head()).toEqual({ status: 200, offset: 120_000, complete: false });
		expect((await after.put(piece(120_000), 120_000)).status).toBe(200);
		await child.kill9();
		await child.restart();
		expect(await bytesOf(await (await processClient(branch)).get())).toEqual(new Uint8Array(FILE));
	});
});

it('U5 drops a part that nobody added to for a day', async () => {
	const clock = { now: () => Date.now() };
	const blobs: BlobStorage & { age(ms: number): void } = createMemoryBlobs(clock);
	const { branch, as } = await desk({ blobs, tuning: { blobSweepEveryMs: 20 } });
	const client = await as(branch.founder);
	await client.put(piece(0, 10), 0);
	blobs.age(23 * 3_600_000);
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect((await client.head()).offset).toBe(10);
	blobs.age(2 * 3_600_000);
	await expect.poll(async () => (await client.head()).offset).toBe(0);
});
