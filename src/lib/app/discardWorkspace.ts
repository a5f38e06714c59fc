/** Clears one workspace off this device. */
import type { WorkspaceId } from '$lib/base/ids.ts';
import type { Vault } from '$lib/core/keys/vault.ts';
import { openWorkspaceDatabase } from '$lib/core/store/workspaceDatabase.ts';

/** The keys go first: killed in the middle, what is left is ciphertext that nothing opens. */
export async function discardWorkspace(
	workspace: WorkspaceId,
	vault: Vault,
	onKeysGone: () => void
): Promise<void> {
	await vault.forget(workspace);
	onKeysGone();
	for (const name of Object.keys(localStorage))
		if (name.includes(workspace)) localStorage.removeItem(name);
	await openWorkspaceDatabase(workspace).delete();
}
