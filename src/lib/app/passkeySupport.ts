/** Whether a passkey can lock the app here: the browser has the PRF extension, the device a lock. */

const IP_ADDRESS = /^(\d+(\.\d+){3}|\[.*\])$/;

export async function canLockByPasskey(): Promise<boolean> {
	// A passkey belongs to a domain; WebAuthn knows none for a bare address.
	if (IP_ADDRESS.test(location.hostname)) return false;
	if (!('PublicKeyCredential' in globalThis)) return false;
	if (!('getClientCapabilities' in PublicKeyCredential)) return false;
	try {
		const has: Record<string, boolean | undefined> =
			await PublicKeyCredential.getClientCapabilities();
		return has['extension:prf'] === true && has.userVerifyingPlatformAuthenticator === true;
	} catch {
		return false;
	}
}
