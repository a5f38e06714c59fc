/**
 * Ed25519 signing. A device keeps a seed of 32 bytes, so that the app lock can seal it; for use it
 * becomes a WebCrypto key that cannot be read out and signs ten times faster than JavaScript. Where
 * the browser has no Ed25519, @noble/curves does it, loaded only then.
 */
import type { RosterCrypto } from '$lib/protocol/roster/roster.ts';
import { webRosterCrypto } from '$lib/protocol/roster/webCrypto.ts';
import { base64UrlToBytes, concatBytes } from '$lib/base/bytes.ts';
import { cryptoRandom } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import type { SecretKey } from './aead.ts';

export interface Signer {
	readonly publicKey: Uint8Array<ArrayBuffer>;
	sign(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * What the vault keeps of a signer. `native` keys are those of devices that the first version made:
 * structured-cloned, never exported, and so not to be locked.
 */
export type SigningKey =
	| {
			readonly kind: 'native';
			readonly privateKey: CryptoKey;
			readonly publicKey: Uint8Array<ArrayBuffer>;
	  }
	| { readonly kind: 'portable'; readonly seed: SecretKey };

const loadCurves = () => import('@noble/curves/ed25519.js');

const SEED_BYTES = 32;
/** DER of a PKCS#8 Ed25519 key up to its 32 secret bytes. RFC 8410, section 7. */
const PKCS8_PREFIX = Uint8Array.of(48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32);

export const createSigningKey = async (): Promise<SigningKey> => ({
	kind: 'portable',
	seed: new Redacted(cryptoRandom(SEED_BYTES))
});

const nativeSigner = (privateKey: CryptoKey, publicKey: Uint8Array<ArrayBuffer>): Signer => ({
	publicKey,
	sign: async (bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, bytes))
});

/** Null where the browser cannot: older ones have no Ed25519, or do not tell the public part. */
async function importSeed(seed: SecretKey): Promise<Signer | null> {
	const pkcs8 = concatBytes(PKCS8_PREFIX, seed.reveal());
	const importKey = (extractable: boolean) =>
		crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', extractable, ['sign']);
	try {
		const { x } = await crypto.subtle.exportKey('jwk', await importKey(true));
		const publicKey = base64UrlToBytes(x ?? '');
		return publicKey?.length === SEED_BYTES
			? nativeSigner(await importKey(false), publicKey)
			: null;
	} catch {
		return null;
	} finally {
		pkcs8.fill(0);
	}
}

/** A signer from 32 secret bytes: a device's own, or those both sides derive from an invitation. */
export async function createSeedSigner(seed: SecretKey): Promise<Signer> {
	const native = await importSeed(seed);
	if (native) return native;
	const { ed25519 } = await loadCurves();
	return {
		publicKey: new Uint8Array(ed25519.getPublicKey(seed.reveal())),
		sign: async (bytes) => new Uint8Array(ed25519.sign(bytes, seed.reveal()))
	};
}

export const createSigner = async (key: SigningKey): Promise<Signer> =>
	key.kind === 'portable'
		? createSeedSigner(key.seed)
		: nativeSigner(key.privateKey, key.publicKey);

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
					// As WebCrypto does it: two devices must not judge one record differently.
					return ed25519.verify(signature, bytes, publicKey, { zip215: false });
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
