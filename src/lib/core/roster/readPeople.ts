/** The roster with the names its readers may read: what the screens list. */
import { base64UrlToBytes } from '$lib/base/bytes.ts';
import type { DeviceId, MemberId } from '$lib/base/ids.ts';
import { isActive, type Roster, type RosterDevice } from '$lib/protocol/roster/roster.ts';
import { unwrap, type AgeIdentity } from '../crypto/age.ts';
import type { CommonsKeys } from '../keys/commonsKeys.ts';
import { openProfile, parseProfile, type Profile } from '../keys/profile.ts';
import type {
	OpenInvitation,
	PendingPerson,
	PersonDevice,
	RosterPerson
} from './administration.ts';

/** When devices were last known to be connected, and which are now. */
export interface Sightings {
	readonly online: ReadonlySet<DeviceId>;
	readonly seenAtMs: ReadonlyMap<DeviceId, number>;
}

type ProfileOf = (device: RosterDevice) => Profile | null;

/** A sealed profile never changes, and opening one may take as many tries as there are epochs. */
export function createProfileBook(commons: () => CommonsKeys): ProfileOf {
	const opened = new Map<string, Profile>();
	return ({ member, profile }) => {
		const known = opened.get(profile) ?? openProfile(commons(), member, profile);
		if (known) opened.set(profile, known);
		return known;
	};
}

export interface PeopleSources {
	readonly roster: Roster;
	readonly profileOf: ProfileOf;
	readonly self: DeviceId;
	readonly sightings: Sightings;
}

function personDevice(
	{ id, at, member }: RosterDevice,
	label: string,
	{ self, sightings, roster }: PeopleSources
): PersonDevice {
	return {
		device: id,
		isThis: id === self,
		label,
		joinedAtMs: at,
		seenAtMs: sightings.seenAtMs.get(id) ?? null,
		online: id === self || sightings.online.has(id),
		madeKit: roster.kits.get(member)?.by === id
	};
}

export function readPeople(sources: PeopleSources): RosterPerson[] {
	const { roster, profileOf } = sources;
	const byMember = new Map<MemberId, { device: RosterDevice; profile: Profile | null }[]>();
	for (const device of roster.devices.values()) {
		if (device.pending || !roster.members.has(device.member)) continue;
		const profile = profileOf(device);
		byMember.set(device.member, [...(byMember.get(device.member) ?? []), { device, profile }]);
	}
	const people = [...byMember].map(([id, all]): RosterPerson => {
		const member = roster.members.get(id)!;
		const named = all.findLast(({ profile }) => profile?.name)?.profile;
		const inviter = all[0]!.device.invitedBy;
		return {
			member: id,
			role: member.role,
			restricted: member.restricted,
			name: named?.name ?? '',
			post: named?.post ?? '',
			devices: all
				.filter(({ device }) => isActive(device))
				.map(({ device, profile }) => personDevice(device, profile?.label ?? '', sources)),
			active: member.left === null,
			invitedBy: (inviter && roster.devices.get(inviter)?.member) ?? null
		};
	});
	return people.sort((a, b) => Number(b.active) - Number(a.active));
}

export function readInvitations(roster: Roster, nowMs: number): OpenInvitation[] {
	const memberOf = (device: DeviceId) => roster.devices.get(device)!.member;
	// Who waits for consent, or was turned down, has claimed and is not in.
	const isIn = (device: DeviceId) => {
		const { pending, member } = roster.devices.get(device)!;
		return !pending && roster.members.has(member);
	};
	return [...roster.invites.values()]
		.map((invite): OpenInvitation => ({
			key: invite.key,
			by: memberOf(invite.by),
			role: invite.role,
			forDeviceOf: invite.isForDevice ? invite.member : null,
			createdAtMs: invite.at,
			expiresAtMs: invite.expiresAt,
			uses: invite.uses,
			usesLeft: invite.usesLeft,
			approval: invite.approval,
			state: invite.revoked
				? 'revoked'
				: invite.usesLeft < 1
					? 'used'
					: invite.expiresAt < nowMs
						? 'expired'
						: 'open',
			joined: invite.claimed.filter(isIn).map(memberOf)
		}))
		.reverse();
}

/** Secretaries' devices read who asks; to others it is only that somebody does. */
export async function readPendingProfile(
	device: RosterDevice,
	identity: AgeIdentity
): Promise<Profile | null> {
	const file = base64UrlToBytes(device.profile);
	const plain = file && (await unwrap(identity, file));
	return plain && parseProfile(plain);
}

export async function readPending(roster: Roster, identity: AgeIdentity): Promise<PendingPerson[]> {
	const waiting = [...roster.devices.values()].filter(({ pending }) => pending);
	return Promise.all(
		waiting.map(async (device) => {
			const profile = await readPendingProfile(device, identity);
			return {
				device: device.id,
				member: device.member,
				name: profile?.name ?? null,
				post: profile?.post ?? null,
				role: device.role,
				invitedBy: roster.devices.get(device.invitedBy!)!.member,
				askedAtMs: device.at
			};
		})
	);
}
