/**
 * The composition root: builds an open workspace out of this browser's storage and network. What a
 * tab killed halfway through founding or joining left undone is made good when it is opened next.
 */
import { systemClock } from '$lib/base/clock.ts';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { createRosterCrypto } from '$lib/core/crypto/signer.ts';
import { createSession, type Session } from '$lib/core/createSession.ts';
import { openProfile } from '$lib/core/keys/profile.ts';
import type { DeviceKeys, Vault } from '$lib/core/keys/vault.ts';
import { readSchema, stampSchema } from '$lib/core/rooms/documentKind.ts';
import { createRosterKeeper } from '$lib/core/roster/rosterKeeper.ts';
import { createDexieRoomLogs } from '$lib/core/store/dexieRoomLogs.ts';
import { createDexieRoster } from '$lib/core/store/dexieRoster.ts';
import { openWorkspaceDatabase } from '$lib/core/store/workspaceDatabase.ts';
import { branchKind, listMembers, putMember, setBranchName } from '$lib/features/members/index.ts';
import type { RosterDevice } from '$lib/protocol/roster/roster.ts';
import { documentKinds } from './documentKinds.ts';
import { startLeading } from './leadership.ts';

export type OpenFault = 'no-keys' | 'damaged-roster';

const CHECKPOINT_MIN_MS = 4_000;
const CHECKPOINT_SPREAD_MS = 12_000;

/** The founder's first opening fills the branch document; everybody's adds their own line. */
async function ensureOwnTraces(
	session: Session,
	keys: DeviceKeys,
	self: RosterDevice
): Promise<void> {
	const commons = [...keys.commons.values()][0];
	const profile = commons ? openProfile(commons, self.member, self.profile) : null;
	if (!profile || session.root.access !== 'write') return;
	const { doc } = session.root;
	const founding = self.since === 0 && readSchema(doc) === 0;
	doc.transact(() => {
		if (founding) {
			stampSchema(doc, branchKind);
			setBranchName(doc, profile.branch ?? '');
		}
		if (!listMembers(doc).some(({ id }) => id === self.member)) {
			const joinedAt = new Date(systemClock.now()).toISOString();
			putMember(doc, {
				id: self.member,
				name: profile.name,
				posts: profile.post ? [profile.post] : [],
				joinedAt
			});
		}
	});
	// Also when a tab was killed right after founding.
	const hasLedger = session.documents.current().some(({ kind }) => kind === 'ledger');
	if (self.since === 0 && !hasLedger)
		await session.createDocument('ledger', String(new Date(systemClock.now()).getFullYear()));
}

export interface OpenedWorkspace {
	readonly session: Session;
	close(): Promise<void>;
}

export async function openWorkspace(
	workspace: WorkspaceId,
	vault: Vault
): Promise<Result<OpenedWorkspace, OpenFault>> {
	const keys = await vault.load(workspace);
	if (!keys) return err('no-keys');
	await vault.touch(workspace, systemClock.now());
	const crypto = createRosterCrypto();
	const database = openWorkspaceDatabase(workspace);
	const keeper = await createRosterKeeper(workspace, createDexieRoster(database), crypto);
	if (!keeper.ok) return err('damaged-roster');
	let leading = false;
	const session = await createSession({
		origin: location.origin,
		keys,
		keeper: keeper.value,
		logs: createDexieRoomLogs(database),
		crypto,
		clock: systemClock,
		rootKind: branchKind,
		kinds: documentKinds,
		isLeader: () => leading,
		journalStorage: localStorage,
		checkpointWaitMs: () => CHECKPOINT_MIN_MS + Math.random() * CHECKPOINT_SPREAD_MS,
		WebSocket,
		fetch: (...request) => fetch(...request)
	});
	const stopLeading = startLeading(workspace, () => {
		leading = true;
		session.becomeLeader();
	});
	const self = keeper.value.roster.current().devices.get(keys.device);
	if (self) await ensureOwnTraces(session, keys, self);

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
