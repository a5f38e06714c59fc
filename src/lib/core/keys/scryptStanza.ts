/**
 * The `scrypt` stanza of the age format, worked out in slices: age-encryption's own computes it in
 * one go and would freeze the page, on a slow phone for seconds. What it makes opens with
 * `age --decrypt` and a passphrase. https://age-encryption.org/v1#the-scrypt-recipient-type
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { scryptAsync } from '@noble/hashes/scrypt.js';
import type { Identity, Recipient, Stanza } from 'age-encryption';
import { base64UrlToBytes, bytesToBase64Url, concatBytes, utf8ToBytes } from '$lib/base/bytes.ts';
import { cryptoRandom } from '$lib/base/ids.ts';
import type { Redacted } from '$lib/base/redacted.ts';

const LABEL = utf8ToBytes('age-encryption.org/v1/scrypt');
const SALT_BYTES = 16;
/** The wrapping key is used once: its salt is random. */
const ZERO_NONCE = new Uint8Array(12);
/** As stock age: a crafted file must not take all memory. */
const MAX_LOG_N = 20;
const SLICE_MS = 16;

const wrappingKey = (passphrase: Redacted<string>, salt: Uint8Array, logN: number) =>
	scryptAsync(passphrase.reveal(), concatBytes(LABEL, salt), {
		N: 2 ** logN,
		r: 8,
		p: 1,
		dkLen: 32,
		asyncTick: SLICE_MS
	});

const toBase64 = (bytes: Uint8Array) =>
	bytesToBase64Url(bytes).replaceAll('-', '+').replaceAll('_', '/');
const fromBase64 = (text: string) =>
	base64UrlToBytes(text.replaceAll('+', '-').replaceAll('/', '_'));

export function createScryptRecipient(passphrase: Redacted<string>, logN: number): Recipient {
	return {
		async wrapFileKey(fileKey): Promise<Stanza[]> {
			const { Stanza } = await import('age-encryption');
			const salt = cryptoRandom(SALT_BYTES);
			const key = await wrappingKey(passphrase, salt, logN);
			const body = chacha20poly1305(key, ZERO_NONCE).encrypt(fileKey);
			return [new Stanza(['scrypt', toBase64(salt), String(logN)], body)];
		}
	};
}

export function createScryptIdentity(passphrase: Redacted<string>): Identity {
	return {
		async unwrapFileKey([stanza]) {
			const [type, saltText = '', logNText = ''] = stanza?.args ?? [];
			const salt = fromBase64(saltText);
			const logN = Number(logNText);
			if (!stanza || type !== 'scrypt' || salt?.length !== SALT_BYTES) return null;
			if (!/^[1-9]\d?$/.test(logNText) || logN > MAX_LOG_N) return null;
			const key = await wrappingKey(passphrase, salt, logN);
			try {
				return chacha20poly1305(key, ZERO_NONCE).decrypt(stanza.body);
			} catch {
				return null;
			}
		}
	};
}
