/**
 * The composition root: builds an open workspace out of this browser's storage and network. What a
 * tab killed halfway through founding or joining left undone is made good when it is opened next.
 */
import { version } from '$app/environment';
import { systemClock } from '$lib/base/clock.ts';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { createRosterCrypto } from '$lib/core/crypto/signer.ts';
import { createSession, type Session } from '$lib/core/createSession.ts';
import { openProfile, type Profile } from '$lib/core/keys/profile.ts';
import type { DeviceKeys, Vault } from '$lib/core/keys/vault.ts';
import { readOnAsWaiting } from '$lib/core/keys/waiting.ts';
import { readSchema, stampSchema } from '$lib/core/rooms/documentKind.ts';
import { createRosterKeeper, type RosterKeeper } from '$lib/core/roster/rosterKeeper.ts';
import { createDexieRing } from '$lib/core/store/dexieRing.ts';
import { createDexieRoomLogs } from '$lib/core/store/dexieRoomLogs.ts';
import { createDexieRoster } from '$lib/core/store/dexieRoster.ts';
import { openWorkspaceDatabase } from '$lib/core/store/workspaceDatabase.ts';
import { createRelayApi } from '$lib/core/sync/relayApi.ts';
import {
	branchKind,
	branchName,
	listMembers,
	putMember,
	setBranchName
} from '$lib/features/members/index.ts';
import type { Roster } from '$lib/protocol/roster/roster.ts';
import { documentKinds } from './documentKinds.ts';
import { startLeading } from './leadership.ts';

/**
 * `waiting`: a secretary has yet to let this device in. `retired`: it was taken out, by a record it
 * has verified.
 */
export type OpenFault = 'no-keys' | 'damaged-roster' | 'waiting' | 'retired';

const CHECKPOINT_MIN_MS = 4_000;
const CHECKPOINT_SPREAD_MS = 12_000;
const DUTY_MIN_MS = 500;
const DUTY_SPREAD_MS = 2_500;

/** What a founder's first opening leaves: the branch's name and a ledger for the year. */
async function ensureFounding(session: Session, profile: Profile): Promise<void> {
	const { doc } = session.root;
	doc.transact(() => {
		if (readSchema(doc) !== 0) return;
		stampSchema(doc, branchKind);
		setBranchName(doc, profile.branch ?? '');
	});
	// Also when a tab was killed right after founding.
	const hasLedger = session.documents.current().some(({ kind }) => kind === 'ledger');
	if (!hasLedger)
		await session.createDocument('ledger', String(new Date(systemClock.now()).getFullYear()));
}

/** Everybody's own line in the register, unless there is one. */
function ensureOwnLine({ root, self }: Session, { name, post }: Profile): void {
	if (root.access !== 'write' || listMembers(root.doc).some(({ id }) => id === self.member)) return;
	const joinedAt = new Date(systemClock.now()).toISOString();
	putMember(root.doc, { id: self.member, name, posts: post ? [post] : [], joinedAt });
}

async function ensureOwnTraces(session: Session, keys: DeviceKeys, roster: Roster): Promise<void> {
	const own = roster.devices.get(keys.device)!; // see whyOutside
	const profile = openProfile(keys.commons, own.member, own.profile);
	if (!profile || session.root.access !== 'write') return;
	const isFounding = own.since === 0 && roster.devices.size === 1;
	if (isFounding) {
		await ensureFounding(session, profile);
		ensureOwnLine(session, profile);
		return;
	}
	// A further device, or somebody who was in the register before: the line may be on its way.
	void session.rootInStep().then(() => ensureOwnLine(session, profile));
}

/** Why this device may not open the workspace now, or null. */
async function whyOutside(
	keys: DeviceKeys,
	keeper: RosterKeeper
): Promise<'waiting' | 'retired' | 'damaged-roster' | null> {
	const self = () => keeper.roster.current().devices.get(keys.device);
	if (self()?.pending) await readOnAsWaiting(keys, keeper, createRelayApi(location.origin, ask));
	const found = self();
	if (!found) return 'damaged-roster';
	if (found.retired !== null) return 'retired';
	return found.pending ? 'waiting' : null;
}

const ask: typeof fetch = (...request) => fetch(...request);

export interface OpenedWorkspace {
	readonly session: Session;
	close(): Promise<void>;
}

export async function openWorkspace(
	workspace: WorkspaceId,
	vault: Vault
): Promise<Result<OpenedWorkspace, OpenFault>> {
	const content = await vault.load(workspace);
	if (content.kind !== 'open') return err('no-keys');
	const { keys } = content;
	await vault.touch(workspace, systemClock.now());
	const crypto = createRosterCrypto();
	const database = openWorkspaceDatabase(workspace);
	const kept = await createRosterKeeper(workspace, createDexieRoster(database), crypto);
	if (!kept.ok) return err('damaged-roster');
	const keeper = kept.value;
	const outside = await whyOutside(keys, keeper);
	if (outside) {
		database.close();
		return err(outside);
	}
	let leading = false;
	const session = await createSession({
		origin: location.origin,
		keys,
		changeKeys: (change) => vault.change(workspace, change),
		keeper,
		logs: createDexieRoomLogs(database),
		ring: createDexieRing(database),
		crypto,
		clock: systemClock,
		rootKind: branchKind,
		kinds: documentKinds,
		isLeader: () => leading,
		journalStorage: localStorage,
		sightingStorage: localStorage,
		dutyWaitMs: () => DUTY_MIN_MS + Math.random() * DUTY_SPREAD_MS,
		branchName,
		appVersion: version,
		checkpointWaitMs: () => CHECKPOINT_MIN_MS + Math.random() * CHECKPOINT_SPREAD_MS,
		WebSocket,
		fetch: ask
	});
	const stopLeading = startLeading(workspace, () => {
		leading = true;
		session.becomeLeader();
	});
	const latest = await vault.change(workspace, (stored) => stored);
	await ensureOwnTraces(session, latest, keeper.roster.current());

	const nudge = () => document.visibilityState === 'visible' && session.nudge();
	const drop = () => session.link.drop();
	addEventListener('online', nudge);
	addEventListener('offline', drop);
	document.addEventListener('visibilitychange', nudge);
	return ok({
		session,
		async close() {
			removeEventListener('online', nudge);
			removeEventListener('offline', drop);
			document.removeEventListener('visibilitychange', nudge);
			stopLeading();
			await session.close();
			database.close();
		}
	});
}
