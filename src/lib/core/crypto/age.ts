/**
 * Files in the `age` format, which a stock program opens too: keys wrapped to devices, kits and
 * invitations. `age-encryption` is large and needed seldom, so it is loaded by the first call.
 */
import { Redacted } from '$lib/base/redacted.ts';
import type { SecretKey } from './aead.ts';

/** `AGE-SECRET-KEY-1…` */
export type AgeIdentity = Redacted<string>;

const loadAge = () => import('age-encryption');

async function encryptTo(recipients: readonly string[], plain: Uint8Array) {
	const { Encrypter } = await loadAge();
	const encrypter = new Encrypter();
	for (const recipient of recipients) encrypter.addRecipient(recipient);
	return new Uint8Array(await encrypter.encrypt(plain));
}

async function isUsable(recipient: string): Promise<boolean> {
	try {
		await encryptTo([recipient], new Uint8Array());
		return true;
	} catch {
		return false;
	}
}

/**
 * Recipients stand in records that others wrote. One that is no recipient (or no good curve point)
 * is left out: its owner must not be able to keep a key from everybody else.
 */
export async function wrapFor(
	recipients: readonly string[],
	plain: Uint8Array
): Promise<Uint8Array<ArrayBuffer>> {
	const different = [...new Set(recipients)];
	try {
		if (different.length > 0) return await encryptTo(different, plain);
	} catch {
		const usable = await Promise.all(different.map(isUsable));
		const good = different.filter((_, i) => usable[i]);
		if (good.length > 0) return await encryptTo(good, plain);
	}
	throw new Error('broken invariant: a key is wrapped for nobody');
}

/** Null when the file is not for this identity, was changed, or is no age file. */
export async function unwrap(
	identity: AgeIdentity,
	file: Uint8Array
): Promise<Uint8Array<ArrayBuffer> | null> {
	const { Decrypter } = await loadAge();
	const decrypter = new Decrypter();
	decrypter.addIdentity(identity.reveal());
	try {
		return new Uint8Array(await decrypter.decrypt(file));
	} catch {
		return null;
	}
}

/** The public `age1…` of an identity. */
export const recipientOf = async (identity: AgeIdentity): Promise<string> =>
	(await loadAge()).identityToRecipient(identity.reveal());

/** The X25519 identity that 32 secret bytes are: the same bytes, in age's spelling. */
export async function identityFromSeed(seed: SecretKey): Promise<AgeIdentity> {
	const { bech32 } = await import('@scure/base');
	// The checksum is of the lower-case prefix, though age writes the whole in capitals.
	return new Redacted(bech32.encodeFromBytes('age-secret-key-', seed.reveal()).toUpperCase());
}
