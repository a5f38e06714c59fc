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
import { settleUnanswered, type Rejoined } from '$lib/core/keys/rejoin.ts';
import { resealOwn } from '$lib/core/keys/resealOwn.ts';
import type { DeviceKeys, Vault } from '$lib/core/keys/vault.ts';
import { readOnAsWaiting } from '$lib/core/keys/waiting.ts';
import { readSchema, stampSchema } from '$lib/core/rooms/documentKind.ts';
import { createRosterKeeper, type RosterKeeper } from '$lib/core/roster/rosterKeeper.ts';
import { createDexieBlobs } from '$lib/core/store/dexieBlobs.ts';
import { createDexieRing } from '$lib/core/store/dexieRing.ts';
import { createDexieRoomLogs } from '$lib/core/store/dexieRoomLogs.ts';
import { createDexieRoster, type DexieRoster } from '$lib/core/store/dexieRoster.ts';
import {
	openWorkspaceDatabase,
	type WorkspaceDatabase
} from '$lib/core/store/workspaceDatabase.ts';
import { createRelayApi } from '$lib/core/sync/relayApi.ts';
import {
	branchKind,
	branchName,
	listMembers,
	putMember,
	setBranchName
} from '$lib/features/members/index.ts';
import type { Roster } from '$lib/protocol/roster/roster.ts';
import { atMost } from './atMost.ts';
import { documentKinds } from './documentKinds.ts';
import { startLeading } from './leadership.ts';

/**
 * `waiting`: a secretary has yet to let this device in. `retired`: it was taken out, by a record it
 * has verified. `not-let-in`: its claim was never answered, and cannot come through any more.
 */
export type OpenFault = 'no-keys' | 'damaged-roster' | 'waiting' | 'retired' | 'not-let-in';

const CHECKPOINT_MIN_MS = 4_000;
const CHECKPOINT_SPREAD_MS = 12_000;
const CLOSE_MAX_MS = 5_000;
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
	const hasLedger = session.documents
		.current()
		.some(({ kind, circle }) => kind === 'ledger' && circle === 'commons');
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
	/** The relay has not said yet that it has the record by which this device came in. */
	readonly isUnanswered: boolean;
	close(): Promise<void>;
}

/** What a broken connection or a recovery without a relay has left open. One tab at a time. */
async function settle(keys: DeviceKeys, vault: Vault, store: DexieRoster): Promise<Rejoined> {
	if (!(await store.unanswered())) return 'answered';
	const { workspace } = keys;
	return navigator.locks.request(`tongxin.settle.${workspace}`, () =>
		settleUnanswered(keys, {
			...{ clock: systemClock, crypto: createRosterCrypto(), store },
			api: createRelayApi(location.origin, ask),
			changeKeys: (change) => vault.change(workspace, change)
		})
	);
}

/** What follows when it is settled; the next opening does it again until all is done. */
async function finishSettling(
	keys: DeviceKeys,
	roster: Roster,
	store: DexieRoster,
	database: WorkspaceDatabase,
	settled: Rejoined
): Promise<void> {
	const found = await store.unanswered();
	if (!found) return;
	const [logs, ring] = [createDexieRoomLogs(database), createDexieRing(database)];
	const isDone = !found.isMoved || (await resealOwn({ keys, roster, logs, ring }));
	if (isDone && settled === 'answered') await store.setAnswered();
}

export async function openWorkspace(
	workspace: WorkspaceId,
	vault: Vault
): Promise<Result<OpenedWorkspace, OpenFault>> {
	const content = await vault.load(workspace);
	if (content.kind !== 'open') return err('no-keys');
	await vault.touch(workspace, systemClock.now());
	const database = openWorkspaceDatabase(workspace);
	try {
		const opened = await openWith(content.keys, vault, database);
		if (!opened.ok) database.close();
		return opened;
	} catch (error) {
		database.close();
		throw error;
	}
}

async function openWith(
	stored: DeviceKeys,
	vault: Vault,
	database: WorkspaceDatabase
): Promise<Result<OpenedWorkspace, OpenFault>> {
	const { workspace } = stored;
	const store = createDexieRoster(database);
	const settled = await settle(stored, vault, store);
	if (settled === 'lost') return err('not-let-in');
	const crypto = createRosterCrypto();
	const kept = await createRosterKeeper(workspace, store, crypto);
	if (!kept.ok) return err('damaged-roster');
	const keeper = kept.value;
	const keys = await vault.change(workspace, (latest) => latest);
	await finishSettling(keys, keeper.roster.current(), store, database, settled);
	const outside = await whyOutside(keys, keeper);
	if (outside) return err(outside);
	const isUnanswered = (await store.unanswered()) !== null;
	let leading = false;
	const session = await createSession({
		origin: location.origin,
		keys,
		changeKeys: (change) => vault.change(workspace, change),
		keeper,
		logs: createDexieRoomLogs(database),
		ring: createDexieRing(database),
		blobs: createDexieBlobs(database),
		// Absent outside of secure contexts and in old browsers.
		estimate: navigator.storage ? () => navigator.storage.estimate() : null,
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
	try {
		const latest = await vault.change(workspace, (now) => now);
		await ensureOwnTraces(session, latest, keeper.roster.current());
	} catch (error) {
		// Behind the screen that says so, nothing may go on.
		stopLeading();
		await atMost(CLOSE_MAX_MS, () => session.close());
		throw error;
	}

	const nudge = () => document.visibilityState === 'visible' && session.nudge();
	const drop = () => session.link.drop();
	addEventListener('online', nudge);
	addEventListener('offline', drop);
	document.addEventListener('visibilitychange', nudge);
	return ok({
		session,
		isUnanswered,
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
