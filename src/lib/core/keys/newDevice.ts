/** The keys of a device that is about to be let in, and what of them stands in its record. */
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import { newMemberId, type DeviceId, type MemberId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { deviceIdOf, type Roster, type RosterCrypto } from '$lib/protocol/roster/roster.ts';
import { recipientOf, type AgeIdentity } from '../crypto/age.ts';
import { createSigner, createSigningKey, type Signer, type SigningKey } from '../crypto/signer.ts';
import type { CommonsKeys } from './commonsKeys.ts';
import { newRingKey, type DeviceKeys } from './deviceKeys.ts';

export interface NewDevice {
	readonly signing: SigningKey;
	readonly signer: Signer;
	readonly device: DeviceId;
	readonly member: MemberId;
	readonly ageIdentity: AgeIdentity;
	readonly ageRecipient: string;
}

/** `member`: the person it is for; a new one when not given. */
export async function createDevice(
	crypto: RosterCrypto,
	member = newMemberId()
): Promise<NewDevice> {
	const { generateX25519Identity } = await import('age-encryption');
	const signing = await createSigningKey();
	const signer = await createSigner(signing);
	const ageIdentity = new Redacted(await generateX25519Identity());
	return {
		signing,
		signer,
		device: await deviceIdOf(signer.publicKey, crypto),
		member,
		ageIdentity,
		ageRecipient: await recipientOf(ageIdentity)
	};
}

export const publicPart = ({ signer, ageRecipient, member }: NewDevice) => ({
	signKey: bytesToBase64Url(signer.publicKey),
	ageRecipient,
	member
});

export const deviceKeys = (
	{ device, member, signing, ageIdentity }: NewDevice,
	{ workspace }: Roster,
	commons: CommonsKeys
): DeviceKeys => ({
	workspace,
	device,
	member,
	signing,
	ageIdentity,
	commons,
	ringKey: newRingKey(),
	kit: { state: 'none' }
});
