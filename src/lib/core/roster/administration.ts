/**
 * What a person may do about people and devices, as the screens see it. Every act is a signed
 * record on the branch's chain; the relay and every device check it again.
 */
import type { DeviceId, MemberId } from '$lib/base/ids.ts';
import type { Observable } from '$lib/base/observable.ts';
import type { Result } from '$lib/base/result.ts';
import type { Role } from '$lib/protocol/roster/rosterRecord.ts';

/**
 * `offline`: acts on the roster need the relay, which orders them. `not-allowed`: this device's role
 * does not permit it. `last-secretary`: it would leave the branch without one. `refused`: the chain
 * does not take it, for instance as somebody else was faster and it makes no sense any more.
 */
export type AdministrationFault = 'offline' | 'not-allowed' | 'last-secretary' | 'refused';
export type Act<T = void> = Promise<Result<T, AdministrationFault>>;

export interface PersonDevice {
	readonly device: DeviceId;
	/** This very device. */
	readonly isThis: boolean;
	/** Made by the system from the browser's name when it joined; empty for devices of older versions. */
	readonly label: string;
	/** Milliseconds since 1970 at which it joined, by the relay's or the founder's clock. */
	readonly joinedAtMs: number;
	/** When it was last known to be connected; null when that was before this device looked. */
	readonly seenAtMs: number | null;
	/** True while it is connected now. */
	readonly online: boolean;
	/** The person's valid recovery kit was made on it. */
	readonly madeKit: boolean;
}

/** Somebody the roster lets in, by the sealed profile that came with the device. */
export interface RosterPerson {
	readonly member: MemberId;
	readonly role: Role;
	/** May read rooms of the `restricted` circle (secretaries always may). */
	readonly restricted: boolean;
	readonly name: string;
	readonly post: string;
	/** Those that may come in; empty for somebody who has left. */
	readonly devices: readonly PersonDevice[];
	/** False once every device of the person has been retired. */
	readonly active: boolean;
	/** Who made the invitation the first device came by; null for the founder. */
	readonly invitedBy: MemberId | null;
}

export interface InvitationRequest {
	readonly role: Role;
	/** Milliseconds from now. */
	readonly lifetimeMs: number;
	/** How many people may come in by it; 1 unless said otherwise. */
	readonly uses?: number;
	/** Whoever claims it waits until a secretary lets him in. */
	readonly approval?: boolean;
	/** The line of the register it is meant for, where there is one. */
	readonly member?: MemberId;
	/** Shown to the invited person beforehand; travels sealed under the link's secret. */
	readonly name?: string;
}

export interface NewInvitation {
	/** Its secret stands in the fragment and is kept nowhere. */
	readonly link: string;
	readonly key: string;
	readonly expiresAt: number;
}

export interface OpenInvitation {
	readonly key: string;
	readonly by: MemberId;
	readonly role: Role;
	/** For a further device of this member, not for a new person. */
	readonly forDeviceOf: MemberId | null;
	readonly createdAtMs: number;
	readonly expiresAtMs: number;
	readonly uses: number;
	readonly usesLeft: number;
	readonly approval: boolean;
	readonly state: 'open' | 'used' | 'expired' | 'revoked';
	/** Who came by it. */
	readonly joined: readonly MemberId[];
}

/** Somebody who claimed an invitation that asks for approval. */
export interface PendingPerson {
	readonly device: DeviceId;
	readonly member: MemberId;
	/** Null where this device may not read it (only secretaries' can). */
	readonly name: string | null;
	readonly post: string | null;
	readonly role: Role;
	readonly invitedBy: MemberId;
	readonly askedAtMs: number;
}

/**
 * `unsaved`: made, its secret still here, asked for until printed or declined. `kept`: printed.
 * `declined`: the person chose to go without. `none`: there is no valid kit for this member.
 */
export type KitState = 'none' | 'unsaved' | 'kept' | 'declined';

export interface KitPaper {
	/** `<origin>/restore#…`, for the QR code. */
	readonly link: string;
	/** 24 Chinese characters. */
	readonly words: string;
	/** The first 8 characters of the workspace's id, needed beside the words. */
	readonly code: string;
	/** `AGE-SECRET-KEY-1…`: opens a backup with any `age` program. */
	readonly ageKey: string;
	readonly madeAtMs: number;
}

export interface Administration {
	/** Active people first; those who left follow, for names in old records. */
	readonly people: Observable<readonly RosterPerson[]>;
	/** Newest first, closed ones included. */
	readonly invitations: Observable<readonly OpenInvitation[]>;
	readonly pending: Observable<readonly PendingPerson[]>;
	readonly kit: Observable<KitState>;
	invite(request: InvitationRequest): Act<NewInvitation>;
	/** A link for a further device of this person; one use, ten minutes. */
	inviteDevice(): Act<NewInvitation>;
	revoke(invitation: string): Act;
	admit(device: DeviceId): Act;
	/** Turns a pending claim down. */
	reject(device: DeviceId): Act;
	setRole(member: MemberId, role: Role, restricted: boolean): Act;
	/**
	 * `keepKit`: the recovery kit it made stays good. Otherwise that goes with it: whoever took the
	 * device could have made himself one.
	 */
	retireDevice(device: DeviceId, keepKit?: boolean): Act;
	/** Retires all of the person's devices and renews the commons key. */
	removeMember(member: MemberId): Act;
	/** Null when its secret is not on this device any more. */
	kitPaper(): Promise<KitPaper | null>;
	/** Makes a (new) kit for this person; a former one stops working. */
	makeKit(): Act<KitPaper>;
	/** Printed or declined: the secret leaves this device. */
	settleKit(how: 'kept' | 'declined'): Promise<void>;
}
