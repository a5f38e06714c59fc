/**
 * A batch into a problem list that no screen has open: one update, shuffled, dated with the batch
 * (rules as in batch.ts). Gives the code each entry got.
 */
import type * as Y from 'yjs';
import { localYmd } from '$lib/base/typedDate.ts';
import { builtInFields } from '../rows/fields.ts';
import { readRow } from '../rows/ledgerRow.ts';
import { LedgerTable } from '../rows/ledgerTable.ts';
import { tableIn, type Author } from '../rows/tableSteps.ts';
import { rowCodes, yearOfRows } from '../rows/rowCodes.ts';
import { batchInstant, batchRows, nextBatchNumber, type Batch } from './batch.ts';

const fields = builtInFields('problems');

const readAll = (doc: Y.Doc) =>
	[...tableIn(doc, 'problems')].map(([id, row]) => readRow(id, row, 'problems', fields));

/** In the order of the batch's entries; an entry without words has none. */
export function publishBatch(
	doc: Y.Doc,
	batch: Omit<Batch, 'people'>,
	author: Author
): (string | null)[] {
	const table = new LedgerTable(doc, 'problems', author, () => fields, []);
	const last = readAll(doc)
		.map(({ order }) => order)
		.toSorted()
		.at(-1);
	const rows = batchRows(batch, author.random);
	const gap = { after: last ?? null, before: null };
	const ids = doc.transact(() => table.add(rows, gap, batchInstant(batch.on)));
	table.destroy();
	const now = readAll(doc);
	const year = yearOfRows(now) ?? localYmd(author.now()).slice(0, 4);
	const codes = rowCodes(now, `WT-${year}`);
	const byWords = new Map(rows.map((row, at) => [row.values.manifestation, ids[at]!]));
	return batch.entries.map(({ manifestation }) => {
		const id = byWords.get(manifestation.trim());
		return id === undefined ? null : (codes.get(id) ?? null);
	});
}

/** The first of `name(1)`, `name(2)` … that no batch of the list has. */
export const nextBatchLabel = (doc: Y.Doc, name: (number: number) => string): string =>
	name(nextBatchNumber(readAll(doc), name));
