/**
 * Who came, went, brought a device or got another role since this browser last showed it: every
 * member is to see who can read, and by whose invitation. Keeps ids and roles, never a name.
 */
import * as z from 'zod/mini';
import type { MemberId } from '$lib/base/ids.ts';
import type { PersonDevice, RosterPerson } from '$lib/core/roster/administration.ts';
import { roles, type Role } from '$lib/protocol/roster/rosterRecord.ts';

export type PeopleNews =
	| { readonly kind: 'joined'; readonly member: MemberId; readonly by: MemberId | null }
	| { readonly kind: 'device'; readonly member: MemberId; readonly device: PersonDevice }
	| { readonly kind: 'left'; readonly member: MemberId }
	| { readonly kind: 'role'; readonly member: MemberId; readonly role: Role }
	| { readonly kind: 'restricted'; readonly member: MemberId; readonly restricted: boolean };

/** What this person did to somebody else here: let in, took out, gave other rights. */
export interface OwnAct {
	readonly kind: 'joined' | 'left' | 'role';
	readonly member: MemberId;
}

const seenPerson = z.object({
	member: z.string(),
	role: z.enum(roles),
	restricted: z.boolean(),
	active: z.boolean(),
	devices: z.array(z.string())
});
type SeenPerson = z.infer<typeof seenPerson>;

/** What was shown of each person. */
export type SeenPeople = ReadonlyMap<string, SeenPerson>;

const toSeen = (person: RosterPerson): SeenPerson => ({
	member: person.member,
	role: person.role,
	restricted: person.restricted,
	active: person.active,
	devices: person.devices.map(({ device }) => device)
});

export const seePeople = (people: readonly RosterPerson[]): SeenPeople =>
	new Map(people.map((person) => [person.member, toSeen(person)]));

export const seenToText = (seen: SeenPeople): string => JSON.stringify([...seen.values()]);

/** Null when nothing was ever shown here, or it cannot be read. */
export function parseSeen(text: string | null): SeenPeople | null {
	if (text === null) return null;
	try {
		const parsed = z.array(seenPerson).safeParse(JSON.parse(text));
		return parsed.success ? new Map(parsed.data.map((person) => [person.member, person])) : null;
	} catch {
		return null;
	}
}

function newsOf(person: RosterPerson, before: SeenPerson | undefined): PeopleNews[] {
	const { member, role, restricted } = person;
	const wasIn = before?.active === true;
	const joined: PeopleNews[] = [{ kind: 'joined', member, by: person.invitedBy }];
	// Whoever came and went in between could read meanwhile: both are told.
	if (!person.active)
		return before && !wasIn ? [] : [...(before ? [] : joined), { kind: 'left', member }];
	const known = before?.devices ?? [];
	const added = person.devices.filter(({ device, isThis }) => !isThis && !known.includes(device));
	const further = (devices: typeof added) =>
		devices.map((device): PeopleNews => ({ kind: 'device', member, device }));
	if (!before || !wasIn) return [...joined, ...further(added.slice(1))];
	return [
		...further(added),
		...(role === before.role ? [] : [{ kind: 'role', member, role } as const]),
		...(restricted === before.restricted || role !== before.role
			? []
			: [{ kind: 'restricted', member, restricted } as const])
	];
}

export const peopleNews = (seen: SeenPeople, people: readonly RosterPerson[]): PeopleNews[] =>
	people.flatMap((person) => newsOf(person, seen.get(person.member)));

const toldBy: Record<OwnAct['kind'], readonly PeopleNews['kind'][]> = {
	joined: ['joined', 'device'],
	left: ['joined', 'left'],
	role: ['role', 'restricted']
};

/** This piece of news says no more than what the person has just done. */
export const isOfAct = (news: PeopleNews, { kind, member }: OwnAct): boolean =>
	news.member === member && toldBy[kind].includes(news.kind);

/** What was done counts as shown; other news of the same person does not. */
export function seeAct(seen: SeenPeople, { kind }: OwnAct, person: RosterPerson): SeenPeople {
	const before = seen.get(person.member);
	if (kind === 'role' && !before) return seen;
	const { role, restricted } = person;
	const now = kind === 'role' ? { ...before!, role, restricted } : toSeen(person);
	return new Map([...seen, [person.member, now]]);
}

/** Names one piece of news, for a list on the screen. */
export const newsKey = (news: PeopleNews): string =>
	`${news.kind} ${news.member} ${news.kind === 'device' ? news.device.device : ''}`;
