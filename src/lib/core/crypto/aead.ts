/** Authenticated encryption of everything that leaves the page: XChaCha20-Poly1305, random nonce. */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { concatBytes } from '$lib/base/bytes.ts';
import { cryptoRandom, type RandomBytes } from '$lib/base/ids.ts';
import type { Redacted } from '$lib/base/redacted.ts';

export type SecretKey = Redacted<Uint8Array<ArrayBuffer>>;

export const KEY_BYTES = 32;
export const NONCE_BYTES = 24;

export function encrypt(
	key: SecretKey,
	nonce: Uint8Array,
	aad: Uint8Array,
	plain: Uint8Array
): Uint8Array {
	return xchacha20poly1305(key.reveal(), nonce, aad).encrypt(plain);
}

/** Null when the tag does not hold: wrong key, wrong context or changed bytes. */
export function decrypt(
	key: SecretKey,
	nonce: Uint8Array,
	aad: Uint8Array,
	sealed: Uint8Array
): Uint8Array | null {
	try {
		return xchacha20poly1305(key.reveal(), nonce, aad).decrypt(sealed);
	} catch {
		return null;
	}
}

/** Nonce and ciphertext in one, for small things that have no header of their own. */
export function sealBox(
	key: SecretKey,
	aad: Uint8Array,
	plain: Uint8Array,
	random: RandomBytes = cryptoRandom
): Uint8Array<ArrayBuffer> {
	const nonce = random(NONCE_BYTES);
	return concatBytes(nonce, encrypt(key, nonce, aad, plain));
}

export function openBox(key: SecretKey, aad: Uint8Array, box: Uint8Array): Uint8Array | null {
	if (box.length <= NONCE_BYTES) return null;
	return decrypt(key, box.subarray(0, NONCE_BYTES), aad, box.subarray(NONCE_BYTES));
}
