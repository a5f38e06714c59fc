/** The acts a person may do, each as the records it takes. Rules are numbered R… in SPEC.md. */
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import { cryptoRandom, type DeviceId, type MemberId } from '$lib/base/ids.ts';
import { Redacted } from '$lib/base/redacted.ts';
import {
	activeDevices,
	isOpenInvite,
	type Roster,
	type RosterDevice
} from '$lib/protocol/roster/roster.ts';
import type { Role } from '$lib/protocol/roster/rosterRecord.ts';
import { KEY_BYTES, type SecretKey } from '../crypto/aead.ts';
import { wrapFor } from '../crypto/age.ts';
import { newestGrant, sealPrevious, wrapGrant, type CommonsKeys } from '../keys/commonsKeys.ts';
import { sealCommons, type InvitationKeys } from '../keys/invitation.ts';
import { sealProfile, type Profile } from '../keys/profile.ts';
import type { Kit } from '../recovery/kit.ts';
import type { InvitationRequest } from './administration.ts';
import type { DraftRecord } from './rosterWriter.ts';

export interface InviteTerms extends Pick<
	InvitationRequest,
	'role' | 'uses' | 'approval' | 'name'
> {
	readonly member: MemberId | null;
	readonly expiresAt: number;
}

export function inviteRecord(
	{ workspace }: Roster,
	keys: InvitationKeys,
	commons: CommonsKeys,
	{ role, uses = 1, approval = false, name, member, expiresAt }: InviteTerms
): DraftRecord {
	const grant = { ...newestGrant(commons), ...(name ? { name } : {}) };
	const inviteKey = bytesToBase64Url(keys.signer.publicKey);
	return {
		body: (head) => ({
			...head,
			...{ type: 'invite', inviteKey, role, expiresAt, uses, recipient: keys.recipient },
			...(approval
				? { approval: true as const }
				: { commons: sealCommons(keys, workspace, grant) }),
			...(member ? { member } : {})
		})
	};
}

export const revokeRecord = (inviteKey: string): DraftRecord => ({
	body: (head) => ({ ...head, type: 'revoke', inviteKey })
});

export async function admitRecord(
	device: RosterDevice,
	profile: Profile,
	keys: CommonsKeys
): Promise<DraftRecord> {
	const commons = await wrapGrant(keys, device.ageRecipient);
	const sealed = sealProfile(newestGrant(keys).key, device.member, profile);
	return {
		body: (head) => ({ ...head, type: 'admit', device: device.id, commons, profile: sealed })
	};
}

export const roleRecord = (member: MemberId, role: Role, restricted: boolean): DraftRecord => ({
	body: (head) => ({ ...head, type: 'role', member, role, restricted })
});

export const retireRecord = (devices: readonly DeviceId[], keepKit: boolean): DraftRecord => ({
	body: (head) => ({
		...head,
		...{ type: 'retire', devices: [...devices] },
		...(keepKit ? { keepKit: true as const } : {})
	})
});

export async function kitRecord(kit: Kit, keys: CommonsKeys): Promise<DraftRecord> {
	const commons = await wrapGrant(keys, kit.recipient);
	const signKey = bytesToBase64Url(kit.signer.publicKey);
	return {
		body: (head) => ({ ...head, type: 'kit', signKey, recipient: kit.recipient, commons }),
		prove: kit.signer
	};
}

/** What records before a rotation in the same append take out, or put in its place. */
export interface Leaving {
	readonly devices?: readonly DeviceId[];
	readonly keepKit?: boolean;
	/** Key of a link that is revoked. */
	readonly invite?: string;
	readonly newKit?: { readonly member: MemberId; readonly recipient: string };
}

/** Everybody who may read on: devices, kits and whoever still holds an open invitation. */
function recipientsOf(roster: Roster, leaving: Leaving, nowMs: number): string[] {
	const without = new Set(leaving.devices);
	const staying = activeDevices(roster).filter(({ id }) => !without.has(id));
	const members = new Set(staying.map(({ member }) => member));
	const kits = [...roster.kits.values()].filter(
		({ member, by }) =>
			members.has(member) &&
			member !== leaving.newKit?.member &&
			(leaving.keepKit === true || !without.has(by))
	);
	const invites = [...roster.invites.values()].filter(
		(invite) =>
			isOpenInvite(invite, nowMs) &&
			!invite.approval &&
			!without.has(invite.by) &&
			invite.key !== leaving.invite
	);
	return [
		...staying.map(({ ageRecipient }) => ageRecipient),
		...[...kits, ...invites].flatMap(({ recipient }) => recipient ?? []),
		...(leaving.newKit ? [leaving.newKit.recipient] : [])
	];
}

export async function rotateRecord(
	roster: Roster,
	keys: CommonsKeys,
	leaving: Leaving,
	nowMs: number
): Promise<DraftRecord> {
	const key: SecretKey = new Redacted(cryptoRandom(KEY_BYTES));
	const epoch = roster.epoch + 1;
	const wrapped = await wrapFor(recipientsOf(roster, leaving, nowMs), key.reveal());
	const commons = bytesToBase64Url(wrapped);
	const previous = sealPrevious(roster.workspace, epoch, key, newestGrant(keys).key);
	return { body: (head) => ({ ...head, type: 'rotate', epoch, commons, previous }) };
}
