/** What the problem list needs to know of the members: who is called what. */
export interface Person {
	readonly id: string;
	readonly name: string;
}

export interface People {
	readonly all: readonly Person[];
	nameOf(id: string): string;
}

/** Names as they stand in tables: 张 敏, 张敏(组织委员), 组织委员张敏 stays unknown. */
export const bareName = (text: string): string =>
	text
		.normalize('NFKC')
		.replace(/\([^)]*\)/g, '')
		.replace(/\s+/g, '');

/** Null when nobody, or more than one, is called so. */
export function personByName(people: People, text: string): Person | null {
	const name = bareName(text);
	const found = people.all.filter((person) => bareName(person.name) === name);
	return found.length === 1 ? found[0]! : null;
}
