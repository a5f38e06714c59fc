/** What the problem list needs to know of the members: who is called what. */
export interface Person {
	readonly id: string;
	readonly name: string;
	readonly posts: readonly string[];
	/** Of the Party group; empty for none. */
	readonly group: string;
}

export interface People {
	/** Those who left included: old rows name them. */
	readonly all: readonly Person[];
	/** Whom something can be given to. */
	readonly activeMembers: readonly Person[];
	/** Whom a comment can reach, where that is not all of them. */
	readonly mentionable?: readonly Person[];
	nameOf(id: string): string;
}

/** Names as they stand in tables: 张 敏, 张敏(组织委员), 组织委员张敏 stays unknown. */
export const bareName = (text: string): string =>
	text
		.normalize('NFKC')
		.replace(/\([^()]*\)/g, '')
		.replace(/\s+/g, '');

/** What stands in brackets behind a name: a post, or a Party group. */
const hintIn = (text: string): string =>
	/\(([^()]*)\)$/.exec(text.normalize('NFKC').trimEnd())?.[1]?.trim() ?? '';

const whoLeft = /^(已离开|已调离|left)$/i;

const only = (found: readonly Person[]): Person | null => (found.length === 1 ? found[0]! : null);

/**
 * Null when nobody, or more than one, is called so. Those who left are meant only where nobody who is
 * still there has the name, or where it is said so; among several, what stands in brackets decides.
 */
export function personByName(people: People, text: string): Person | null {
	const name = bareName(text);
	const isMeant = (person: Person): boolean => bareName(person.name) === name;
	const here = people.activeMembers.filter(isMeant);
	const hint = hintIn(text);
	if (here.length === 0 || whoLeft.test(hint))
		return only(people.all.filter((person) => isMeant(person) && !here.includes(person)));
	return only(here) ?? only(here.filter(({ posts, group }) => [...posts, group].includes(hint)));
}

/**
 * The way back: what to put in brackets behind a name so that it is found again. Empty where the name is
 * enough, or nothing tells those of one name apart.
 */
export function hintOf(people: People, id: string): string {
	const person = people.activeMembers.find((one) => one.id === id);
	if (person === undefined) return '';
	const name = bareName(person.name);
	const others = people.activeMembers.filter((one) => one.id !== id && bareName(one.name) === name);
	if (others.length === 0) return '';
	const taken = new Set(others.flatMap(({ posts, group }) => [...posts, group]));
	return [...person.posts, person.group].find((word) => word !== '' && !taken.has(word)) ?? '';
}

/** Of somebody who left, whose name would be taken for somebody else's. */
export function isMistakable(people: People, id: string): boolean {
	const person = people.all.find((one) => one.id === id);
	if (person === undefined || people.activeMembers.some((one) => one.id === id)) return false;
	const name = bareName(person.name);
	return people.activeMembers.some((one) => bareName(one.name) === name);
}
