/** A ledger narrowed to the rows a figure counts, as they are now. Loaded when an address asks for it. */
import { m } from '$lib/paraglide/messages.js';
import type { Figures } from '../model/numbers/figure.ts';
import { opinionNumbers } from '../model/numbers/opinionNumbers.ts';
import { problemNumbers } from '../model/numbers/problemNumbers.ts';
import { figureLabel } from './figureWords.ts';
import type { LedgerList } from './LedgerList.svelte.ts';

function figuresOf({ table, rows, catalogue, today }: LedgerList): Figures {
	if (table === 'opinions') return opinionNumbers(rows.listed, today).figures;
	return problemNumbers(rows.listed, catalogue, today).figures;
}

/** False for a name that is none. One whose rows have gone meanwhile shows none. */
export function showFigure(list: LedgerList, name: string): boolean {
	const figure = figuresOf(list).get(name);
	if (figure === undefined) return false;
	const { rowIds } = figure;
	const label = figureLabel(name, list.people);
	list.view.showOnly(rowIds, m.numbers_cause({ label, count: rowIds.length }));
	return true;
}
