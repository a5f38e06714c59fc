/**
 * From a personal list into the shared one. What was typed on the way stays in the personal document:
 * finished words alone are written over there, all rows at once, as rows that say whose problem it is
 * and nothing of where they were before (domain notes 6.3).
 */
import type * as Y from 'yjs';
import { newId } from '$lib/base/ids.ts';
import { itemByNo, type Catalogue } from '../catalogue/catalogue.ts';
import { foldLife } from '../life/foldLife.ts';
import { nextEvent } from '../life/nextEvent.ts';
import { problemMachine } from '../life/problemMachine.ts';
import { builtInFields, type ProblemFieldId } from '../rows/fields.ts';
import { isTrashed, wordsIn, type LedgerRow } from '../rows/ledgerRow.ts';
import { LedgerTable } from '../rows/ledgerTable.ts';
import type { RowWrite } from '../rows/rowEdit.ts';
import { tableIn, type Author } from '../rows/tableSteps.ts';
import { RowsProjection } from '../rows/rowsProjection.ts';
import { readable, type FieldValue } from '../rows/value.ts';
import { putSubmission, type Submission } from './submission.ts';

/** What may go along, in the order in which it is shown before; files, comments and history never do. */
export const submittedFields = [
	...(['manifestation', 'aspect', 'itemNo', 'sources', 'rootCause', 'topics', 'urgent'] as const),
	...(['rectKind', 'due', 'goal', 'measures', 'result'] as const),
	...(['leaderId', 'responsibleId', 'department', 'remark'] as const)
] satisfies readonly (ProblemFieldId | 'measures')[];
export type SubmittedField = (typeof submittedFields)[number];

export interface SubmitWish {
	/** Member id of the person whose problems they are. */
	readonly owner: string;
	/** What the person keeps back. */
	readonly leftOut: ReadonlySet<string>;
	/** Of the personal list, and of the one it goes to. */
	readonly catalogues: { readonly own: Catalogue | null; readonly shared: Catalogue | null };
}

/** Not yet submitted, and with words to submit. */
export const isSubmittable = (row: LedgerRow): boolean =>
	row.submissions.length === 0 && !isTrashed(row) && wordsIn(row, 'manifestation').trim() !== '';

/** A number means something only beside the catalogue it was picked from. */
function isSameItem(no: number, { own, shared }: SubmitWish['catalogues']): boolean {
	const item = itemByNo(own, no);
	return item !== null && item.text === itemByNo(shared, no)?.text;
}

function valueFor(row: LedgerRow, field: SubmittedField, wish: SubmitWish): FieldValue | null {
	if (field === 'measures') return null;
	const value = readable(row.values[field]);
	if (field === 'itemNo' && typeof value === 'number' && !isSameItem(value, wish.catalogues))
		return null;
	return typeof value === 'string' ? value.trim() || null : value;
}

const measuresOf = (row: LedgerRow): string[] =>
	row.measures.map(({ text }) => text.trim()).filter((text) => text !== '');

/** What of a row goes over, field by field: the list that is shown is the list that is written. */
export function fieldsToSubmit(row: LedgerRow, wish: SubmitWish): SubmittedField[] {
	return submittedFields.filter(
		(field) =>
			!(field !== 'manifestation' && wish.leftOut.has(field)) &&
			(field === 'measures' ? measuresOf(row).length > 0 : valueFor(row, field, wish) !== null)
	);
}

export function submittedWrite(row: LedgerRow, wish: SubmitWish): RowWrite {
	const fields = fieldsToSubmit(row, wish);
	const stored = fields.filter((field) => field !== 'measures');
	return {
		values: {
			...Object.fromEntries(stored.map((field) => [field, valueFor(row, field, wish)])),
			level: 'person',
			ownerMemberId: wish.owner
		},
		...(fields.includes('measures') && { measures: measuresOf(row) })
	};
}

/** Of one row, with whether it is handed in too: 待核实 instead of 草稿. */
export interface Entry {
	readonly write: RowWrite;
	readonly handedIn: boolean;
}

function handIn(problems: LedgerTable, id: string, { by, now, random }: Author): void {
	const unbegun = foldLife(problemMachine, []);
	const at = new Date(now()).toISOString();
	problems.happen(id, nextEvent(unbegun, 'submit', by, at, newId(random)));
}

/** At the end of the problem list, in one update; gives the new rows' ids. */
export function enterRows(doc: Y.Doc, entries: readonly Entry[], author: Author): string[] {
	const fields = builtInFields('problems');
	const problems = new LedgerTable(doc, 'problems', author, () => fields);
	const listed = new RowsProjection(problems.rows, 'problems', fields);
	const ids = doc.transact(() => {
		const writes = entries.map(({ write }) => write);
		const added = problems.add(writes, listed.gapBefore(null));
		added.forEach((id, at) => entries[at]!.handedIn && handIn(problems, id, author));
		return added;
	}, 'ledger structure');
	listed.destroy();
	problems.destroy();
	return ids;
}

/** By row of the personal list. Nobody's own step: no undo takes it back. */
export function markSubmitted(doc: Y.Doc, marks: ReadonlyMap<string, Submission>): void {
	const rows = tableIn(doc, 'problems') as Y.Map<Y.Map<unknown>>;
	doc.transact(() => {
		for (const [id, submission] of marks) putSubmission(rows.get(id)!, submission);
	}, 'ledger structure');
}
