/** The groups of people that the rules of who must talk with whom are about. */
import type { Member } from '$lib/features/members/index.ts';

/** What coverage needs to know of a line of the register. */
export type TalkPerson = Pick<
	Member,
	'id' | 'name' | 'posts' | 'partyStatus' | 'group' | 'leadTeam' | 'principal' | 'active'
>;

/**
 * `principals` 主要负责同志, `deputies` the rest of the team, `team` both, `others` Party members
 * outside the team, `committee` 支委, `plain` Party members outside the committee, `party` all of them.
 */
export const talkGroups = [
	'principals',
	'deputies',
	'team',
	'others',
	'committee',
	'plain',
	'party'
] as const;
export type TalkGroup = (typeof talkGroups)[number];

/** Ids, each group in the order of the register. */
export type TalkPeople = Readonly<Record<TalkGroup, readonly string[]>>;

/** A line without a status is a Party member's: most branches fill the column in for the others only. */
const isPartyMember = ({ partyStatus }: TalkPerson): boolean =>
	partyStatus === null || partyStatus === '正式党员' || partyStatus === '预备党员';

/** Whoever is in charge belongs to the team, ticked as such or not. */
const isTeam = ({ leadTeam, principal }: TalkPerson): boolean => leadTeam || principal;

const isCommittee = ({ posts }: TalkPerson): boolean =>
	posts.some((post) => post === '书记' || post === '副书记' || post.endsWith('委员'));

export function talkPeople(members: readonly TalkPerson[]): TalkPeople {
	const active = members.filter((member) => member.active);
	const idsOf = (isMeant: (person: TalkPerson) => boolean): string[] =>
		active.filter(isMeant).map(({ id }) => id);
	return {
		principals: idsOf(({ principal }) => principal),
		deputies: idsOf((person) => isTeam(person) && !person.principal),
		team: idsOf(isTeam),
		others: idsOf((person) => isPartyMember(person) && !isTeam(person)),
		committee: idsOf(isCommittee),
		plain: idsOf((person) => isPartyMember(person) && !isCommittee(person)),
		party: idsOf(isPartyMember)
	};
}

/** P1 between who is in charge and the team, P2 within the team, P3 between the team and members. */
export const pairKinds = ['P1', 'P2', 'P3', 'other'] as const;
export type PairKind = (typeof pairKinds)[number];

/** What a talk between two people of the register is, as the register stands. */
export function pairKindOf(members: readonly TalkPerson[], aId: string, bId: string): PairKind {
	if (aId === bId) return 'other';
	const people = talkPeople(members);
	const isIn = (group: TalkGroup, id: string): boolean => people[group].includes(id);
	const isBetween = (one: TalkGroup, other: TalkGroup): boolean =>
		(isIn(one, aId) && isIn(other, bId)) || (isIn(one, bId) && isIn(other, aId));
	if (isBetween('principals', 'deputies')) return 'P1';
	if (isBetween('team', 'team')) return 'P2';
	return isBetween('team', 'others') ? 'P3' : 'other';
}
