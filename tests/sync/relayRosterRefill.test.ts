/** A relay put back to an older copy, or emptied, gets the chain again - and nothing that was not. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRelayApi } from '../../src/lib/core/sync/relayApi.ts';
import type { WorkspaceId } from '../../src/lib/base/ids.ts';
import { rosterParts } from '../../src/lib/protocol/roster/rosterParts.ts';
import {
	createTestBranch,
	createTestDevice,
	DAY_MS,
	deviceToken,
	rosterOf,
	type TestBranch,
	type TestDevice,
	type TestKey
} from '../support/relayBranch.ts';
import { startRelay, type RelayInProcess } from '../support/relayInProcess.ts';

const AT = 1_700_000_000_000;
const LATER = AT + 10 * DAY_MS;
let relay: RelayInProcess;
let now = AT;
let branch: TestBranch;
let officer: TestDevice;

beforeEach(async () => {
	now = AT;
	relay = await startRelay({ clock: { now: () => now } });
	branch = await createTestBranch(AT);
	officer = await branch.admit('officer');
});
afterEach(() => relay.stop());

/** The relay has the chain as it is now, and ten days go by. */
async function keepCopy(): Promise<number> {
	expect(await relay.post(branch)).toEqual(ok());
	now = LATER;
	return branch.records.length;
}

const ok = () => ({ status: 'ok', length: branch.records.length });
const tooLate = { status: 'refused', reason: 'invite-expired' };

async function postAs(poster: TestDevice, from = 0) {
	const { workspace, records } = branch;
	const api = createRelayApi(`http://${relay.host}`, fetch);
	const token = await deviceToken(poster, relay.host, workspace, now);
	const posted = await api.appendRoster(
		...([workspace as WorkspaceId, from, records.slice(from), token] as const)
	);
	return posted.ok ? posted.value : posted.error;
}

describe('a relay put back to an older copy', () => {
	it('R37 R7 takes a claim whose invitation has run out since, when a secretary built on it', async () => {
		await keepCopy();
		await branch.admit('observer');
		await branch.kit(branch.founder);
		expect(await relay.post(branch)).toEqual(ok());
	});

	it('R37 takes it from a secretary though it is the last record', async () => {
		await keepCopy();
		const guest = await branch.admit('observer');
		for (const poster of [officer, guest]) expect(await postAs(poster)).toEqual(tooLate);
		expect(await relay.post(branch)).toEqual(tooLate);
		expect(await postAs(branch.founder)).toEqual(ok());
	});

	it('R37 takes a further device from a device of the same person, or from a secretary', async () => {
		const other = await branch.admit('officer');
		const kept = await keepCopy();
		await branch.pair(officer);
		expect(await postAs(other)).toEqual(tooLate);
		expect(await postAs(officer)).toEqual(ok());
		await branch.pair(officer);
		expect(branch.records.length).toBe(kept + 4);
		expect(await postAs(branch.founder)).toEqual(ok());
	});

	it('R37 takes one after the other, each with who was in before it', async () => {
		await keepCopy();
		const next = await branch.admit('secretary');
		await branch.setRole(branch.founder, officer, 'observer');
		await branch.claim(await branch.invite(next), await createTestDevice());
		await branch.rotate(next, 2);
		expect(await relay.post(branch)).toEqual(ok());
	});

	it('R37 R12 takes all of it from anybody when it is empty', async () => {
		now = LATER;
		expect(await relay.post(branch)).toEqual(ok());
	});
});

describe('an invitation that has run out', () => {
	let link: TestKey;
	beforeEach(async () => {
		link = await branch.invite(branch.founder, { role: 'secretary', uses: 9 });
	});

	it('R37 R7 lets nobody in, however the claim is dated and whatever he signs after it', async () => {
		const kept = await keepCopy();
		const thief = await createTestDevice();
		await branch.claim(link, thief, { at: AT });
		expect(await relay.post(branch, kept)).toEqual(tooLate);
		expect(await postAs(thief)).toEqual(tooLate);
		await branch.kit(thief);
		await branch.setRole(thief, officer, 'observer');
		expect(await postAs(thief)).toEqual(tooLate);
	});

	it('R37 lets no two in who vouch for each other', async () => {
		await keepCopy();
		const [thief, second] = [await createTestDevice(), await createTestDevice()];
		await branch.claim(link, thief, { at: AT });
		await branch.claim(link, second, { at: AT });
		await branch.kit(thief);
		await branch.kit(second);
		expect(await postAs(second)).toEqual(tooLate);
	});

	it('R37 lets nobody in on the word of who may not invite', async () => {
		await keepCopy();
		await branch.claim(link, await createTestDevice(), { at: AT });
		await branch.kit(officer);
		expect(await postAs(officer)).toEqual(tooLate);
	});

	it('R37 lets nobody in by a word from before', async () => {
		const kept = await keepCopy();
		await branch.kit(branch.founder);
		await branch.claim(link, await createTestDevice(), { at: AT });
		expect(await relay.post(branch, kept)).toEqual(tooLate);
	});

	it('R37 lets nobody in by a token that does not hold', async () => {
		await keepCopy();
		const thief = await createTestDevice();
		await branch.claim(link, thief, { at: AT });
		expect(await postAs({ ...branch.founder, sign: thief.sign })).toEqual(tooLate);
		now += DAY_MS;
		const api = createRelayApi(`http://${relay.host}`, fetch);
		const old = await deviceToken(branch.founder, relay.host, branch.workspace, LATER);
		const { workspace, records } = branch;
		const posted = await api.appendRoster(workspace as WorkspaceId, 0, records, old);
		expect(posted).toEqual({ ok: true, value: tooLate });
	});
});

describe('a chain longer than a post', () => {
	it('R38 is taken in parts, by an emptied relay too, years later', async () => {
		await relay.stop();
		const maxRosterBodyBytes = 16_000;
		relay = await startRelay({ clock: { now: () => now }, tuning: { maxRosterBodyBytes } });
		for (let i = 0; i < 6; i++) await branch.pair(await branch.admit('officer'));
		await branch.invite(branch.founder);
		now = AT + 1_000 * DAY_MS;
		const whole = await fetch(`http://${relay.host}/api/roster/${branch.workspace}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ from: 0, records: branch.records })
		});
		expect(whole.status).toBe(413);
		const parts = rosterParts(branch.records, await rosterOf(branch), maxRosterBodyBytes / 2);
		expect(parts.length).toBeGreaterThan(1);
		for (const { from, records } of parts) {
			const length = from + records.length;
			expect(
				await relay.post({ ...branch, records: branch.records.slice(0, length) }, from)
			).toEqual({ status: 'ok', length });
		}
	});
});
