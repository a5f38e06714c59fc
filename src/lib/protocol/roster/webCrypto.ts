/** The roster's two primitives from WebCrypto, where it knows Ed25519 (Node, current browsers). */
import type { RosterCrypto } from './roster.ts';

export const webRosterCrypto: RosterCrypto = {
	async sha256(bytes) {
		return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	},
	async verify(publicKey, bytes, signature) {
		try {
			const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
			return await crypto.subtle.verify('Ed25519', key, signature, bytes);
		} catch {
			return false; // a point that is not on the curve
		}
	}
};
