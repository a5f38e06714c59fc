import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
	createTestBranch,
	createTestDevice,
	createTestKey,
	DAY_MS,
	deviceToken,
	inviteToken
} from '../support/relayBranch.ts';
import { postRoster, startRelay, type RelayInProcess } from '../support/relayInProcess.ts';

const AT = 1_700_000_000_000;
let relay: RelayInProcess;
let now = AT;
afterEach(() => relay.stop());

async function start(options: Parameters<typeof startRelay>[0] = {}): Promise<void> {
	now = AT;
	relay = await startRelay({ clock: { now: () => now }, ...options });
}

async function get(workspace: string, token: string | null, from = 0) {
	const headers: Record<string, string> = token ? { Authorization: `Bearer ${token}` } : {};
	const url = `http://${relay.host}/api/roster/${workspace}?from=${from}`;
	const response = await fetch(url, { headers });
	return { status: response.status, body: (await response.json()) as unknown };
}

async function post(workspace: string, body: string, type = 'application/json') {
	const url = `http://${relay.host}/api/roster/${workspace}`;
	const headers = { 'Content-Type': type };
	return (await fetch(url, { method: 'POST', headers, body })).status;
}

describe('the roster of a workspace', () => {
	it('R9 R12 is begun by anybody with its founding record, and grows', async () => {
		await start();
		const branch = await createTestBranch(AT);
		expect(await relay.post(branch)).toEqual({ status: 'ok', length: 1 });
		await branch.admit('officer');
		expect(await relay.post(branch, 1)).toEqual({ status: 'ok', length: 3 });
		expect(await relay.storage.loadRoster(branch.workspace, 0)).toMatchObject({ length: 3 });
	});

	it('R12 R1 takes no chain under a name that is not its hash', async () => {
		await start();
		const [branch, other] = [await createTestBranch(AT), await createTestBranch(AT)];
		expect(await postRoster(relay.host, other.workspace, 0, branch.records)).toEqual({
			...{ status: 'refused', reason: 'not-the-founding' }
		});
		expect((await relay.storage.loadRoster(other.workspace, 0)).length).toBe(0);
	});

	it('R9 answers conflict to what differs or leaves a gap, and changes nothing', async () => {
		await start();
		const branch = await createTestBranch(AT);
		const [founding] = branch.records;
		await relay.post(branch);
		await branch.admit('officer');
		await relay.post(branch, 1);
		const rival = await createTestBranch(AT);
		await rival.admit('officer');
		const { workspace } = branch;
		expect(await postRoster(relay.host, workspace, 1, [rival.records[1]!])).toEqual({
			...{ status: 'conflict', length: 3 }
		});
		expect(await postRoster(relay.host, workspace, 4, [branch.records[2]!])).toEqual({
			...{ status: 'conflict', length: 3 }
		});
		expect(await postRoster(relay.host, workspace, 0, [founding!, rival.records[1]!])).toEqual({
			...{ status: 'conflict', length: 3 }
		});
	});

	it('R9 lets one of two win who append at the same time', async () => {
		await start();
		const branch = await createTestBranch(AT);
		await relay.post(branch);
		const founding = [...branch.records];
		await branch.invite(branch.founder);
		const first = branch.records[1]!;
		(branch.records as unknown[]).length = founding.length;
		await branch.invite(branch.founder);
		const second = branch.records[1]!;
		const answers = await Promise.all(
			[first, second].map((record) => postRoster(relay.host, branch.workspace, 1, [record]))
		);
		expect(answers).toContainEqual({ status: 'ok', length: 2 });
		expect(answers).toContainEqual({ status: 'conflict', length: 2 });
	});

	it('R10 answers ok to what it has already, in whole or in part', async () => {
		await start();
		const branch = await createTestBranch(AT);
		await relay.post(branch);
		await branch.admit('officer');
		expect(await relay.post(branch)).toEqual({ status: 'ok', length: 3 });
		expect(await relay.post(branch)).toEqual({ status: 'ok', length: 3 });
		expect(await relay.post(branch, 2)).toEqual({ status: 'ok', length: 3 });
		expect(await postRoster(relay.host, branch.workspace, 3, [])).toEqual({
			...{ status: 'ok', length: 3 }
		});
	});

	it('R4 R5 takes nothing of a post in which one record does not hold', async () => {
		await start();
		const branch = await createTestBranch(AT);
		await relay.post(branch);
		await branch.admit('officer');
		await branch.invite(await createTestDevice());
		expect(await relay.post(branch, 1)).toEqual({ status: 'refused', reason: 'unknown-author' });
		expect((await relay.storage.loadRoster(branch.workspace, 0)).length).toBe(1);
	});

	it('R7 refuses a claim that comes after the expiry, however it is dated', async () => {
		await start();
		const branch = await createTestBranch(AT);
		const key = await branch.invite(branch.founder);
		await relay.post(branch);
		await branch.claim(key, await createTestDevice(), { at: AT });
		now = AT + DAY_MS + 1;
		expect(await relay.post(branch, 2)).toEqual({ status: 'refused', reason: 'invite-expired' });
		now = AT + DAY_MS;
		expect(await relay.post(branch, 2)).toEqual({ status: 'ok', length: 3 });
	});

	it('R12 R7 refills an emptied relay years later, claims and all', async () => {
		await start();
		now = AT + 1_000 * DAY_MS;
		const branch = await createTestBranch(AT);
		await branch.admit('officer');
		await branch.admit('observer');
		expect(await relay.post(branch)).toEqual({ status: 'ok', length: 5 });
	});

	it('R11 is read by its devices and by who holds an open invitation', async () => {
		await start();
		const branch = await createTestBranch(AT);
		const { founder, workspace } = branch;
		const key = await branch.invite(founder);
		await relay.post(branch);
		const byDevice = await get(workspace, await deviceToken(founder, relay.host, workspace, now));
		expect(byDevice).toEqual({ status: 200, body: { length: 2, records: branch.records } });
		const byInvite = await get(workspace, await inviteToken(key, relay.host, workspace, now), 1);
		expect(byInvite.body).toEqual({ length: 2, records: [branch.records[1]] });
	});

	it('R11 R6 R7 is not read without a token, by strangers, or by a used or expired invitation', async () => {
		await start();
		const branch = await createTestBranch(AT);
		const { founder, workspace } = branch;
		const key = await branch.invite(founder);
		const expiring = await branch.invite(founder);
		await relay.post(branch);
		const status = async (token: string | null) => (await get(workspace, token)).status;
		const stranger = await createTestDevice();
		expect(await status(null)).toBe(401);
		expect(await status('not.a.token')).toBe(401);
		expect(await status(await deviceToken(stranger, relay.host, workspace, now))).toBe(401);
		expect(await status(await deviceToken(founder, 'elsewhere', workspace, now))).toBe(401);
		const guessed = await createTestKey();
		expect(await status(await inviteToken(guessed, relay.host, workspace, now))).toBe(401);
		await branch.claim(key, await createTestDevice());
		await relay.post(branch, 3);
		expect(await status(await inviteToken(key, relay.host, workspace, now))).toBe(401);
		expect(await status(await inviteToken(expiring, relay.host, workspace, now))).toBe(200);
		now = AT + DAY_MS + 1;
		expect(await status(await inviteToken(expiring, relay.host, workspace, now))).toBe(401);
		expect((await get((await createTestBranch()).workspace, null)).status).toBe(404);
	});

	it('R13 refuses a record with a name in it', async () => {
		await start();
		const branch = await createTestBranch(AT);
		const records = [{ ...branch.records[0]!, name: 'a name' }];
		expect(await post(branch.workspace, JSON.stringify({ from: 0, records }))).toBe(400);
	});
});

describe('what a stranger can make the relay hold', () => {
	it('is bounded by the length of a post', async () => {
		await start({ tuning: { maxRosterBodyBytes: 2_000 } });
		const { workspace } = await createTestBranch(AT);
		expect(await post(workspace, JSON.stringify({ from: 0, records: ['x'.repeat(3_000)] }))).toBe(
			413
		);
	});

	it('is bounded by the number of new workspaces of one address, not by old ones', async () => {
		await start({ tuning: { newWorkspaceBurst: 2, newWorkspacesPerMinute: 1 } });
		const branches = await Promise.all([1, 2, 3].map(() => createTestBranch(AT)));
		const ok = { status: 'ok', length: 1 };
		expect(await relay.post(branches[0]!)).toEqual(ok);
		expect(await relay.post(branches[1]!)).toEqual(ok);
		expect(await relay.post(branches[2]!)).toEqual({ status: 'refused', reason: 'too-many' });
		expect(await relay.post(branches[0]!)).toEqual(ok);
		now += 60_000;
		expect(await relay.post(branches[2]!)).toEqual(ok);
	});

	it('is bounded by the length of a chain', async () => {
		await start({ tuning: { maxRosterRecords: 2 } });
		const branch = await createTestBranch(AT);
		await branch.admit('officer');
		expect(await relay.post(branch)).toEqual({ status: 'refused', reason: 'too-many-records' });
	});

	it('is nothing for what is no JSON, no records or no workspace', async () => {
		await start();
		const { workspace } = await createTestBranch(AT);
		expect(await post(workspace, '{')).toBe(400);
		expect(await post(workspace, '{"from":0}')).toBe(400);
		expect(await post(workspace, '{"from":-1,"records":[]}')).toBe(400);
		expect(await post(workspace, '{"from":0,"records":[{}]}')).toBe(400);
		expect(await post(workspace, '{"from":0,"records":[]}', 'text/plain')).toBe(400);
		expect(await post('short', '{"from":0,"records":[]}')).toBe(404);
		const url = `http://${relay.host}/api/roster/${workspace}`;
		expect((await fetch(url, { method: 'DELETE' })).status).toBe(405);
	});
});

describe('the built app', () => {
	const folder = mkdtempSync(join(tmpdir(), 'relay-build-'));
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it('is served for every address of its own, hashed files for ever, with careful headers', async () => {
		mkdirSync(join(folder, '_app/immutable'), { recursive: true });
		writeFileSync(join(folder, '200.html'), '<p>shell</p>');
		writeFileSync(join(folder, '_app/immutable/a.js'), 'export {};');
		await start({ buildDir: folder });
		const ask = (path: string, init: RequestInit = {}) =>
			fetch(`http://${relay.host}${path}`, init);
		const shell = await ask('/plans/some-id', { headers: { Range: 'bytes=5-2' } });
		expect([shell.status, await shell.text()]).toEqual([200, '<p>shell</p>']);
		expect(shell.headers.get('cache-control')).toBe('no-cache');
		expect(shell.headers.get('content-security-policy')).toContain('frame-ancestors');
		expect(shell.headers.get('x-content-type-options')).toBe('nosniff');
		expect(shell.headers.get('referrer-policy')).toBe('no-referrer');
		const hashed = await ask('/_app/immutable/a.js');
		expect(hashed.headers.get('cache-control')).toContain('immutable');
		expect((await ask('/_app/immutable/gone.js')).status).toBe(404);
		expect((await ask('/..%2f..%2fetc/passwd')).status).not.toBe(500);
		expect((await ask('/api/unknown')).status).toBe(404);
		expect((await ask('/', { method: 'POST' })).status).toBe(405);
	});

	it('is asked for in plain words where it is not built', async () => {
		await start();
		const response = await fetch(`http://${relay.host}/`);
		expect([response.status, await response.text()]).toEqual([
			503,
			expect.stringContaining('npm run build')
		]);
	});
});
