import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { isBlank, readRow } from './ledgerRow.ts';

const good = {
	...{ id: 'A'.repeat(43), key: `AGE-SECRET-KEY-1${'Q'.repeat(58)}`, name: '会议纪要.pdf' },
	...{ mime: 'application/pdf', size: 10, kind: 'file', by: 'm0', at: '2023-03-15T01:00:00.000Z' }
};

const rowWith = (parts: Record<string, unknown>) => {
	const map = new Y.Doc().getMap('rows').set('r', new Y.Map(Object.entries(parts)));
	return readRow('r', map, 'problems', []);
};

it('LD1 what lies among the files and is none is counted, and hides none of them', () => {
	const row = rowWith({
		[`evidence ${good.id}`]: good,
		'evidence b': { ...good, key: 'none' },
		'evidence c': 7,
		'evidence c1 d': { column: 'c1', ...good, size: -1 }
	});
	expect(row.evidence).toEqual([good]);
	expect(row.unreadableFiles).toBe(3);
});

it('LD4 a row with nothing but such files is not taken for one that was never filled in', () => {
	expect(isBlank(rowWith({ 'evidence b': 7 }))).toBe(false);
	expect(isBlank(rowWith({}))).toBe(true);
});
