import * as Y from 'yjs';
import type { DocumentKind } from '$lib/core/rooms/documentKind.ts';

/**
 * The document of one ledger; what lies where is in SPEC.md. A change of shape takes the next number
 * and a migration that only adds: two devices may run it at once, and a device that has not been
 * updated still reads the rest.
 */
export const ledgerKind: DocumentKind = {
	kind: 'ledger',
	schema: 2,
	/** Everything in it comes with the first row. */
	create(doc: Y.Doc): void {
		for (const name of ['problems', 'opinions', 'catalogue']) doc.getMap(name);
	},
	migrations: { 1: numberRows }
};

/** Rows of version 1 had no number. Given in the list's order, so that two devices give the same. */
function numberRows(doc: Y.Doc): void {
	const rows = [...doc.getMap('problems')]
		.flatMap(([id, row]) => (row instanceof Y.Map ? [{ id, row: row as Y.Map<unknown> }] : []))
		.filter(({ row }) => !row.has('seq'))
		.map(({ id, row }) => ({
			id,
			row,
			key: `${row.has('trash') ? 1 : 0} ${String(row.get('order'))} ${id}`
		}))
		.sort((a, b) => (a.key < b.key ? -1 : 1));
	rows.forEach(({ row }, index) => row.set('seq', index + 1));
}
