/** Founding and joining in this browser: keys and chain are stored before anything is shown. */
import { systemClock } from '$lib/base/clock.ts';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { ok, type Result } from '$lib/base/result.ts';
import { createRosterCrypto } from '$lib/core/crypto/signer.ts';
import type { Enrolled } from '$lib/core/keys/enrolment.ts';
import { foundWorkspace } from '$lib/core/keys/founding.ts';
import {
	claimInvitation,
	inspectInvitation,
	type Invitation,
	type InvitationProblem
} from '$lib/core/keys/joining.ts';
import type { Profile } from '$lib/core/keys/profile.ts';
import type { Vault } from '$lib/core/keys/vault.ts';
import { createDexieRoster } from '$lib/core/store/dexieRoster.ts';
import { openWorkspaceDatabase } from '$lib/core/store/workspaceDatabase.ts';
import { createRelayApi } from '$lib/core/sync/relayApi.ts';
import { deviceLabelHere } from './deviceLabel.ts';

export const enrolmentContext = () => ({ clock: systemClock, crypto: createRosterCrypto() });
export const relayApiHere = () =>
	createRelayApi(location.origin, (...request) => fetch(...request));

/**
 * The vault comes last: with keys in it, the workspace exists. `isUnanswered`: a relay knows the
 * branch and has yet to say that it has taken the last record.
 */
export async function keepEnrolled(
	{ keys, records }: Enrolled,
	vault: Vault,
	isUnanswered: boolean
): Promise<void> {
	const database = openWorkspaceDatabase(keys.workspace);
	// A try that was killed may have left a longer chain, with a device nobody has the keys of.
	await createDexieRoster(database).begin(records, isUnanswered);
	database.close();
	await vault.save(keys, systemClock.now());
	// Without this promise a browser may throw everything away when space runs low.
	void globalThis.navigator?.storage?.persist?.();
}

export async function noteAnswered(workspace: WorkspaceId): Promise<void> {
	const database = openWorkspaceDatabase(workspace);
	await createDexieRoster(database).setAnswered();
	database.close();
}

/** After a refusal: nothing half-made stays behind. */
export async function discardEnrolled(workspace: WorkspaceId, vault: Vault): Promise<void> {
	await vault.forget(workspace);
	await openWorkspaceDatabase(workspace).delete();
}

export async function found(profile: Profile, vault: Vault): Promise<WorkspaceId> {
	const own = { ...profile, label: deviceLabelHere() };
	const enrolled = await foundWorkspace(own, enrolmentContext());
	await keepEnrolled(enrolled, vault, false);
	return enrolled.keys.workspace;
}

export const inspect = (link: string): Promise<Result<Invitation, InvitationProblem>> =>
	inspectInvitation(link, relayApiHere(), enrolmentContext());

/**
 * Where a secretary has to agree first, the keys that are kept open nothing yet. When the relay was
 * told and did not answer they are kept all the same: they may be what the invitation was used for.
 */
export async function join(
	invitation: Invitation,
	profile: Profile,
	vault: Vault,
	api = relayApiHere()
): Promise<Result<WorkspaceId, InvitationProblem>> {
	const { workspace } = invitation.roster;
	if ((await vault.load(workspace)).kind !== 'none') return ok(workspace);
	const claimed = await claimInvitation(
		invitation,
		{ ...profile, label: deviceLabelHere() },
		api,
		enrolmentContext(),
		(enrolled) => keepEnrolled(enrolled, vault, true)
	);
	if (!claimed.ok) {
		await discardEnrolled(workspace, vault);
		return claimed;
	}
	if (claimed.value.isAnswered) await noteAnswered(workspace);
	return ok(workspace);
}
