/** A person's own act: rows of the personal list into the shared problem list. */
import { err, ok, type Result } from '$lib/base/result.ts';
import { localYmd } from '$lib/base/typedDate.ts';
import { readSchema } from '$lib/core/rooms/documentKind.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import { readCatalogue } from '../../model/catalogue/catalogue.ts';
import { blockersOf } from '../../model/life/guards.ts';
import type { Submission } from '../../model/personal/submission.ts';
import {
	enterRows,
	isSubmittable,
	markSubmitted,
	submittedWrite,
	type SubmitWish
} from '../../model/personal/submitRows.ts';
import { readRow, type LedgerRow } from '../../model/rows/ledgerRow.ts';
import { tableIn, type Author } from '../../model/rows/tableSteps.ts';
import { readable } from '../../model/rows/value.ts';
import { problemCodesIn } from '../list/ListCodes.ts';
import type { LedgerList } from '../LedgerList.svelte.ts';

/** `no-access`: one of the two lists cannot be written to, or is not here. `nothing`: nothing to submit is left. */
export type SubmitFault = 'no-access' | 'nothing';

/** What submitting needs to know of the list the rows are in. */
export type SubmitFrom = Pick<
	LedgerList,
	'ydoc' | 'columns' | 'self' | 'actor' | 'readonly' | 'catalogue'
>;
export type SubmitTarget = Pick<OpenDocument, 'doc' | 'access' | 'room'>;

export const takesRows = ({ access, doc }: Pick<SubmitTarget, 'access' | 'doc'>): boolean =>
	access === 'write' && readSchema(doc) > 0;

export const submitWish = (
	list: Pick<SubmitFrom, 'self' | 'catalogue'>,
	target: Pick<SubmitTarget, 'doc'>,
	leftOut: ReadonlySet<string>
): SubmitWish => ({
	owner: list.self,
	leftOut,
	catalogues: { own: list.catalogue, shared: readable(readCatalogue(target.doc)) }
});

/** Nobody has to submit it once more over there, unless the step itself has something against it. */
export const isHandedIn = (
	row: LedgerRow,
	{ actor }: Pick<SubmitFrom, 'actor'>,
	{ catalogues: { shared } }: SubmitWish
): boolean => {
	const catalogueTexts = shared?.items.map(({ text }) => text) ?? [];
	return blockersOf('problem', 'submit', row, actor, { catalogueTexts }).length === 0;
};

/** Both documents are written in one turn: no tab dies between a row and its mark. */
export function submitToShared(
	list: SubmitFrom,
	target: SubmitTarget,
	chosen: { readonly ids: readonly string[]; readonly leftOut: ReadonlySet<string> },
	author: Author
): Result<readonly Submission[], SubmitFault> {
	if (!takesRows(target) || list.readonly) return err('no-access');
	const stored = tableIn(list.ydoc, 'problems');
	const rows = chosen.ids
		.map((id) => readRow(id, stored.get(id), 'problems', list.columns.fields))
		.filter(isSubmittable);
	if (rows.length === 0) return err('nothing');
	const wish = submitWish(list, target, chosen.leftOut);
	const entries = rows.map((row) => ({
		write: submittedWrite(row, wish),
		handedIn: isHandedIn(row, list, wish)
	}));
	const entered = enterRows(target.doc, entries, author);
	const at = new Date(author.now()).toISOString();
	const codes = problemCodesIn(target.doc, localYmd(author.now()));
	const submissions = entered.map((row): Submission => {
		return { row, room: target.room, code: codes.get(row) ?? '', at, by: author.by };
	});
	markSubmitted(list.ydoc, new Map(rows.map(({ id }, index) => [id, submissions[index]!])));
	return ok(submissions);
}
