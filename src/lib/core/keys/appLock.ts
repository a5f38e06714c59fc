/**
 * The app lock's cipher: wraps the vault's master key by a PIN, a passphrase or a passkey, as an
 * age file. Knows neither the vault's rows nor how often somebody has tried.
 */
import { Redacted } from '$lib/base/redacted.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { KEY_BYTES, type SecretKey } from '../crypto/aead.ts';
import { createScryptIdentity, createScryptRecipient } from './scryptStanza.ts';

export type LockMethod = 'pin' | 'passphrase' | 'passkey';

/** What is asked of a person to turn the lock on. */
export type NewLock =
	| { readonly method: 'pin' | 'passphrase'; readonly text: Redacted<string> }
	/** `keyName` is what the device's own list of passkeys will call it. */
	| { readonly method: 'passkey'; readonly keyName: string };

/** What is asked of a person to open it; a passkey's secret never leaves the authenticator. */
export type LockSecret =
	| { readonly method: 'pin' | 'passphrase'; readonly text: Redacted<string> }
	| { readonly method: 'passkey' };

export interface WrappedMaster {
	readonly method: LockMethod;
	/** An age file around the master key. */
	readonly file: Uint8Array<ArrayBuffer>;
	/** Which passkey; the authenticator's name for it, no secret. */
	readonly credential: string | null;
}

/** `unavailable`: the passkey was not given, was cancelled, or the browser cannot use it. */
export type UnwrapProblem = 'wrong' | 'unavailable';

export interface LockCipher {
	wrap(master: SecretKey, lock: NewLock): Promise<Result<WrappedMaster, 'unavailable'>>;
	unwrap(wrapped: WrappedMaster, secret: LockSecret): Promise<Result<SecretKey, UnwrapProblem>>;
}

const MIN_PIN_DIGITS = 6;
const MIN_PASSPHRASE_LENGTH = 10;
/** 64 MiB, and about half a second on an office computer: three times that on a cheap phone. */
export const SCRYPT_LOG_N = 16;

export type SecretFault = 'not-digits' | 'short' | 'easy';

const DIGITS = '01234567890';

/** What is wrong with a secret somebody wants to lock with. */
export function faultOfSecret(method: 'pin' | 'passphrase', text: string): SecretFault | null {
	const isRepeated = /^(.+?)\1+$/.test(text) && new Set(text).size <= 3;
	if (method === 'passphrase') {
		if ([...text.trim()].length < MIN_PASSPHRASE_LENGTH) return 'short';
		return isRepeated ? 'easy' : null;
	}
	if (!/^\d*$/.test(text)) return 'not-digits';
	if (text.length < MIN_PIN_DIGITS) return 'short';
	const isRun = DIGITS.includes(text) || DIGITS.includes([...text].reverse().join(''));
	return isRepeated || isRun ? 'easy' : null;
}

/** The same words from another keyboard must open the lock: full-width digits, composed letters. */
const normalise = (text: Redacted<string>) => new Redacted(text.reveal().normalize('NFKC').trim());

async function encryptTo(
	recipient: import('age-encryption').Recipient,
	master: SecretKey
): Promise<Uint8Array<ArrayBuffer>> {
	const { Encrypter } = await import('age-encryption');
	const encrypter = new Encrypter();
	encrypter.addRecipient(recipient);
	return new Uint8Array(await encrypter.encrypt(master.reveal()));
}

async function wrapToPasskey(
	master: SecretKey,
	keyName: string
): Promise<Result<WrappedMaster, 'unavailable'>> {
	const { webauthn } = await import('age-encryption');
	try {
		const credential = await webauthn.createCredential({ keyName });
		const recipient = new webauthn.WebAuthnRecipient({ identity: credential });
		return ok({ method: 'passkey', credential, file: await encryptTo(recipient, master) });
	} catch {
		return err('unavailable');
	}
}

async function identityFor(wrapped: WrappedMaster, secret: LockSecret) {
	if (secret.method !== 'passkey') return createScryptIdentity(normalise(secret.text));
	const { webauthn } = await import('age-encryption');
	return new webauthn.WebAuthnIdentity(
		wrapped.credential === null ? {} : { identity: wrapped.credential }
	);
}

export function createLockCipher(scryptLogN = SCRYPT_LOG_N): LockCipher {
	return {
		async wrap(master, lock) {
			if (lock.method === 'passkey') return wrapToPasskey(master, lock.keyName);
			const recipient = createScryptRecipient(normalise(lock.text), scryptLogN);
			const file = await encryptTo(recipient, master);
			return ok({ method: lock.method, credential: null, file });
		},
		async unwrap(wrapped, secret) {
			const { Decrypter } = await import('age-encryption');
			const decrypter = new Decrypter();
			decrypter.addIdentity(await identityFor(wrapped, secret));
			try {
				const bytes = new Uint8Array(await decrypter.decrypt(wrapped.file));
				return bytes.length === KEY_BYTES ? ok(new Redacted(bytes)) : err('wrong');
			} catch {
				return err(secret.method === 'passkey' ? 'unavailable' : 'wrong');
			}
		}
	};
}
