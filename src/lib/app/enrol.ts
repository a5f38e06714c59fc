/** Founding and joining in this browser: keys and chain are stored before anything is shown. */
import { systemClock } from '$lib/base/clock.ts';
import type { WorkspaceId } from '$lib/base/ids.ts';
import { ok, type Result } from '$lib/base/result.ts';
import { createRosterCrypto } from '$lib/core/crypto/signer.ts';
import {
	claimInvitation,
	foundWorkspace,
	inspectInvitation,
	type Enrolled,
	type Invitation,
	type InvitationProblem
} from '$lib/core/keys/enrolment.ts';
import type { Profile } from '$lib/core/keys/profile.ts';
import type { Vault } from '$lib/core/keys/vault.ts';
import { createDexieRoster } from '$lib/core/store/dexieRoster.ts';
import { openWorkspaceDatabase } from '$lib/core/store/workspaceDatabase.ts';
import { createRelayApi } from '$lib/core/sync/relayApi.ts';

const context = () => ({ clock: systemClock, crypto: createRosterCrypto() });
const api = () => createRelayApi(location.origin, (...request) => fetch(...request));

/** The vault comes last: with keys in it, the workspace exists. */
async function keep({ keys, records }: Enrolled, vault: Vault): Promise<WorkspaceId> {
	const database = openWorkspaceDatabase(keys.workspace);
	await createDexieRoster(database).append(0, records);
	database.close();
	await vault.save(keys, systemClock.now());
	// Without this promise a browser may throw everything away when space runs low.
	void navigator.storage?.persist?.();
	return keys.workspace;
}

export async function found(profile: Profile, vault: Vault): Promise<WorkspaceId> {
	return keep(await foundWorkspace(profile, context()), vault);
}

export const inspect = (link: string): Promise<Result<Invitation, InvitationProblem>> =>
	inspectInvitation(link, api(), context());

export async function join(
	invitation: Invitation,
	profile: Profile,
	vault: Vault
): Promise<Result<WorkspaceId, InvitationProblem>> {
	const { workspace } = invitation.roster;
	if (await vault.load(workspace)) return ok(workspace);
	const prepare = async (enrolled: Enrolled) => void (await keep(enrolled, vault));
	const claimed = await claimInvitation(invitation, profile, api(), context(), prepare);
	if (claimed.ok) return ok(workspace);
	await vault.forget(workspace);
	await openWorkspaceDatabase(workspace).delete();
	return claimed;
}
