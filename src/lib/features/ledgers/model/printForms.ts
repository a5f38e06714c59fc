/**
 * The printed forms as this branch has them: which columns in which order and under which names. An
 * upper committee that changes a form changes a template, not the app. What a column holds stays; only
 * how it is printed is kept here.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import type { ViewLedger } from './view/savedView.ts';

export interface FormColumn {
	/** Column id. */
	readonly id: string;
	/** Null: as the ledger calls it. */
	readonly title: string | null;
}

export interface PrintForm {
	/** Null: as the ledger and the branch are called. */
	readonly title: string | null;
	readonly columns: readonly FormColumn[];
}

export const maxFormColumns = 60;
const words = z.string().check(z.minLength(1), z.maxLength(200));
const schema = z.object({
	title: z.nullable(words),
	columns: z
		.array(z.object({ id: words, title: z.nullable(words) }))
		.check(z.minLength(1), z.maxLength(maxFormColumns))
});

export const formsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('forms');

/** Null: nobody has changed it, or what is there cannot be read. */
export function readForm(doc: Y.Doc, ledger: ViewLedger): PrintForm | null {
	const parsed = schema.safeParse(formsIn(doc).get(ledger));
	return parsed.success ? parsed.data : null;
}

/** Null brings the official form back. False for one that others could not read. */
export function putForm(doc: Y.Doc, ledger: ViewLedger, form: PrintForm | null): boolean {
	if (form === null) formsIn(doc).delete(ledger);
	else if (!schema.safeParse(form).success) return false;
	else
		formsIn(doc).set(ledger, {
			title: form.title,
			columns: form.columns.map((column) => ({ ...column }))
		});
	return true;
}
