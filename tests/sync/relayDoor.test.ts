import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { closeCodes } from '../../src/lib/protocol/closeCodes.ts';
import {
	createTestBranch,
	createTestDevice,
	deviceToken,
	offers,
	type TestDevice
} from '../support/relayBranch.ts';
import { startRelay, type RelayInProcess } from '../support/relayInProcess.ts';
import { connectMux } from '../support/relayMuxClient.ts';
import { connectRaw } from '../support/relayYjs.ts';
import { createMemoryStorage } from '../../server/storage/memoryStorage.ts';

let relay: RelayInProcess;
afterEach(() => relay.stop());

async function startWithBranch(options: Parameters<typeof startRelay>[0] = {}) {
	relay = await startRelay(options);
	const branch = await createTestBranch();
	await relay.post(branch);
	const url = `ws://${relay.host}/sync/${branch.workspace}`;
	const offer = async (device: TestDevice = branch.founder) =>
		offers(await deviceToken(device, relay.host, branch.workspace));
	return { branch, url, offer };
}

/** The status with which an upgrade is answered. */
function upgradeStatus(url: string, protocols: string[], headers = {}): Promise<number> {
	return new Promise((resolve) => {
		const ws = new WebSocket(url, protocols, { headers });
		ws.on('open', () => resolve(101));
		ws.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
		ws.on('error', () => undefined);
	});
}

describe('at the door of a running relay', () => {
	it('H1 tells anybody its id, time and protocol', async () => {
		relay = await startRelay({ clock: { now: () => 12_345 } });
		const response = await fetch(`http://${relay.host}/api/relay`);
		expect(await response.json()).toEqual({
			...{ relayId: 'test-relay', now: 12_345, protocol: 'tongxin.1' }
		});
	});

	it('H2 answers with its protocol and never with the token', async () => {
		const { url, offer } = await startWithBranch();
		const client = await connectMux(url, await offer());
		expect(client.ws.protocol).toBe('tongxin.1');
		await client.close();
	});

	it('H3 H4 turns a stranger away before the upgrade, and holds nothing for it', async () => {
		const { branch, url, offer } = await startWithBranch();
		const stranger = await createTestDevice();
		expect(await upgradeStatus(url, await offer(stranger))).toBe(401);
		expect(await upgradeStatus(url, [])).toBe(401);
		expect(await upgradeStatus(`${url}/room`, [])).toBe(401);
		const elsewhere = offers(await deviceToken(branch.founder, 'elsewhere', branch.workspace));
		expect(await upgradeStatus(url, elsewhere)).toBe(401);
		const late = await deviceToken(
			branch.founder,
			relay.host,
			branch.workspace,
			Date.now() - 600_000
		);
		expect(await upgradeStatus(url, offers(late))).toBe(401);
		expect(await relay.storage.roomsChangedSince(branch.workspace, 0)).toEqual([]);
	});

	it('H5 serves one room to a client of one room', async () => {
		const { url, offer } = await startWithBranch();
		const { ws, closed } = await connectRaw(`${url}/room`, await offer());
		expect(ws.protocol).toBe('tongxin.1');
		ws.close();
		await closed;
	});

	it('H6 serves any name without a token where that was asked for', async () => {
		relay = await startRelay({ auth: false });
		expect(await upgradeStatus(`ws://${relay.host}/sync/Any.name~1/room-2`, [])).toBe(101);
		expect(await upgradeStatus(`ws://${relay.host}/sync/a%20b/room`, [])).toBe(400);
	});

	it('H7 S14 is healthy while the store takes writes, and says when it does not', async () => {
		const storage = createMemoryStorage('test-relay');
		let broken = false;
		const check = () => (broken ? Promise.reject(new Error('disk full')) : storage.check());
		relay = await startRelay({ storage: { ...storage, check }, tuning: { healthEveryMs: 0 } });
		const health = async () => {
			const response = await fetch(`http://${relay.host}/healthz`);
			return [response.status, (await response.json()) as unknown];
		};
		expect(await health()).toEqual([200, { status: 'ok' }]);
		broken = true;
		expect(await health()).toEqual([503, { status: 'failing' }]);
		broken = false;
		expect(await health()).toEqual([200, { status: 'ok' }]);
	});

	it('H8 turns away a page of another origin, token or not', async () => {
		const { url, offer } = await startWithBranch();
		const from = async (origin: string) => upgradeStatus(url, await offer(), { origin });
		expect(await from('https://evil.example')).toBe(403);
		expect(await from(`http://${relay.host}`)).toBe(101);
	});

	it('H9 closes one socket too many of a device or a workspace, and only that', async () => {
		const tuning = { maxSocketsPerDevice: 2, maxSocketsPerWorkspace: 3 };
		const { branch, url, offer } = await startWithBranch({ tuning });
		const officer = await branch.admit('officer');
		await relay.post(branch, 1);
		const kept = [await connectMux(url, await offer()), await connectMux(url, await offer())];
		const third = await connectMux(url, await offer());
		expect(await third.closed).toBe(closeCodes.tooManySockets);
		kept.push(await connectMux(url, await offer(officer)));
		const fourth = await connectMux(url, await offer(officer));
		expect(await fourth.closed).toBe(closeCodes.tooManySockets);
		for (const client of kept) await client.settle();
		await kept[0]!.close();
		const again = await connectMux(url, await offer());
		await again.settle();
	});

	it('H10 closes every socket when it shuts down', async () => {
		const { url, offer } = await startWithBranch();
		const mux = await connectMux(url, await offer());
		const stock = await connectRaw(`${url}/room`, await offer());
		await relay.stop();
		expect(await mux.closed).toBe(closeCodes.shuttingDown);
		expect(await stock.closed).toBe(closeCodes.shuttingDown);
	});

	it('leaves upgrades of other paths alone', async () => {
		relay = await startRelay();
		const status = new Promise((resolve) => {
			const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
			const asked = request(`http://${relay.host}/hmr`, { headers });
			asked.on('error', () => resolve('dropped by the server that owns the path'));
			asked.end();
		});
		expect(await status).toMatch(/dropped/);
	});
});

describe('two relays in one process', () => {
	it('know nothing of each other', async () => {
		const other = await startRelay();
		const { branch } = await startWithBranch();
		expect((await fetch(`http://${other.host}/api/roster/${branch.workspace}`)).status).toBe(404);
		expect((await fetch(`http://${relay.host}/api/roster/${branch.workspace}`)).status).toBe(401);
		await other.stop();
	});
});
