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
	nameOf(id: string): string;
}

/** Names as they stand in tables: 张 敏, 张敏(组织委员), 组织委员张敏 stays unknown. */
export const bareName = (text: string): string =>
	text
		.normalize('NFKC')
		.replace(/\([^)]*\)/g, '')
		.replace(/\s+/g, '');

/** What stands in brackets behind a name: a post, or a Party group. */
const hintIn = (text: string): string =>
	/\(([^)]*)\)\s*$/.exec(text.normalize('NFKC'))?.[1]?.trim() ?? '';

const only = (found: readonly Person[]): Person | null => (found.length === 1 ? found[0]! : null);

/**
 * Null when nobody, or more than one, is called so. Those who left are meant only where nobody who is
 * still there has the name; among several, what stands in brackets decides.
 */
export function personByName(people: People, text: string): Person | null {
	const name = bareName(text);
	const isMeant = (person: Person): boolean => bareName(person.name) === name;
	const here = people.activeMembers.filter(isMeant);
	if (here.length === 0) return only(people.all.filter(isMeant));
	const hint = hintIn(text);
	return only(here) ?? only(here.filter(({ posts, group }) => [...posts, group].includes(hint)));
}
