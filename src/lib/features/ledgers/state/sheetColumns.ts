/**
 * The columns of a ledger as they stand in a file: those of the branch's printed form first, under the
 * names it gives them. Export and import read the same list, so that what was exported is recognised.
 */
import { m } from '$lib/paraglide/messages.js';
import type { LedgerRow } from '../model/rows/ledgerRow.ts';
import { readForm } from '../model/printForms.ts';
import type { ViewLedger } from '../model/view/savedView.ts';
import { formColumns, ledgerColumns, printedColumns, type LedgerColumn } from './ledgerColumns.ts';
import type { LedgerList } from './LedgerList.svelte.ts';
import { inOfficeWords } from '$lib/state/officeWords.ts';

export interface SheetColumn {
	readonly id: string;
	/** No two are alike. */
	readonly title: string;
	/** Of the printed form. */
	readonly inForm: boolean;
	readonly kind: LedgerColumn['kind'];
	readonly isField: boolean;
	/** What stands in the cell; `number` is the caller's. */
	text(row: LedgerRow): string;
}

/** A batch says when its talks were held, which no form may; how often a row was talked about is no content. */
const neverInForms = new Set(['sourceBatch', 'comments']);

/** Excel takes 32,767 characters in a cell. */
const maxCellChars = 32_000;
const cut = (text: string): string =>
	text.length <= maxCellChars ? text : text.slice(0, maxCellChars) + m.exchange_cut();

/** Line breaks and what no font shows stand in no heading. */
const tidyTitle = (title: string): string =>
	title
		.toWellFormed()
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();

function uniqueTitle(title: string, taken: Set<string>): string {
	const tidy = tidyTitle(title) || '—';
	let unique = tidy;
	for (let number = 2; taken.has(unique); number++)
		unique = m.exchange_title_again({ title: tidy, number });
	taken.add(unique);
	return unique;
}

function allColumns(list: LedgerList, ledger: ViewLedger): LedgerColumn[] {
	const context = { ...list.columns.context, ledger };
	const isOfForm = ({ id }: LedgerColumn): boolean => id === 'number' || ledger === 'rectification';
	return [...printedColumns(context).filter(isOfForm), ...ledgerColumns(context)];
}

/** By column id: what is printed where the branch has given no name of its own. */
export const usualTitles = (list: LedgerList): ReadonlyMap<string, string> =>
	inOfficeWords(() => new Map(allColumns(list, list.ledger).map(({ id, title }) => [id, title])));

/** In the words of the moment: see inOfficeWords. */
export function sheetColumns(list: LedgerList, ledger: ViewLedger = list.ledger): SheetColumn[] {
	const all = new Map(allColumns(list, ledger).map((column) => [column.id, column]));
	const plain = formColumns[ledger].map((id) => ({ id, title: null }));
	const form = (readForm(list.ydoc, ledger)?.columns ?? plain).filter(({ id }) => all.has(id));
	const named = new Map(form.map(({ id, title }) => [id, title]));
	const rest = [...all.keys()].filter((id) => !named.has(id));
	const taken = new Set<string>();
	return [...named.keys(), ...rest]
		.filter((id) => !neverInForms.has(id))
		.map((id) => {
			const column = all.get(id)!;
			return {
				...{ id, kind: column.kind, isField: column.field !== null, inForm: named.has(id) },
				title: uniqueTitle(named.get(id) ?? column.title, taken),
				text: (row) => cut(column.text(row))
			};
		});
}
