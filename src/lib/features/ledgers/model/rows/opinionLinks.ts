/** From a problem back to the opinions that became it; the problem itself does not name them. */
import * as Y from 'yjs';
import { builtInFields } from './fields.ts';
import { isTrashed, readRow, type LedgerRow } from './ledgerRow.ts';
import { tableIn } from './tableSteps.ts';

/** Only rows that name it are read. Those in the trash are left out. */
export function opinionsBehind(doc: Y.Doc, problemId: string): LedgerRow[] {
	const fields = builtInFields('opinions');
	return [...tableIn(doc, 'opinions')]
		.filter(([, row]) => row instanceof Y.Map && row.get('problemId') === problemId)
		.map(([id, row]) => readRow(id, row, 'opinions', fields))
		.filter((row) => !isTrashed(row));
}
