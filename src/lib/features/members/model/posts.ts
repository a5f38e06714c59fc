import { bySurnameStrokes } from './surnameOrder.ts';

/** Posts in the order in which a branch lists them. */
export const posts = [
	'书记',
	'副书记',
	'组织委员',
	'宣传委员',
	'纪检委员',
	'青年委员',
	'统战委员',
	'党小组长'
] as const;
export type Post = (typeof posts)[number];

/** What a school calls its own posts; offered, not prescribed. */
export const adminPosts = [
	'校长',
	'副校长',
	'教导主任',
	'德育主任',
	'总务主任',
	'办公室主任',
	'年级组长',
	'教研组长'
] as const;

/** 支部书记, 党支部组织委员 and the like are written with a prefix as often as without. */
const plainPost = (text: string): string => text.replace(/^(?:党支部|党总支|支部|支委会)/, '');

const separator = /[、，,；;\n]+|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u;

/** 书记、校长 in one cell or one line are two posts. */
export function splitPosts(text: string): string[] {
	const items = text.split(separator).map((item) => item.replace(/\s+/g, ' ').trim());
	return [...new Set(items.filter(Boolean))];
}

export const toPartyPost = (text: string): string =>
	posts.find((post) => post === plainPost(text)) ?? text;

/** Whether a post that stands under a mere 职务 is one in the Party. */
export const isPartyPost = (text: string): boolean =>
	/书记|委员$|党小组/.test(text) && !/人大|政协|班委/.test(text);

/** Lower comes first; those without a post come last. */
export function postRank(held: readonly string[]): number {
	const ranks = held.map((post) => posts.indexOf(post as Post)).filter((rank) => rank >= 0);
	return ranks.length > 0 ? Math.min(...ranks) : posts.length;
}

interface Ranked {
	readonly name: string;
	readonly posts: readonly string[];
}

export const byPostThenStrokes = (a: Ranked, b: Ranked): number =>
	postRank(a.posts) - postRank(b.posts) || bySurnameStrokes(a.name, b.name);
