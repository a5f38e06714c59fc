/**
 * Ed25519 signing. WebCrypto where the browser has it: ten times faster than JavaScript, and the
 * private key cannot be read out. Otherwise @noble/curves, loaded only then.
 */
import type { RosterCrypto } from '$lib/protocol/roster/roster.ts';
import { webRosterCrypto } from '$lib/protocol/roster/webCrypto.ts';
import { Redacted } from '$lib/base/redacted.ts';

export interface Signer {
	readonly publicKey: Uint8Array<ArrayBuffer>;
	sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

/** What the vault keeps of a signer. `native` keys are structured-cloned, never exported. */
export type SigningKey =
	| {
			readonly kind: 'native';
			readonly privateKey: CryptoKey;
			readonly publicKey: Uint8Array<ArrayBuffer>;
	  }
	| { readonly kind: 'portable'; readonly seed: Redacted<Uint8Array<ArrayBuffer>> };

const loadCurves = () => import('@noble/curves/ed25519.js');

export async function createSigningKey(): Promise<SigningKey> {
	try {
		const pair = await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
		const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
		return { kind: 'native', privateKey: pair.privateKey, publicKey };
	} catch {
		const { ed25519 } = await loadCurves();
		return {
			kind: 'portable',
			seed: new Redacted(new Uint8Array(ed25519.utils.randomSecretKey()))
		};
	}
}

export async function createSigner(key: SigningKey): Promise<Signer> {
	if (key.kind === 'portable') return createSeedSigner(key.seed);
	return {
		publicKey: key.publicKey,
		sign: async (bytes) =>
			new Uint8Array(await crypto.subtle.sign('Ed25519', key.privateKey, bytes))
	};
}

/** A signer from 32 secret bytes, for invitations: both sides derive it from the link. */
export async function createSeedSigner(seed: Redacted<Uint8Array<ArrayBuffer>>): Promise<Signer> {
	const { ed25519 } = await loadCurves();
	return {
		publicKey: new Uint8Array(ed25519.getPublicKey(seed.reveal())),
		sign: async (bytes) => new Uint8Array(ed25519.sign(bytes, seed.reveal()))
	};
}

let nativeVerify: Promise<boolean> | null = null;

async function knowsEd25519(): Promise<boolean> {
	try {
		await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
		return true;
	} catch {
		return false;
	}
}

/** Verification with imported keys remembered: a room's entries come from few authors. */
export function createRosterCrypto(): RosterCrypto {
	const imported = new Map<string, Promise<CryptoKey>>();
	const importKey = (publicKey: Uint8Array<ArrayBuffer>) => {
		const name = publicKey.join();
		const key =
			imported.get(name) ?? crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
		imported.set(name, key);
		return key;
	};
	return {
		sha256: webRosterCrypto.sha256,
		async verify(publicKey, bytes, signature) {
			nativeVerify ??= knowsEd25519();
			if (!(await nativeVerify)) {
				const { ed25519 } = await loadCurves();
				try {
					return ed25519.verify(signature, bytes, publicKey);
				} catch {
					return false;
				}
			}
			try {
				return await crypto.subtle.verify('Ed25519', await importKey(publicKey), signature, bytes);
			} catch {
				return false;
			}
		}
	};
}
