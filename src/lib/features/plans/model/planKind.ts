// The document kind, registered with core, which stamps new documents with it, runs what migrations
// are due and opens a document of a later version read-only.

import type * as Y from 'yjs';
import type { DocumentKind } from '$lib/core/rooms/documentKind.ts';
import { planRoots } from './planDocument.ts';

export const planKind: DocumentKind = {
	kind: 'plan',
	schema: 1,
	create: () => {},
	/** Keyed by the version they start from. They only add: an older app may still be editing. */
	migrations: {}
};

/** `empty`: nothing has arrived yet. `foreign`: not a plan, or no sane version number. */
export type PlanVersion = 'empty' | 'ready' | 'newer' | 'foreign';

export function planVersion(doc: Y.Doc): PlanVersion {
	const { meta } = planRoots(doc);
	if (meta.size === 0) return 'empty';
	const schema = meta.get('schema');
	const sane = typeof schema === 'number' && Number.isInteger(schema) && schema > 0;
	if (meta.get('kind') !== planKind.kind || !sane) return 'foreign';
	return schema > planKind.schema ? 'newer' : 'ready';
}
