/** What can be picked for a field: its choices, the people, and words that stand in it already. */
import { m } from '$lib/paraglide/messages.js';
import type { SelectOption } from '$lib/ui/Select.svelte';
import { readable } from '../../model/rows/value.ts';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';
import { choiceLabel, itemLabel } from '../../state/ledgerWords.ts';
import { peopleChoices, peopleFilterChoices } from '../peopleChoices.ts';

const mostWords = 200;

/** Words people have typed that are no choice. */
function typedWords(list: LedgerList, field: string, known: ReadonlySet<string>): string[] {
	const found = new Set<string>();
	for (const row of list.rows.listed) {
		const value = readable(row.values[field]);
		for (const word of Array.isArray(value) ? (value as string[]) : [value])
			if (typeof word === 'string' && !known.has(word)) found.add(word);
		if (found.size >= mostWords) break;
	}
	return [...found].sort((a, b) => a.localeCompare(b, 'zh'));
}

export const itemOptions = ({ catalogue }: LedgerList): SelectOption[] =>
	(catalogue?.items ?? []).map(({ no, aspect }) => ({
		value: String(no),
		label: itemLabel(catalogue, no),
		group: aspect || m.ledgers_catalogue_no_aspect()
	}));

function wordOptions(list: LedgerList, id: string): SelectOption[] {
	const field = list.columns.asked.find((one) => one.id === id);
	const choices =
		id === 'aspect'
			? list.aspects.map((aspect) => ({ value: aspect, label: aspect }))
			: (field?.choices ?? []);
	const typed = typedWords(list, id, new Set(choices.map(({ value }) => value)));
	return [...choices, ...typed.map((value) => ({ value, label: choiceLabel(id, value) }))];
}

/** For a filter: those who left can still be asked for. */
export function choicesToAsk(list: LedgerList, id: string): SelectOption[] {
	const kind = list.columns.asked.find((one) => one.id === id)?.kind;
	if (kind === 'person') return peopleFilterChoices(list.people);
	return kind === 'item' ? itemOptions(list) : wordOptions(list, id);
}

/** For what is written into rows. */
export function choicesToWrite(list: LedgerList, id: string): SelectOption[] {
	const kind = list.columns.byId(id)?.kind;
	if (kind === 'person') return peopleChoices(list.people, null);
	return kind === 'item' ? itemOptions(list) : wordOptions(list, id);
}
