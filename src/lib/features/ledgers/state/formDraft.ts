/**
 * 打印表样 while somebody is changing it: all columns there are to print, those chosen in their order,
 * and the official form to go back to.
 */
import { putForm, readForm, type FormColumn, type PrintForm } from '../model/printForms.ts';
import { formColumns } from './ledgerColumns.ts';
import type { LedgerList } from './LedgerList.svelte.ts';

export interface FormDraft {
	readonly title: string;
	readonly columns: readonly FormColumn[];
}

export const officialForm = ({ ledger }: Pick<LedgerList, 'ledger'>): FormDraft => ({
	title: '',
	columns: formColumns[ledger].map((id) => ({ id, title: null }))
});

/** What the branch prints now; columns that are gone are left out. */
export function formNow(list: LedgerList): FormDraft {
	const form = readForm(list.ydoc, list.ledger);
	if (form === null) return officialForm(list);
	const known = new Set(printable(list).map(({ id }) => id));
	return { title: form.title ?? '', columns: form.columns.filter(({ id }) => known.has(id)) };
}

export const printable = (list: LedgerList): { id: string; title: string }[] =>
	[...list.columns.printed, ...list.columns.all].map(({ id, title }) => ({ id, title }));

export function isOfficial(list: LedgerList, draft: FormDraft): boolean {
	return JSON.stringify(tidied(draft)) === JSON.stringify(tidied(officialForm(list)));
}

const tidied = ({ title, columns }: FormDraft): PrintForm => ({
	title: title.trim() || null,
	columns: columns.map((column) => ({ id: column.id, title: column.title?.trim() || null }))
});

/** Shared with the branch. Gives the way back; null, and nothing written, where it cannot be. */
export function saveForm(list: LedgerList, draft: FormDraft): (() => void) | null {
	if (list.readonly || draft.columns.length === 0) return null;
	const { ydoc, ledger } = list;
	const before = readForm(ydoc, ledger);
	const put = (form: PrintForm | null): boolean => ydoc.transact(() => putForm(ydoc, ledger, form));
	return put(isOfficial(list, draft) ? null : tidied(draft)) ? () => void put(before) : null;
}
