/** A kind of document: its schema number and the migrations that only add. */
import type * as Y from 'yjs';
import type { Access } from './openDocument.ts';

export interface DocumentKind {
	readonly kind: string;
	/** The newest shape this version of the app writes. */
	readonly schema: number;
	/** Fills a new, empty document. Runs once, on the device that creates it. */
	create(doc: Y.Doc): void;
	/** `migrations[n]` takes a document from shape n to n + 1, and may run on several devices at once. */
	readonly migrations: Readonly<Record<number, (doc: Y.Doc) => void>>;
}

const META = 'meta';

export function stampSchema(
	doc: Y.Doc,
	{ kind, schema }: Pick<DocumentKind, 'kind' | 'schema'>
): void {
	doc.getMap(META).set('kind', kind);
	doc.getMap(META).set('schema', schema);
}

/** 0 while nothing is known of the document yet. */
export function readSchema(doc: Y.Doc): number {
	const schema = doc.getMap(META).get('schema');
	return typeof schema === 'number' && Number.isInteger(schema) ? schema : 0;
}

/** What this version may do with the document as it is now. */
export function accessOf(doc: Y.Doc, kind: DocumentKind, mayWrite: boolean): Access {
	if (readSchema(doc) > kind.schema) return 'newer-version';
	return mayWrite ? 'write' : 'read';
}

/** Runs what migrations are due and says what this version may do with the document. */
export function prepareDocument(doc: Y.Doc, kind: DocumentKind, mayWrite: boolean): Access {
	const found = readSchema(doc);
	const access = accessOf(doc, kind, mayWrite);
	if (access !== 'write' || found === 0) return access; // 0: its creation has not arrived yet
	doc.transact(() => {
		for (let schema = found; schema < kind.schema; schema++) kind.migrations[schema]?.(doc);
		if (found < kind.schema) stampSchema(doc, kind);
	});
	return 'write';
}
