/**
 * What a chain of roster records comes to: who is in, with which devices, roles, invitations and
 * kits. foldRoster.ts makes it; here is its shape and the questions asked of it.
 */
import { bytesToBase64Url } from '../../base/bytes.ts';
import type { DeviceId, MemberId, RoomId, WorkspaceId } from '../../base/ids.ts';
import type { Role } from './rosterRecord.ts';

/** Record numbers between which a device may write, as lengths its author knew; both ends count. */
export interface WritingSpan {
	readonly from: number;
	/** Null while it lasts. */
	readonly to: number | null;
}

export interface RosterMember {
	readonly id: MemberId;
	readonly role: Role;
	/** May read rooms of the `restricted` circle. Secretaries may without it. */
	readonly restricted: boolean;
	/** The record that retired the last of this person's devices, or null. */
	readonly left: number | null;
}

export interface RosterDevice {
	readonly id: DeviceId;
	readonly member: MemberId;
	/** The member's. */
	readonly role: Role;
	readonly signKey: Uint8Array<ArrayBuffer>;
	readonly ageRecipient: string;
	readonly profile: string;
	/** The commons key in an age file to this device, where a secretary had to let it in. */
	readonly commons: string | null;
	/** Sequence number of the record that brought this device. */
	readonly since: number;
	/** Milliseconds since 1970 that stand in that record. */
	readonly at: number;
	/** Whose invitation it came by; null for the founder and for a kit. */
	readonly invitedBy: DeviceId | null;
	/** Waits for a secretary to let it in. */
	readonly pending: boolean;
	/** The record that retired it, or null. */
	readonly retired: number | null;
	readonly writes: readonly WritingSpan[];
}

export interface RosterInvite {
	readonly key: string;
	readonly by: DeviceId;
	readonly role: Role;
	readonly at: number;
	readonly expiresAt: number;
	readonly uses: number;
	readonly usesLeft: number;
	readonly commons: string | null;
	readonly recipient: string | null;
	readonly approval: boolean;
	readonly member: MemberId | null;
	/** For a further device of the one who made it. */
	readonly isForDevice: boolean;
	readonly revoked: boolean;
	/** Devices that came by it. */
	readonly claimed: readonly DeviceId[];
}

export interface RosterKit {
	readonly member: MemberId;
	/** The device that made it. */
	readonly by: DeviceId;
	readonly signKey: string;
	readonly recipient: string;
	readonly commons: string;
	readonly since: number;
	readonly at: number;
}

export interface Rotation {
	readonly epoch: number;
	readonly seq: number;
	readonly commons: string;
	readonly previous: string;
}

export interface Roster {
	readonly workspace: WorkspaceId;
	readonly rootRoom: RoomId;
	readonly head: string;
	readonly length: number;
	/** Newest epoch of the commons key; the founding one is 1. */
	readonly epoch: number;
	/** The first commons key, as an age file to the founder. */
	readonly commons: string;
	readonly rotations: readonly Rotation[];
	/** Somebody who holds the newest commons key has gone since it was made. */
	readonly rotationDue: boolean;
	readonly members: ReadonlyMap<MemberId, RosterMember>;
	/** All that ever were, the pending and the retired included. */
	readonly devices: ReadonlyMap<DeviceId, RosterDevice>;
	readonly invites: ReadonlyMap<string, RosterInvite>;
	/** One a member at most. */
	readonly kits: ReadonlyMap<MemberId, RosterKit>;
	/** How many records each member wrote without being a secretary. */
	readonly ownRecords: ReadonlyMap<MemberId, number>;
}

export type RosterFault =
	| 'malformed'
	| 'not-the-founding'
	| 'out-of-sequence'
	| 'wrong-previous'
	| 'bad-signature'
	| 'unknown-author'
	| 'author-retired'
	| 'not-allowed'
	| 'last-secretary'
	| 'invite-unknown'
	| 'invite-used'
	| 'invite-expired'
	| 'invite-revoked'
	| 'wrong-member'
	| 'already-in'
	| 'device-unknown'
	| 'member-unknown'
	| 'kit-unknown'
	| 'wrong-epoch'
	| 'too-many-devices'
	| 'too-many-records';

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

export const FIRST_EPOCH = 1;

/** In, and not taken out since. */
export const isActive = ({ pending, retired }: RosterDevice): boolean =>
	!pending && retired === null;

/** Observers read; the relay and every device refuse what they write. */
export const mayWrite = (device: RosterDevice): boolean =>
	isActive(device) && device.role !== 'observer';

export const activeDevices = (roster: Roster): RosterDevice[] =>
	[...roster.devices.values()].filter(isActive);

export const devicesOf = (roster: Roster, member: MemberId): RosterDevice[] =>
	activeDevices(roster).filter((device) => device.member === member);

export const mayReadRestricted = ({ role, restricted, left }: RosterMember): boolean =>
	left === null && (role === 'secretary' || restricted);

/** The span in which an author who knew this length could write, or null. */
export const writingSpanAt = (device: RosterDevice, rosterLength: number): WritingSpan | null =>
	device.writes.find(
		({ from, to }) => rosterLength >= from && (to === null || rosterLength <= to)
	) ?? null;

/** The oldest commons epoch that an author who knew this length may still use. */
export const minEpochAt = ({ rotations }: Roster, rosterLength: number): number =>
	rotations.findLast(({ seq }) => seq < rosterLength)?.epoch ?? FIRST_EPOCH;

export const isOpenInvite = ({ usesLeft, revoked, expiresAt }: RosterInvite, nowMs: number) =>
	usesLeft > 0 && !revoked && nowMs <= expiresAt;
