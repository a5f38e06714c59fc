import type { DocumentKind } from '$lib/core/rooms/documentKind.ts';

/** The document of one talk; what lies where is in ../SPEC.md. It is empty until facts are written. */
export const talkKind: DocumentKind = {
	kind: 'talk',
	schema: 1,
	create: () => {},
	migrations: {}
};
