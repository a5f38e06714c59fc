import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attachRelay, type Middlewares } from '../../server/attach.ts';
import { createTestBranch, deviceToken, offers } from '../support/relayBranch.ts';
import { postRoster } from '../support/relayInProcess.ts';
import { connectMux } from '../support/relayMuxClient.ts';

type Handler = Parameters<Middlewares['use']>[0];

let folder: string;
let server: Server;
let host: string;
const handlers: Handler[] = [];

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'relay-attach-'));
	handlers.length = 0;
	server = createServer((request: IncomingMessage, response: ServerResponse) => {
		const run = (i: number): unknown =>
			handlers[i] ? handlers[i](request, response, () => run(i + 1)) : response.end('the app');
		run(0);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	attachRelay(server, { use: (handler) => handlers.push(handler) }, folder, {
		DATA_DIR: join(folder, 'data')
	});
});
afterEach(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
	rmSync(folder, { recursive: true, force: true });
});

describe('a relay attached to another server', () => {
	it('H1 answers its own addresses and leaves all others to that server', async () => {
		const text = async (path: string) => (await fetch(`http://${host}${path}`)).text();
		expect(await text('/api/relay')).toContain('tongxin.1');
		expect(await text('/healthz')).toBe('{"status":"ok"}');
		expect(await text('/plans')).toBe('the app');
		expect(await text('/apiary')).toBe('the app');
	});

	it('H2 takes the sockets of its own paths and leaves all others to that server', async () => {
		const others: string[] = [];
		server.on('upgrade', ({ url = '' }, socket) => {
			if (url.startsWith('/sync/')) return;
			others.push(url);
			socket.destroy();
		});
		const branch = await createTestBranch();
		await postRoster(host, branch.workspace, 0, branch.records);
		const token = offers(await deviceToken(branch.founder, host, branch.workspace));
		const client = await connectMux(`ws://${host}/sync/${branch.workspace}`, token);
		expect((await client.nextControl('hello')).rosterLength).toBe(1);
		await expect(connectMux(`ws://${host}/?token=of-the-dev-server`)).rejects.toThrow();
		expect(others).toEqual(['/?token=of-the-dev-server']);
		await client.close();
	});
});
