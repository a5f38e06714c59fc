/**
 * Where a post in the register and the rights in the roster do not go together. Only ever an offer to
 * a secretary: a line in a document must not hand out keys by itself.
 */
import type { RosterPerson } from '$lib/core/roster/administration.ts';

export interface RoleOffer {
	readonly why: 'secretary-post' | 'discipline-post' | 'no-discipline-post';
	readonly role: RosterPerson['role'];
	readonly restricted: boolean;
}

type Rights = Pick<RosterPerson, 'role' | 'restricted'>;

export function roleOffer(
	posts: readonly string[],
	{ role, restricted }: Rights
): RoleOffer | null {
	if (role === 'secretary') return null;
	if (posts.includes('书记')) return { why: 'secretary-post', role: 'secretary', restricted };
	const isDiscipline = posts.includes('纪检委员');
	if (isDiscipline && !restricted) return { why: 'discipline-post', role, restricted: true };
	if (!isDiscipline && restricted) return { why: 'no-discipline-post', role, restricted: false };
	return null;
}

/** Also a secretary of the workspace who holds no such post: after a change of committee the register lags. */
export const isUnmatched = (posts: readonly string[], rights: Rights): boolean =>
	roleOffer(posts, rights) !== null ||
	(rights.role === 'secretary' && !posts.some((post) => post === '书记' || post === '副书记'));
