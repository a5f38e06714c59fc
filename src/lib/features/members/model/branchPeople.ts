/** The roster (who has devices) and the register (who belongs to the branch) as one list of people. */
import type { MemberId } from '$lib/base/ids.ts';
import type { RosterPerson } from '$lib/core/roster/administration.ts';
import { nameKey, type Member } from './member.ts';
import { byPostThenStrokes } from './posts.ts';

export interface BranchPerson {
	readonly id: MemberId;
	readonly name: string;
	readonly posts: readonly string[];
	/** The line of the register; none yet for an observer, who cannot write one about himself. */
	readonly member: Member | null;
	/** Null for somebody who never had a device here. */
	readonly account: RosterPerson | null;
}

export interface BranchPeople {
	/** With devices: the committee, and observers. */
	readonly committee: readonly BranchPerson[];
	/** In the register, without a device. */
	readonly register: readonly BranchPerson[];
	readonly left: readonly BranchPerson[];
}

const accountPosts = ({ post }: RosterPerson): string[] => (post === '' ? [] : [post]);

export function toBranchPerson(
	id: MemberId,
	member: Member | null,
	account: RosterPerson | null
): BranchPerson {
	const posts = member?.posts ?? (account ? accountPosts(account) : []);
	return { id, name: member?.name ?? account?.name ?? '', posts, member, account };
}

export function branchPeople(
	members: readonly Member[],
	accounts: readonly RosterPerson[]
): BranchPeople {
	const lines = new Map(members.map((member) => [member.id, member]));
	const known = new Map(accounts.map((account) => [account.member, account]));
	const ids = [...new Set([...known.keys(), ...lines.keys()])];
	const all = ids
		.map((id) => toBranchPerson(id, lines.get(id) ?? null, known.get(id) ?? null))
		.sort(byPostThenStrokes);
	const isIn = ({ account }: BranchPerson) => account?.active === true;
	const isListed = ({ member }: BranchPerson) => member?.active === true;
	return {
		committee: all.filter(isIn),
		register: all.filter((person) => !isIn(person) && isListed(person)),
		left: all.filter((person) => !isIn(person) && !isListed(person))
	};
}

const isPartyMember = ({ partyStatus }: Member): boolean =>
	partyStatus === null || partyStatus === '正式党员' || partyStatus === '预备党员';

/** Who can take something over: the committee first, then the Party members of the register. */
export const takersOf = ({ committee, register }: BranchPeople): BranchPerson[] =>
	[...committee, ...register].filter(
		({ member, account }) =>
			member?.active === true && (account?.active === true || isPartyMember(member))
	);

export interface PeopleFilter {
	/** Part of a name. */
	readonly text: string;
	/** A Party group; empty for all. */
	readonly group: string;
}

export function filterPeople(
	people: readonly BranchPerson[],
	{ text, group }: PeopleFilter
): BranchPerson[] {
	const key = nameKey(text);
	return people.filter(
		({ name, member }) =>
			(key === '' || nameKey(name).includes(key)) && (group === '' || member?.group === group)
	);
}
