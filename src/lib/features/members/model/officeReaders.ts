/**
 * Who reads, beside its owner, what is meant for the secretary and the organisation officer: a personal
 * list, an outbox. Who is secretary the signed roster says; the register only picks among several, as a
 * line in a document must not make anybody a secretary. 组织委员 stands in the register alone, and so
 * the person is shown the names before the document is made.
 */
import type { MemberId } from '$lib/base/ids.ts';
import type { RosterPerson } from '$lib/core/roster/administration.ts';

export interface ListReader {
	readonly id: MemberId;
	readonly office: 'secretary' | 'organiser';
}

type Account = Pick<RosterPerson, 'member' | 'role' | 'active'>;

/** `people`: those of the register who have not left. The person itself is left out. */
export function readersFor(
	self: MemberId,
	people: readonly { readonly id: string; readonly posts: readonly string[] }[],
	accounts: readonly Account[]
): ListReader[] {
	const postsOf = new Map(people.map(({ id, posts }) => [id, posts]));
	const holds = ({ member }: Account, post: string): boolean =>
		postsOf.get(member)?.includes(post) === true;
	const present = accounts.filter(({ active }) => active);
	const secretaries = present.filter(({ role }) => role === 'secretary');
	const named = secretaries.filter((account) => holds(account, '书记'));
	const readers = [
		...(named.length > 0 ? named : secretaries).map(({ member: id }): ListReader => ({
			id,
			office: 'secretary'
		})),
		...present
			.filter((account) => holds(account, '组织委员'))
			.map(({ member: id }): ListReader => ({ id, office: 'organiser' }))
	];
	return readers.filter(
		({ id }, at) => id !== self && readers.findIndex((one) => one.id === id) === at
	);
}

export interface ReadersChange {
	/** Hold the office now and cannot read the list. */
	readonly missing: readonly MemberId[];
	/** Can read it and do not hold the office any more. */
	readonly former: readonly MemberId[];
}

export function readersChange(
	self: MemberId,
	members: readonly MemberId[],
	readers: readonly ListReader[]
): ReadersChange {
	const wanted = readers.map(({ id }) => id);
	return {
		missing: wanted.filter((id) => !members.includes(id)),
		former: members.filter((id) => id !== self && !wanted.includes(id))
	};
}
