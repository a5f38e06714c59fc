/** Writing one row: its skeleton and edits to it. Callers hold the transaction. */
import * as Y from 'yjs';
import * as z from 'zod/mini';
import {
	scalarFields,
	scalarSchemas,
	textFields,
	type ProblemSource,
	type Problem,
	type ScalarField,
	type TextField,
	type Trash
} from './problem.ts';
import { replaceText } from './replaceText.ts';

type Written<F extends ScalarField> = Exclude<Problem[F], symbol>;

/** What is to change; null empties a field, a field left out stays as it is. */
export type ProblemEdit = {
	readonly [F in ScalarField]?: Written<F>;
} & { readonly [F in TextField]?: string | null } & {
	readonly sources?: readonly ProblemSource[] | null;
};

/**
 * A row with every shared part in it and no words. It begins in the trash and is brought onto the
 * list by a second, undoable step: taking an addition back then never deletes the Y.Texts under a
 * colleague's hands, and what the colleague wrote can be found in the trash.
 */
export function createRow(trash: Trash): Y.Map<unknown> {
	const row = new Y.Map<unknown>();
	row.set('trash', trash);
	row.set('createdBy', trash.by);
	row.set('createdAt', trash.at);
	row.set('sources', new Y.Map());
	for (const field of textFields) row.set(field, new Y.Text());
	return row;
}

/** The text to type in; made when a row from elsewhere lacks it, null when it holds something else. */
export function textOf(row: Y.Map<unknown>, field: TextField): Y.Text | null {
	const value = row.get(field);
	if (value instanceof Y.Text) return value;
	if (value !== undefined) return null;
	const text = new Y.Text();
	row.set(field, text);
	return text;
}

function writeText(row: Y.Map<unknown>, field: TextField, words: string): void {
	const text = textOf(row, field);
	if (text !== null) return replaceText(text, words);
	row.set(field, new Y.Text(words));
}

function writeSources(row: Y.Map<unknown>, wanted: readonly ProblemSource[]): void {
	const found = row.get('sources');
	const ticked: Y.Map<unknown> =
		found instanceof Y.Map ? found : row.set('sources', new Y.Map<unknown>());
	for (const name of [...ticked.keys()])
		if (!wanted.includes(name as ProblemSource)) ticked.delete(name);
	for (const name of wanted) if (!ticked.has(name)) ticked.set(name, true);
}

/** What colleagues' devices would not be able to read is not written either. */
const isAllowed = (field: ScalarField, value: unknown): boolean =>
	z.safeParse<z.ZodMiniType>(scalarSchemas[field], value).success;

/** Each field that the edit names is written if it differs; whatever stood there unreadable goes. */
export function writeEdit(row: Y.Map<unknown>, edit: ProblemEdit): void {
	for (const field of scalarFields) {
		const value = edit[field];
		if (value === undefined || value === row.get(field)) continue;
		if (value === null || value === false) row.delete(field);
		else if (isAllowed(field, value)) row.set(field, value);
	}
	for (const field of textFields) {
		const words = edit[field];
		if (words !== undefined) writeText(row, field, words ?? '');
	}
	if (edit.sources !== undefined) writeSources(row, edit.sources ?? []);
}
