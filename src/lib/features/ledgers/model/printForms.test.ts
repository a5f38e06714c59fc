import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readExports, recordExport, type ExportRecord } from './exportRecords.ts';
import { formsIn, putForm, readForm } from './printForms.ts';

describe('a branch’s printed form', () => {
	const form = { title: '问题整改台账', columns: [{ id: 'manifestation', title: '存在的问题' }] };

	it('LD13 is read back as it was put, for its ledger only', () => {
		const doc = new Y.Doc();
		expect(putForm(doc, 'rectification', form)).toBe(true);
		expect(readForm(doc, 'rectification')).toEqual(form);
		expect(readForm(doc, 'problems')).toBeNull();
		putForm(doc, 'rectification', null);
		expect(readForm(doc, 'rectification')).toBeNull();
	});

	it('LD13 that cannot be read, or has no column, is as if there were none', () => {
		const doc = new Y.Doc();
		expect(putForm(doc, 'problems', { title: null, columns: [] })).toBe(false);
		formsIn(doc).set('problems', { columns: 'all' });
		expect(readForm(doc, 'problems')).toBeNull();
	});
});

describe('exports', () => {
	const record = (id: string, at: string): ExportRecord => ({
		...{ id, at, by: 'm03', ledger: 'rectification', format: 'xlsx' },
		...{ rows: 6, columns: 12 }
	});

	it('LD14 are recorded, the latest first, beyond the reach of undo', () => {
		const doc = new Y.Doc();
		const undo = new Y.UndoManager(doc);
		recordExport(doc, record('a', '2023-03-15T01:00:00.000Z'));
		recordExport(doc, record('b', '2023-03-16T01:00:00.000Z'));
		undo.undo();
		doc.getMap('exports').set('odd', { by: 7 });
		expect(readExports(doc).map(({ id }) => id)).toEqual(['b', 'a']);
	});
});
