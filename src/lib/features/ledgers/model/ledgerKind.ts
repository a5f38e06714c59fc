import type * as Y from 'yjs';
import type { DocumentKind } from '$lib/core/rooms/documentKind.ts';

/**
 * The document of one ledger: `problems` (id → row, see problemRow.ts) and `catalogue`. A change
 * of shape takes the next number and a migration that only adds: two devices may run it at once,
 * and a device that has not been updated still reads the rest.
 */
export const ledgerKind: DocumentKind = {
	kind: 'ledger',
	schema: 1,
	/** Everything in it comes with the first row. */
	create(doc: Y.Doc): void {
		doc.getMap('problems');
		doc.getMap('catalogue');
	},
	migrations: {}
};
