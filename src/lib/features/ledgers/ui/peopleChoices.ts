/**
 * Whom a problem can be given to. Those who left are offered no more, but where one of them stands in
 * an old row he stays to be seen, and rows can still be filtered by him.
 */
import { m } from '$lib/paraglide/messages.js';
import type { CellChoice } from '$lib/ui/grid/gridTypes.ts';
import { tellApart } from '$lib/ui/tellApart.ts';
import type { People, Person } from '../model/people.ts';
import { personName } from '../state/ledgerWords.ts';

function activeChoices({ activeMembers }: People): CellChoice[] {
	const apart = tellApart(
		activeMembers.map(({ name, posts, group }) => ({
			name,
			details: [posts.join(m.ui_list_separator()), group]
		}))
	);
	return activeMembers.map(({ id, name }, at) => {
		const detail = apart[at];
		return { value: id, label: detail ? m.ledgers_name_detail({ name, detail }) : name };
	});
}

const leftChoice = ({ id, name }: Person): CellChoice => ({
	value: id,
	label: m.ledgers_person_left({ name })
});

const isActive = ({ activeMembers }: People, id: string): boolean =>
	activeMembers.some((person) => person.id === id);

/** `current` is who is chosen now, or null. */
export function peopleChoices(people: People, current: string | null): CellChoice[] {
	const choices = activeChoices(people);
	if (current === null || isActive(people, current)) return choices;
	const known = people.all.find(({ id }) => id === current);
	const left = known ? leftChoice(known) : { value: current, label: personName(people, current) };
	return [...choices, left];
}

export const peopleFilterChoices = (people: People): CellChoice[] => [
	...activeChoices(people),
	...people.all.filter(({ id }) => !isActive(people, id)).map(leftChoice)
];
