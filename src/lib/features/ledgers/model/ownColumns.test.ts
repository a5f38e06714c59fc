import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { parseAttachmentRef, type AttachmentRef } from '$lib/core/blobs/attachmentRef.ts';
import {
	columnField,
	columnsIn,
	putColumn,
	readColumns,
	type OwnColumn,
	type OwnKind
} from './ownColumns.ts';
import type { FieldKind } from './rows/fields.ts';
import { filesIn, readRow } from './rows/ledgerRow.ts';
import { unreadable, writeValue, type FieldValue } from './rows/value.ts';
import { add, createLedgerDevice } from './testLedger.ts';

const column = (more: Partial<OwnColumn> = {}): OwnColumn => ({
	...{ id: 'c1', table: 'problems', title: '督导组意见', kind: 'text', choices: [] },
	...{ at: '2023-03-15T01:00:00.000Z', putAway: false },
	...more
});

describe('own columns', () => {
	it('are read back per table, in the order they were made', () => {
		const doc = new Y.Doc();
		putColumn(doc, column({ id: 'b', at: '2023-03-16T00:00:00Z' }));
		putColumn(doc, column({ id: 'a' }));
		putColumn(doc, column({ id: 'o', table: 'opinions' }));
		columnsIn(doc).set('odd', { title: 7 });
		expect(readColumns(doc, 'problems').map(({ id }) => id)).toEqual(['a', 'b']);
		expect(readColumns(doc, 'opinions').map(({ id }) => id)).toEqual(['o']);
	});

	it('without a title are not written', () => {
		const doc = new Y.Doc();
		expect(putColumn(doc, column({ title: '' }))).toBe(false);
		expect(columnsIn(doc).size).toBe(0);
	});

	it.each<[OwnKind & FieldKind, FieldValue, unknown]>([
		['text', '已阅', 7],
		['number', 0.3, '三'],
		['date', '2023-04-01', '四月'],
		['person', 'm18', ''],
		['choice', '甲', 3],
		['multi', ['甲', '丙'], 'x'],
		['check', true, 'true'],
		['link', 'https://example.org/a', 'javascript:alert(1)']
	])('LD12 of kind %s hold their values, and others’ nonsense is unreadable', (kind, good, bad) => {
		const doc = new Y.Doc();
		const row = doc.getMap('rows').set('r', new Y.Map<unknown>());
		const field = columnField({ ...column({ choices: ['甲', '乙'] }), kind });
		expect(writeValue(row, field, good)).toBe(true);
		expect(readRow('r', row, 'problems', [field]).values[field.id]).toEqual(good);
		expect(writeValue(row, field, null)).toBe(true);
		expect(readRow('r', row, 'problems', [field]).values).toEqual({});
		row.set(field.id, bad);
		expect(readRow('r', row, 'problems', [field]).values[field.id]).toBe(unreadable);
	});

	it('LD12 for files keep them apart from the evidence and from each other', () => {
		const a = createLedgerDevice();
		const id = add(a, '一');
		const ref = (name: string, letter: string): AttachmentRef =>
			parseAttachmentRef({
				...{ id: letter.padEnd(43, 'A'), key: `AGE-SECRET-KEY-1${'Q'.repeat(58)}`, name },
				...{ mime: 'image/png', size: 10, kind: 'photo', by: 'm0', at: '2023-03-15T01:00:00.000Z' }
			})!;
		const [proof, minutes, list] = [ref('佐证', 'A'), ref('会议纪要', 'B'), ref('名单', 'C')];
		expect(a.ledger.files.add(id, proof)).toBe(true);
		expect(a.ledger.files.add(id, minutes, 'c1')).toBe(true);
		expect(a.ledger.files.add(id, list, 'c2')).toBe(true);
		const row = a.rows.get(id)!;
		expect(row.evidence).toEqual([proof]);
		expect([filesIn(row, 'c1'), filesIn(row, 'c2')]).toEqual([[minutes], [list]]);
		expect(filesIn(row, 'constructor')).toEqual([]);
		a.ledger.files.remove(id, minutes, 'c1');
		expect(filesIn(a.rows.get(id)!, 'c1')).toEqual([]);
		a.ledger.undo.undo();
		expect(filesIn(a.rows.get(id)!, 'c1')).toEqual([minutes]);
	});
});
