// Whom a task can be given to. Those who left are offered no more, but where one of them stands in an
// old record he stays to be seen.

import { m } from '$lib/paraglide/messages.js';
import { tellApart } from '$lib/ui/tellApart.ts';
import type { People, Person } from './people.ts';

export interface PersonChoice {
	readonly id: string;
	readonly label: string;
}

const labelOf = (name: string, words: readonly string[]): string =>
	words.length > 0 ? m.plans_name_posts({ name, posts: words.join(m.ui_list_separator()) }) : name;

/** `wordsOf`: what stands beside every name. */
function active(
	{ activeMembers }: People,
	wordsOf: (person: Person) => readonly string[]
): PersonChoice[] {
	const apart = tellApart(
		activeMembers.map((person) => ({
			name: labelOf(person.name, wordsOf(person)),
			details:
				wordsOf(person).length > 0
					? [person.group]
					: [person.posts.join(m.ui_list_separator()), person.group]
		}))
	);
	return activeMembers.map((person, at) => {
		const detail = apart[at];
		const words = [...wordsOf(person), ...(detail ? [detail] : [])];
		return { id: person.id, label: labelOf(person.name, words) };
	});
}

function gone(people: People, current: readonly string[]): PersonChoice[] {
	return current
		.filter((id) => !people.activeMembers.some((person) => person.id === id))
		.map((id) => {
			const name = people.nameOf(id);
			return { id, label: name ? m.plans_person_left({ name }) : m.plans_somebody() };
		});
}

/** By name; same names are told apart. */
export const nameChoices = (people: People, current: readonly string[]): PersonChoice[] => [
	...active(people, () => []),
	...gone(people, current)
];

/** By name and posts. */
export const postChoices = (people: People, current: string | null): PersonChoice[] => [
	...active(people, ({ posts }) => posts),
	...gone(people, current === null ? [] : [current])
];
