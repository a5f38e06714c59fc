/**
 * The branch document: the branch's name and its people. The index of documents in the same
 * Y.Doc belongs to core. What others wrote is untrusted: a line that does not parse is left out
 * here and left alone there.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import type { DocumentKind } from '$lib/core/rooms/documentKind.ts';
import type { MemberId } from '$lib/base/ids.ts';
import { posts, type Post } from './posts.ts';

export interface Member {
	readonly id: MemberId;
	readonly name: string;
	readonly posts: readonly string[];
	/** ISO instant at which the person joined, by the person's own clock. */
	readonly joinedAt: string;
}

const memberRow = z.object({
	name: z.string().check(z.minLength(1), z.maxLength(60)),
	posts: z.array(z.string().check(z.maxLength(60))),
	joinedAt: z._default(z.string(), '')
});

export const branchKind: DocumentKind = {
	kind: 'branch',
	schema: 1,
	create: () => {},
	migrations: {}
};

const branchOf = (doc: Y.Doc) => doc.getMap<unknown>('branch');
export const membersOf = (doc: Y.Doc) => doc.getMap<unknown>('members');

export function setBranchName(doc: Y.Doc, name: string): void {
	branchOf(doc).set('name', name.trim());
}

export function branchName(doc: Y.Doc): string {
	const name = branchOf(doc).get('name');
	return typeof name === 'string' ? name : '';
}

export function putMember(doc: Y.Doc, { id, name, posts: held, joinedAt }: Member): void {
	membersOf(doc).set(id, { name: name.trim(), posts: [...held], joinedAt });
}

const postRank = ({ posts: held }: Member) => {
	const ranks = held.map((post) => posts.indexOf(post as Post)).filter((rank) => rank >= 0);
	return ranks.length > 0 ? Math.min(...ranks) : posts.length;
};

/** A list without a rank is in the order of the surnames' strokes (姓氏笔画). */
const strokeOrder = new Intl.Collator('zh-u-co-stroke');

/** By post, then by strokes. */
export function listMembers(doc: Y.Doc): Member[] {
	const members = [...membersOf(doc)].flatMap(([id, value]) => {
		const parsed = memberRow.safeParse(value);
		return parsed.success ? [{ id: id as MemberId, ...parsed.data }] : [];
	});
	return members.sort((a, b) => postRank(a) - postRank(b) || strokeOrder.compare(a.name, b.name));
}
