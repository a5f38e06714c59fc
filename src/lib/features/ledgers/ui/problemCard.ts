import { m } from '$lib/paraglide/messages.js';
import type { Card } from '$lib/ui/CardList.svelte';
import type { CellMark } from '$lib/ui/grid/gridTypes.ts';
import { scalarFields, textFields, unreadable, type Problem } from '../model/problem.ts';
import type { ProblemList } from '../state/ProblemList.svelte.ts';
import { dueMark, fieldText } from './problemLabels.ts';

/** A row as a card: what it is about, who sees to it and by when. */
export function problemCard(problem: Problem, list: ProblemList): Card {
	const words = { people: list.people, catalogue: list.catalogue };
	const facts = (['aspect', 'responsibleId', 'rectKind', 'due'] as const)
		.map((field) => fieldText(problem, field, words))
		.filter((text) => text !== '');
	const due = dueMark(problem, list.today);
	const broken = [...scalarFields, ...textFields, 'sources' as const].some(
		(field) => problem[field] === unreadable
	);
	const marks: (CellMark | false | null)[] = [
		due,
		problem.urgent === true && { tone: 'warning', label: m.ledgers_field_urgent() },
		broken && { tone: 'warning', label: m.ledgers_unreadable() }
	];
	return {
		title: fieldText(problem, 'manifestation', words) || m.ledgers_not_filled(),
		lines: facts,
		marks: marks.filter((mark) => mark !== null && mark !== false)
	};
}
