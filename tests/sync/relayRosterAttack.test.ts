/** The chain against those who want another one: each attacker by name, on a relay as it runs. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../src/lib/base/ids.ts';
import { applyRecords } from '../../src/lib/protocol/roster/foldRoster.ts';
import type { RosterRecord } from '../../src/lib/protocol/roster/rosterRecord.ts';
import { webRosterCrypto } from '../../src/lib/protocol/roster/webCrypto.ts';
import {
	createTestBranch,
	createTestDevice,
	createTestKey,
	DAY_MS,
	deviceToken,
	offers,
	rosterOf,
	type TestBranch,
	type TestDevice
} from '../support/relayBranch.ts';
import { postRoster } from '../support/relayInProcess.ts';
import { connectMux } from '../support/relayMuxClient.ts';
import { startRelayProcess, type RelayProcess } from '../support/relayProcess.ts';
import { closeCodes } from '../../src/lib/protocol/closeCodes.ts';

let relay: RelayProcess;
let branch: TestBranch;
beforeAll(async () => {
	relay = await startRelayProcess();
});
afterAll(() => relay.dispose());
beforeEach(async () => {
	branch = await createTestBranch();
});

const post = (from: number, records: readonly RosterRecord[] = branch.records.slice(from)) =>
	postRoster(relay.host, branch.workspace, from, records);
const ok = () => ({ status: 'ok', length: branch.records.length });
const refused = (reason: string) => ({ status: 'refused', reason });

async function chainAsSeenBy(device: TestDevice): Promise<RosterRecord[]> {
	const token = await deviceToken(device, relay.host, branch.workspace);
	const response = await fetch(`http://${relay.host}/api/roster/${branch.workspace}?from=0`, {
		headers: { Authorization: `Bearer ${token}` }
	});
	return ((await response.json()) as { records: RosterRecord[] }).records;
}

/** What a device with the chain up to `known` says to more of it. */
async function shown(known: number, more: readonly RosterRecord[]): Promise<string | null> {
	const roster = await applyRecords(null, branch.records.slice(0, known), webRosterCrypto);
	if (!roster.ok) throw new Error(roster.error);
	const next = await applyRecords(roster.value, more, webRosterCrypto);
	return next.ok ? null : next.error;
}

describe('two secretaries who act at once', () => {
	it('R9 one of them is told of a conflict, acts again on the new head, and both acts stand', async () => {
		const second = await branch.admit('secretary');
		const [one, other] = [await branch.admit('officer'), await branch.admit('officer')];
		expect(await post(0)).toEqual(ok());
		const head = branch.records.length;
		const mine = await branch.setRole(branch.founder, one, 'observer');
		branch.cut(head);
		const hers = await branch.retire(second, other);
		branch.cut(head);
		const answers = await Promise.all([post(head, [mine]), post(head, [hers])]);
		const conflicts = answers.filter((answer) => (answer as { status: string }).status !== 'ok');
		expect(conflicts).toEqual([{ status: 'conflict', length: head + 1 }]);
		const [winner] = (await chainAsSeenBy(branch.founder)).slice(head);
		(branch.records as RosterRecord[]).push(winner!);
		if (winner!.body === mine.body) await branch.retire(second, other);
		else await branch.setRole(branch.founder, one, 'observer');
		expect(await post(head + 1)).toEqual(ok());
		const roster = await rosterOf({ records: await chainAsSeenBy(second) });
		expect(roster.devices.get(one.id)?.role).toBe('observer');
		expect(roster.devices.get(other.id)?.retired).not.toBeNull();
	});

	it('R9 R23 cannot both renew the key: the loser finds the new epoch taken', async () => {
		const second = await branch.admit('secretary');
		await post(0);
		const mine = await branch.rotate(branch.founder, 2);
		branch.cut(3);
		const hers = await branch.rotate(second, 2);
		expect(await post(3, [hers])).toEqual(ok());
		expect(await post(3, [mine])).toEqual({ status: 'conflict', length: 4 });
		await branch.rotate(branch.founder, 2);
		expect(await post(4)).toEqual(refused('wrong-epoch'));
	});

	it('R9 R26 cannot put each other out and leave nobody', async () => {
		const second = await branch.admit('secretary');
		await post(0);
		const mine = await branch.retire(branch.founder, second);
		branch.cut(3);
		const hers = await branch.retire(second, branch.founder);
		await Promise.all([post(3, [mine]), post(3, [hers])]);
		const token = await deviceToken(second, relay.host, branch.workspace);
		const socket = await connectMux(
			`ws://${relay.host}/sync/${branch.workspace}`,
			offers(token)
		).then(
			(client) => client.close().then(() => 'in'),
			() => 'out'
		);
		// Whoever was quicker is in, and nobody else.
		const chain = await chainAsSeenBy(socket === 'in' ? second : branch.founder);
		const { devices } = await rosterOf({ records: chain });
		expect([...devices.values()].filter(({ retired }) => retired === null).length).toBe(1);
		expect(devices.get(second.id)?.retired).toBe(socket === 'in' ? null : 3);
	});
});

describe('a relay operator', () => {
	it('R4 R5 who appends a device of his own is refused by the next device', async () => {
		await branch.admit('officer');
		const { length } = branch.records;
		const spy = await createTestDevice();
		const ownLink = await branch.invite({ ...branch.founder, sign: spy.sign });
		await branch.claim(ownLink, spy);
		expect(await shown(length, branch.records.slice(length))).toBe('bad-signature');
		branch.cut(length);
		await branch.claim(await createTestKey(), spy);
		expect(await shown(length, branch.records.slice(length))).toBe('invite-unknown');
		branch.cut(length);
		await branch.invite(spy);
		expect(await shown(length, branch.records.slice(length))).toBe('unknown-author');
	});

	it('R2 who shows an old record again is refused, be it by the relay or by a device', async () => {
		const officer = await branch.admit('officer');
		await branch.setRole(branch.founder, officer, 'secretary');
		await branch.setRole(branch.founder, officer, 'observer');
		const promotion = branch.records[3]!;
		expect(await shown(5, [promotion])).toBe('out-of-sequence');
		await post(0);
		expect(await post(5, [promotion])).toEqual(refused('out-of-sequence'));
	});

	it('R2 who leaves out a removal cannot go on: what follows does not hold without it', async () => {
		const removed = await branch.admit('officer');
		await branch.retire(branch.founder, removed);
		await branch.invite(branch.founder);
		const [, invitation] = branch.records.slice(3);
		expect(await shown(3, [invitation!])).toBe('out-of-sequence');
	});

	it('R2 R12 who drops the last record is given it again by any device that has it', async () => {
		const removed = await branch.admit('officer');
		await post(0);
		await branch.retire(branch.founder, removed);
		expect(await post(3)).toEqual(ok());
		expect(await post(0)).toEqual(ok());
	});

	it('R30 who writes a signature more onto a record does not make another chain of it', async () => {
		await branch.invite(branch.founder);
		const [founding, invitation] = branch.records;
		const marked = { ...invitation!, proof: founding!.signature };
		expect(await shown(1, [marked])).toBe('malformed');
		expect(await post(0, [founding!, marked])).toEqual(refused('malformed'));
	});

	it('R12 who begins another chain under the name of the workspace is refused', async () => {
		const other = await createTestBranch();
		const made = await applyRecords(null, other.records, webRosterCrypto);
		expect(made.ok && made.value.workspace).not.toBe(branch.workspace as WorkspaceId);
		expect(await post(0, other.records)).toEqual(refused('not-the-founding'));
	});
});

describe('a removed device that kept its keys', () => {
	it('H12 is dropped by a relay in another process within a second, and its records are refused', async () => {
		const removed = await branch.admit('secretary');
		const kit = await branch.kit(removed);
		const link = await branch.invite(removed, { uses: 9, role: 'secretary' });
		await post(0);
		const token = await deviceToken(removed, relay.host, branch.workspace);
		const client = await connectMux(`ws://${relay.host}/sync/${branch.workspace}`, offers(token));
		const { length } = branch.records;
		await branch.retire(branch.founder, removed);
		const startedAt = performance.now();
		expect(await post(length)).toEqual(ok());
		expect(await client.closed).toBe(closeCodes.notAuthorised);
		expect(performance.now() - startedAt).toBeLessThan(1_000);
		const tries: [() => Promise<unknown>, string][] = [
			[() => branch.setRole(removed, removed, 'secretary'), 'author-retired'],
			[() => branch.retire(removed, branch.founder), 'author-retired'],
			[() => branch.invite(removed, { member: removed.card.member }), 'author-retired'],
			[async () => branch.claim(link, await createTestDevice()), 'invite-revoked'],
			[async () => branch.recover(kit, await createTestDevice(removed.card.member)), 'kit-unknown']
		];
		for (const [attempt, reason] of tries) {
			await attempt();
			expect(await post(length + 1)).toEqual(refused(reason));
			branch.cut(length + 1);
		}
		expect((await chainAsSeenBy(branch.founder)).length).toBe(length + 1);
	});
});

describe('a stranger with a leaked link', () => {
	it('R6 R7 R18 finds it used, expired or revoked', async () => {
		const used = await branch.invite(branch.founder);
		await branch.claim(used, await createTestDevice());
		const revoked = await branch.invite(branch.founder, { uses: 9 });
		await branch.act(branch.founder, { type: 'revoke', inviteKey: revoked.name });
		const expired = await branch.invite(branch.founder, { expiresAt: Date.now() - 1 });
		await post(0);
		const { length } = branch.records;
		for (const [key, reason] of [
			[used, 'invite-used'],
			[revoked, 'invite-revoked'],
			[expired, 'invite-expired']
		] as const) {
			await branch.claim(key, await createTestDevice(), { at: Date.now() - DAY_MS });
			expect(await post(length)).toEqual(refused(reason));
			branch.cut(length);
		}
	});
});
