import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { prepareDocument, readSchema, stampSchema, type DocumentKind } from './documentKind.ts';

const kind: DocumentKind = {
	kind: 'notes',
	schema: 3,
	create: () => {},
	migrations: {
		1: (doc) => void doc.getMap('a').set('added', 1),
		2: (doc) => void doc.getMap('b').set('added', 2)
	}
};

describe('prepareDocument', () => {
	it('L9 opens a document of a newer version read-only and leaves it as it is', () => {
		const doc = new Y.Doc();
		stampSchema(doc, { kind: 'notes', schema: 4 });
		const before = Y.encodeStateAsUpdate(doc);
		expect(prepareDocument(doc, kind, true)).toBe('newer-version');
		expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
	});

	it('runs the migrations that are due, in order, once', () => {
		const doc = new Y.Doc();
		stampSchema(doc, { kind: 'notes', schema: 1 });
		expect(prepareDocument(doc, kind, true)).toBe('write');
		expect([doc.getMap('a').get('added'), doc.getMap('b').get('added'), readSchema(doc)]).toEqual([
			1, 2, 3
		]);
		const before = Y.encodeStateAsUpdate(doc);
		prepareDocument(doc, kind, true);
		expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
	});

	it('migrates nothing for somebody who may only read, nor in a document that has not arrived', () => {
		const [doc, empty] = [new Y.Doc(), new Y.Doc()];
		stampSchema(doc, { kind: 'notes', schema: 1 });
		expect(prepareDocument(doc, kind, false)).toBe('read');
		expect(doc.getMap('a').size).toBe(0);
		expect(prepareDocument(empty, kind, true)).toBe('write');
		expect(readSchema(empty)).toBe(0);
	});
});
