/**
 * The fold of the chain, the same code on every device and on the relay: one record onto one
 * state, or the reason why not. It trusts nothing that is not signed and chained.
 */
import { base64UrlToBytes, bytesToBase64Url } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { DeviceId, MemberId, RoomId, WorkspaceId } from '../../base/ids.ts';
import {
	parseRosterBody,
	type ClaimBody,
	type InviteBody,
	type FoundBody,
	type Role,
	type RosterRecord
} from './rosterRecord.ts';

export interface RosterDevice {
	readonly id: DeviceId;
	readonly member: MemberId;
	readonly role: Role;
	readonly signKey: Uint8Array<ArrayBuffer>;
	readonly ageRecipient: string;
	readonly profile: string;
	/** Sequence number of the record that let this device in. */
	readonly since: number;
	/** The invitation it came by; null for the founder. */
	readonly invitedBy: DeviceId | null;
}

export interface RosterInvite {
	readonly key: string;
	readonly by: DeviceId;
	readonly role: Role;
	readonly expiresAt: number;
	readonly usesLeft: number;
	readonly commons: string;
}

export interface Roster {
	readonly workspace: WorkspaceId;
	readonly rootRoom: RoomId;
	readonly head: string;
	readonly length: number;
	readonly devices: ReadonlyMap<DeviceId, RosterDevice>;
	readonly invites: ReadonlyMap<string, RosterInvite>;
}

export type RosterFault =
	| 'malformed'
	| 'not-the-founding'
	| 'out-of-sequence'
	| 'wrong-previous'
	| 'bad-signature'
	| 'unknown-author'
	| 'not-allowed'
	| 'invite-unknown'
	| 'invite-used'
	| 'invite-expired'
	| 'already-in';

export interface RosterCrypto {
	sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
	/** Ed25519. */
	verify(
		publicKey: Uint8Array<ArrayBuffer>,
		bytes: Uint8Array<ArrayBuffer>,
		signature: Uint8Array<ArrayBuffer>
	): Promise<boolean>;
}

const DEVICE_ID_BYTES = 16;

export async function deviceIdOf(
	signKey: Uint8Array<ArrayBuffer>,
	{ sha256 }: RosterCrypto
): Promise<DeviceId> {
	return bytesToBase64Url((await sha256(signKey)).subarray(0, DEVICE_ID_BYTES)) as DeviceId;
}

interface Context {
	readonly record: RosterRecord;
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly hash: string;
	readonly crypto: RosterCrypto;
}

async function signedBy(
	context: Context,
	key: string | Uint8Array<ArrayBuffer>,
	signature: string | undefined
) {
	const publicKey = typeof key === 'string' ? base64UrlToBytes(key) : key;
	const signatureBytes = signature === undefined ? null : base64UrlToBytes(signature);
	return (
		publicKey !== null &&
		signatureBytes !== null &&
		(await context.crypto.verify(publicKey, context.bytes, signatureBytes))
	);
}

async function deviceOf(
	body: FoundBody | ClaimBody,
	role: Role,
	invitedBy: DeviceId | null,
	crypto: RosterCrypto
): Promise<RosterDevice> {
	const signKey = base64UrlToBytes(body.device.signKey)!; // length checked by the schema
	return {
		id: await deviceIdOf(signKey, crypto),
		member: body.device.member as MemberId,
		role,
		signKey,
		ageRecipient: body.device.ageRecipient,
		profile: body.profile,
		since: body.seq,
		invitedBy
	};
}

async function applyFound(body: FoundBody, context: Context): Promise<Result<Roster, RosterFault>> {
	if (!(await signedBy(context, body.device.signKey, context.record.signature)))
		return err('bad-signature');
	const founder = await deviceOf(body, 'secretary', null, context.crypto);
	return ok({
		workspace: context.hash as WorkspaceId,
		rootRoom: body.rootRoom as RoomId,
		head: context.hash,
		length: 1,
		devices: new Map([[founder.id, founder]]),
		invites: new Map()
	});
}

async function applyInvite(
	roster: Roster,
	body: InviteBody,
	context: Context
): Promise<Result<Roster, RosterFault>> {
	const author = roster.devices.get(body.by as DeviceId);
	if (!author) return err('unknown-author');
	if (!(await signedBy(context, author.signKey, context.record.signature)))
		return err('bad-signature');
	if (author.role !== 'secretary') return err('not-allowed');
	if (roster.invites.has(body.inviteKey)) return err('already-in');
	const { role, expiresAt, commons } = body;
	const invite = {
		key: body.inviteKey,
		by: author.id,
		role,
		expiresAt,
		usesLeft: body.uses,
		commons
	};
	return ok({ ...roster, invites: new Map(roster.invites).set(invite.key, invite) });
}

async function applyClaim(
	roster: Roster,
	body: ClaimBody,
	context: Context
): Promise<Result<Roster, RosterFault>> {
	const invite = roster.invites.get(body.inviteKey);
	if (!invite) return err('invite-unknown');
	if (!(await signedBy(context, invite.key, context.record.proof))) return err('bad-signature');
	if (!(await signedBy(context, body.device.signKey, context.record.signature)))
		return err('bad-signature');
	if (invite.usesLeft < 1) return err('invite-used');
	if (body.at > invite.expiresAt) return err('invite-expired');
	const device = await deviceOf(body, invite.role, invite.by, context.crypto);
	if (roster.devices.has(device.id)) return err('already-in');
	return ok({
		...roster,
		devices: new Map(roster.devices).set(device.id, device),
		invites: new Map(roster.invites).set(invite.key, { ...invite, usesLeft: invite.usesLeft - 1 })
	});
}

/** Applies one record; `roster` is null before the founding record. */
export async function applyRecord(
	roster: Roster | null,
	record: RosterRecord,
	crypto: RosterCrypto
): Promise<Result<Roster, RosterFault>> {
	const parsed = parseRosterBody(record);
	if (!parsed) return err('malformed');
	const { body, bytes } = parsed;
	const context: Context = {
		record,
		bytes,
		crypto,
		hash: bytesToBase64Url(await crypto.sha256(bytes))
	};
	if (roster === null)
		return body.type === 'found' && body.seq === 0
			? applyFound(body, context)
			: err('not-the-founding');
	if (body.seq !== roster.length) return err('out-of-sequence');
	if (body.prev !== roster.head) return err('wrong-previous');
	const next = await (body.type === 'invite'
		? applyInvite(roster, body, context)
		: applyClaim(roster, body, context));
	return next.ok ? ok({ ...next.value, head: context.hash, length: roster.length + 1 }) : next;
}

/** Folds records onto a state, stopping at the first that does not hold. */
export async function applyRecords(
	roster: Roster | null,
	records: readonly RosterRecord[],
	crypto: RosterCrypto
): Promise<Result<Roster, RosterFault>> {
	let state = roster;
	for (const record of records) {
		const next = await applyRecord(state, record, crypto);
		if (!next.ok) return next;
		state = next.value;
	}
	return state ? ok(state) : err('not-the-founding');
}

/** Observers read; the relay and every device refuse what they write. */
export const mayWrite = (device: RosterDevice): boolean => device.role !== 'observer';
