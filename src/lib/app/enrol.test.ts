import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '$lib/base/clock.ts';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { err, ok } from '$lib/base/result.ts';
import { createRosterCrypto, createSigner } from '$lib/core/crypto/signer.ts';
import { foundWorkspace } from '$lib/core/keys/founding.ts';
import {
	createInvitationSecret,
	deriveInvitationKeys,
	invitationLink
} from '$lib/core/keys/invitation.ts';
import { inspectInvitation } from '$lib/core/keys/joining.ts';
import { settleUnanswered } from '$lib/core/keys/rejoin.ts';
import { createVault } from '$lib/core/keys/vault.ts';
import { inviteRecord } from '$lib/core/roster/rosterActs.ts';
import { createDexieRoster } from '$lib/core/store/dexieRoster.ts';
import { openWorkspaceDatabase } from '$lib/core/store/workspaceDatabase.ts';
import type { RelayApi } from '$lib/core/sync/relayApi.ts';
import { applyRecords } from '$lib/protocol/roster/foldRoster.ts';
import { signRecord, type RosterRecord } from '$lib/protocol/roster/rosterRecord.ts';
import { join, keepEnrolled } from './enrol.ts';

const crypto = createRosterCrypto();
const context = { clock: systemClock, crypto };
const profile = { name: '梁晓芸', post: '组织委员' };

type Post = 'answered' | 'taken, answer lost' | 'lost on the way' | 'answered by somebody else';

/** A relay that folds for itself, on a network that breaks where it is told to. */
function createFakeRelay(records: RosterRecord[]) {
	const relay = { records, posts: [] as Post[], isReachable: true, received: 0 };

	async function take(from: number, more: readonly RosterRecord[]) {
		const known = relay.records.slice(from);
		if (from > relay.records.length || known.some(({ body }, i) => body !== more[i]?.body))
			return { status: 'conflict', length: relay.records.length } as const;
		const grown = [...relay.records, ...more.slice(known.length)];
		const roster = await applyRecords(null, grown, crypto);
		if (!roster.ok) return { status: 'refused', reason: roster.error } as const;
		relay.records = grown;
		return { status: 'ok', length: grown.length } as const;
	}

	async function isIn(token: string) {
		const [, payload] = token.split('.');
		const { sub } = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as { sub: string };
		const roster = await applyRecords(null, relay.records, crypto);
		const [kind, id] = sub.split(':');
		return (
			kind === 'invite' || (roster.ok && [...roster.value.devices.keys()].some((d) => d === id))
		);
	}

	const api: RelayApi = {
		origin: 'https://desk.example',
		info: async () =>
			relay.isReachable
				? ok({ relayId: 'r', now: systemClock.now(), protocol: 'tongxin.1' })
				: err('unreachable'),
		async readRoster(_workspace, from, token) {
			if (!relay.isReachable) return err('unreachable');
			if (!(await isIn(token))) return err('not-admitted');
			return ok({ length: relay.records.length, records: relay.records.slice(from) });
		},
		async appendRoster(_workspace, from, more) {
			relay.received += 1;
			const post = relay.posts.shift() ?? (relay.isReachable ? 'answered' : 'lost on the way');
			if (post === 'lost on the way') return err('unreachable');
			if (post === 'answered by somebody else') return err('bad-answer');
			const answer = await take(from, more);
			return post === 'answered' ? ok(answer) : err('unreachable');
		}
	};
	return { relay, api };
}

async function foundInvited(uses = 1) {
	const founder = { name: '周敬宁', post: '书记', branch: '城东实验小学党支部' };
	const { keys, records, roster } = await foundWorkspace(founder, context);
	const { sign } = await createSigner(keys.signing);
	const secret = createInvitationSecret();
	const invitation = await deriveInvitationKeys(secret, keys.workspace);
	const expiresAt = systemClock.now() + 3_600_000;
	const terms = { role: 'officer', uses, member: null, expiresAt } as const;
	const { body } = inviteRecord(roster, invitation, keys.commons, terms);
	const { length: seq, head: prev } = roster;
	const at = systemClock.now();
	const invite = await signRecord(body({ v: 1, seq, prev, at, by: keys.device }), sign);
	const fake = createFakeRelay([...records, invite]);
	const link = invitationLink('https://desk.example', keys.workspace, secret);
	const inspected = await inspectInvitation(link, fake.api, context);
	if (!inspected.ok) throw new Error(inspected.error);
	return { ...fake, invitation: inspected.value, workspace: keys.workspace };
}

let vaultCount = 0;
let vault = createVault();
beforeEach(() => {
	vault = createVault(`enrolment ${++vaultCount}`);
});

async function kept(workspace: WorkspaceId) {
	const content = await vault.load(workspace);
	const database = openWorkspaceDatabase(workspace);
	const store = createDexieRoster(database);
	const [records, unanswered] = [await store.load(), await store.unanswered()];
	database.close();
	return { keys: content.kind === 'open' ? content.keys : null, records, unanswered };
}

/** What opening the workspace does first. */
async function openNext(workspace: WorkspaceId, api: RelayApi) {
	const { keys } = await kept(workspace);
	const database = openWorkspaceDatabase(workspace);
	const store = createDexieRoster(database);
	const changeKeys = (change: Parameters<typeof vault.change>[1]) =>
		vault.change(workspace, change);
	const settled = await settleUnanswered(keys!, { ...context, api, store, changeKeys });
	database.close();
	return settled;
}

describe('joining', () => {
	it('is settled when the relay has answered', async () => {
		const { relay, api, invitation, workspace } = await foundInvited();
		expect(await join(invitation, profile, vault, api)).toEqual(ok(workspace));
		const { keys, records, unanswered } = await kept(workspace);
		expect(keys).not.toBeNull();
		expect(records).toEqual(relay.records);
		expect(unanswered).toBeNull();
	});

	it('keeps the keys when the answer was lost, also of the second try', async () => {
		const { relay, api, invitation, workspace } = await foundInvited();
		relay.posts = ['taken, answer lost', 'lost on the way'];
		expect(await join(invitation, profile, vault, api)).toEqual(ok(workspace));
		const { keys, records, unanswered } = await kept(workspace);
		expect(keys).not.toBeNull();
		expect(relay.records).toEqual(records);
		expect(unanswered).toEqual({ seq: 3, isMoved: false });
		expect(await openNext(workspace, api)).toBe('answered');
	});

	it('keeps the keys when somebody on the way answered in the relay’s place', async () => {
		const { relay, api, invitation, workspace } = await foundInvited();
		relay.posts = ['answered by somebody else', 'answered by somebody else'];
		expect(await join(invitation, profile, vault, api)).toEqual(ok(workspace));
		expect((await kept(workspace)).unanswered).not.toBeNull();
		// It had never arrived: it is posted again.
		expect(await openNext(workspace, api)).toBe('answered');
		expect(relay.records).toEqual((await kept(workspace)).records);
	});

	it('stays open to both outcomes while the relay is out of reach', async () => {
		const { relay, api, invitation, workspace } = await foundInvited();
		relay.posts = ['lost on the way', 'lost on the way'];
		await join(invitation, profile, vault, api);
		relay.isReachable = false;
		expect(await openNext(workspace, api)).toBe('unanswered');
		relay.isReachable = true;
		expect(await openNext(workspace, api)).toBe('answered');
	});

	it('is lost when somebody else has used the invitation since', async () => {
		const { relay, api, invitation, workspace } = await foundInvited();
		relay.posts = ['lost on the way', 'lost on the way'];
		await join(invitation, profile, vault, api);
		const before = await kept(workspace);
		const other = createVault('of somebody else');
		expect(await join(invitation, { name: '许国平', post: '' }, other, api)).toEqual(ok(workspace));
		// Both browsers share one database in this test: this one's chain goes back into it.
		const own = { keys: before.keys!, records: before.records, roster: invitation.roster };
		await keepEnrolled(own, vault, true);
		expect(await openNext(workspace, api)).toBe('lost');
		expect(relay.records).toHaveLength(4);
	});

	it('is made anew when others were faster, and keeps nothing once the link is used', async () => {
		const { relay, api, invitation, workspace } = await foundInvited(2);
		await join(invitation, profile, createVault('the faster one'), api);
		expect(relay.records).toHaveLength(4);
		expect(await join(invitation, { name: '许国平', post: '' }, vault, api)).toEqual(ok(workspace));
		expect(relay.records).toHaveLength(5);
		expect((await kept(workspace)).records).toEqual(relay.records);
		vault = createVault('too late');
		const late = await join(invitation, { name: '何立群', post: '' }, vault, api);
		expect(late).toEqual(err('used'));
		expect((await kept(workspace)).keys).toBeNull();
	});

	it('begins nothing without a network, so that the invitation stays as it was', async () => {
		const { relay, api, invitation, workspace } = await foundInvited();
		relay.isReachable = false;
		expect(await join(invitation, profile, vault, api)).toEqual(err('unreachable'));
		expect(relay.received).toBe(0);
		expect((await kept(workspace)).keys).toBeNull();
	});
});
