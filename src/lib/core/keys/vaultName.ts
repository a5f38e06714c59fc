/** The database of the vault; apart from it, so that one can look for it without loading the vault. */
export const VAULT_NAME = 'tongxin';

/** Whether a vault may be here. A browser that does not list its databases leaves it open. */
export async function mayHaveVault(): Promise<boolean> {
	if (!('databases' in indexedDB)) return true;
	return (await indexedDB.databases()).some(({ name }) => name === VAULT_NAME);
}
