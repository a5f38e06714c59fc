/** A new workspace: its founding record, its first commons key and the founder's recovery kit. */
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import { cryptoRandom, newRoomId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import { applyRecords } from '$lib/protocol/roster/foldRoster.ts';
import { FIRST_EPOCH } from '$lib/protocol/roster/roster.ts';
import { signRecord, type BodyOf } from '$lib/protocol/roster/rosterRecord.ts';
import { KEY_BYTES, type SecretKey } from '../crypto/aead.ts';
import { wrapFor } from '../crypto/age.ts';
import { createKit } from '../recovery/kit.ts';
import { wrapGrant } from './commonsKeys.ts';
import type { Enrolled, EnrolmentContext } from './enrolment.ts';
import { createDevice, deviceKeys, publicPart } from './newDevice.ts';
import { sealProfile, type Profile } from './profile.ts';

/** Needs no network: the relay learns of the workspace when it is first reached. */
export async function foundWorkspace(
	profile: Profile,
	{ clock, crypto }: EnrolmentContext
): Promise<Enrolled> {
	const device = await createDevice(crypto);
	const key: SecretKey = new Redacted(cryptoRandom(KEY_BYTES));
	const commons = new Map([[FIRST_EPOCH, key]]);
	const at = clock.now();
	const found: BodyOf<'found'> = {
		...{ v: 1, type: 'found', seq: 0, prev: null, at, device: publicPart(device) },
		rootRoom: newRoomId(),
		commons: bytesToBase64Url(await wrapFor([device.ageRecipient], key.reveal())),
		profile: sealProfile(key, device.member, profile)
	};
	const records = [await signRecord(found, device.signer.sign)];
	const founded = await applyRecords(null, records, crypto);
	if (!founded.ok)
		throw new Error(`broken invariant: own founding record is refused: ${founded.error}`);

	const kit = await createKit();
	const kitBody: BodyOf<'kit'> = {
		...{ v: 1, type: 'kit', seq: 1, prev: founded.value.head, at, by: device.device },
		signKey: bytesToBase64Url(kit.signer.publicKey),
		recipient: kit.recipient,
		commons: await wrapGrant(commons, kit.recipient)
	};
	records.push(await signRecord(kitBody, device.signer.sign, kit.signer.sign));
	const roster = await applyRecords(founded.value, records.slice(1), crypto);
	if (!roster.ok) throw new Error(`broken invariant: own kit is refused: ${roster.error}`);
	const keys = deviceKeys(device, roster.value, commons);
	const { identity } = kit;
	return {
		keys: { ...keys, kit: { state: 'unsaved', identity, madeAtMs: at } },
		records,
		roster: roster.value
	};
}
