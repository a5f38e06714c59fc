/**
 * Columns a branch adds to a ledger. A column is put away, never removed: what stands in its cells
 * stays, and comes back with it.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { ownFieldId, type FieldKind, type LedgerField, type TableName } from './rows/fields.ts';

export const ownKinds = [
	'text',
	'number',
	'date',
	'person',
	'choice',
	'multi',
	'check',
	'link',
	/** Files of their own, beside the row's evidence. */
	'files'
] as const satisfies readonly (FieldKind | 'files')[];
export type OwnKind = (typeof ownKinds)[number];

export interface OwnColumn {
	readonly id: string;
	readonly table: TableName;
	readonly title: string;
	readonly kind: OwnKind;
	/** For `choice` and `multi`; what stands in the cells is the word itself. */
	readonly choices: readonly string[];
	/** ISO instant by its maker's clock: columns stand in this order until somebody moves them. */
	readonly at: string;
	readonly putAway: boolean;
}

export const maxOwnColumns = 60;
const word = z.string().check(z.minLength(1), z.maxLength(100));
const schema = z.object({
	table: z.enum(['problems', 'opinions']),
	title: word,
	kind: z.enum(ownKinds),
	choices: z._default(z.array(word).check(z.maxLength(100)), []),
	at: z.string().check(z.maxLength(40)),
	putAway: z._default(z.boolean(), false)
});

export const columnsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('columns');

const inOrder = (a: OwnColumn, b: OwnColumn): number =>
	a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1;

/** Those put away included. */
export function readColumns(doc: Y.Doc, table: TableName): OwnColumn[] {
	return [...columnsIn(doc)]
		.flatMap(([id, value]) => {
			const parsed = schema.safeParse(value);
			return parsed.success && parsed.data.table === table ? [{ id, ...parsed.data }] : [];
		})
		.sort(inOrder)
		.slice(0, maxOwnColumns);
}

/** The caller holds the transaction. False for a column that colleagues could not read. */
export function putColumn(doc: Y.Doc, { id, ...column }: OwnColumn): boolean {
	if (!schema.safeParse(column).success) return false;
	columnsIn(doc).set(id, { ...column, choices: [...column.choices] });
	return true;
}

/** One whose cells hold a value; files lie beside the values. */
type ValueColumn = OwnColumn & { readonly kind: FieldKind };
export const holdsValue = (column: OwnColumn): column is ValueColumn => column.kind !== 'files';

/** Words typed beside the list may stand in a choice of one's own, as in any spreadsheet. */
export const columnField = ({ id, kind, choices }: ValueColumn): LedgerField => ({
	id: ownFieldId(id),
	kind,
	...(kind === 'choice' || kind === 'multi' ? { choices, free: true } : {})
});
