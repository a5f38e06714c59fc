/** Devices and the people they are of: what a record that brings one makes, and founding itself. */
import { base64UrlToBytes } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { DeviceId, MemberId, RoomId, WorkspaceId } from '../../base/ids.ts';
import { limits } from '../limits.ts';
import {
	countOwn,
	requireSignature,
	type Draft,
	type Fold,
	type Prepared,
	type Verdict
} from './foldState.ts';
import {
	FIRST_EPOCH,
	isActive,
	type RosterCrypto,
	type RosterDevice,
	type RosterFault,
	type RosterMember
} from './roster.ts';
import type { BodyOf, Role } from './rosterRecord.ts';

export const spansFrom = (role: Role, from: number) =>
	role === 'observer' ? [] : [{ from, to: null }];

export function deviceOf(
	{ body, newDevice }: Prepared,
	role: Role,
	invitedBy: DeviceId | null,
	pending: boolean
): RosterDevice {
	const { device, profile, seq, at } = body as BodyOf<'found' | 'claim' | 'recover'>;
	return {
		id: newDevice!,
		member: device.member as MemberId,
		role,
		signKey: base64UrlToBytes(device.signKey)!, // length checked by the schema
		ageRecipient: device.ageRecipient,
		profile,
		commons: null,
		since: seq,
		at,
		invitedBy,
		pending,
		retired: null,
		writes: pending ? [] : spansFrom(role, seq + 1)
	};
}

export function addMember(draft: Draft, id: MemberId, role: Role): void {
	if (!draft.members.has(id)) draft.members.set(id, { id, role, restricted: false, left: null });
}

/** Before a further device of somebody who is in: each is one more to wrap every new key to. */
export function countNewDevice(draft: Draft, member: RosterMember): Verdict {
	const own = [...draft.devices.values()].filter(
		(device) => device.member === member.id && isActive(device)
	);
	return own.length >= limits.maxDevicesOfMember ? 'too-many-devices' : countOwn(draft, member);
}

export function applyFound(prepared: Prepared, crypto: RosterCrypto): Result<Fold, RosterFault> {
	const { body, hash, record } = prepared;
	if (body.type !== 'found' || body.seq !== 0) return err('not-the-founding');
	const founder = deviceOf(prepared, 'secretary', null, false);
	const draft: Draft = {
		workspace: hash as WorkspaceId,
		rootRoom: body.rootRoom as RoomId,
		commons: body.commons,
		head: hash,
		length: 1,
		epoch: FIRST_EPOCH,
		rotationDue: false,
		rotations: [],
		members: new Map(),
		devices: new Map([[founder.id, founder]]),
		invites: new Map(),
		kits: new Map(),
		ownRecords: new Map()
	};
	addMember(draft, founder.member, 'secretary');
	const fold: Fold = { draft, checks: [], crypto };
	const fault = requireSignature(fold, prepared, body.device.signKey, record.signature);
	return fault ? err(fault) : ok(fold);
}
