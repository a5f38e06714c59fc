/** Who shares a room: the audiences that are not the whole committee. */
import type { MemberId, RoomId } from '$lib/base/ids.ts';
import {
	activeDevices,
	mayReadRestricted,
	type Roster,
	type RosterDevice
} from '$lib/protocol/roster/roster.ts';

export const circleNames = ['restricted', 'private', 'people'] as const;
export type CircleName = (typeof circleNames)[number];

/**
 * `restricted`: secretaries, and whom the roster marks so. `private`: one person. `people`: those
 * named, its creator among them.
 */
export type Circle =
	| { readonly kind: 'restricted' }
	| { readonly kind: 'private' }
	| { readonly kind: 'people'; readonly members: readonly MemberId[] };

/** A document that only a circle finds; the branch document's index does not know it. */
export interface CircleDocument {
	readonly room: RoomId;
	readonly kind: string;
	readonly title: string;
	/** ISO instant, by the maker's clock. */
	readonly createdAt: string;
	readonly trashed: boolean;
	readonly circle: CircleName;
	/** Those who share it, by the roster at hand. */
	readonly members: readonly MemberId[];
	/** Who made it; null where that device is not known here. */
	readonly maker: MemberId | null;
	/** Only the person who made a circle of people may change who is in it. */
	readonly isOwn: boolean;
	/** The key was renewed, and not for this device: what is here can be read, what comes cannot. */
	readonly isShut: boolean;
}

export interface Audience {
	readonly circle: CircleName;
	/** As the creator stated them: one for `private`, none for `restricted`. */
	readonly members: readonly string[];
}

const isIn = (roster: Roster, member: MemberId, { circle, members }: Audience): boolean => {
	const known = roster.members.get(member);
	if (!known || known.left !== null) return false;
	return circle === 'restricted' ? mayReadRestricted(known) : members.includes(member);
};

export const audienceOf = (roster: Roster, audience: Audience): MemberId[] =>
	[...roster.members.keys()].filter((member) => isIn(roster, member, audience));

/** Something that a room's key is wrapped for: an active device, or a live recovery kit. */
export interface Cover {
	readonly name: string;
	readonly recipient: string;
}

export const coverOfDevice = ({ id, ageRecipient }: RosterDevice): Cover => ({
	name: id,
	recipient: ageRecipient
});

/** All that the audience has, by name. */
export function coversOf(roster: Roster, audience: Audience): Map<string, Cover> {
	const members = new Set(audienceOf(roster, audience));
	const devices = activeDevices(roster).filter(({ member }) => members.has(member));
	const kits = [...roster.kits.values()].filter(({ member }) => members.has(member));
	const covers = [
		...devices.map(coverOfDevice),
		...kits.map(({ signKey, recipient }) => ({ name: `kit:${signKey}`, recipient }))
	];
	return new Map(covers.map((cover) => [cover.name, cover]));
}
