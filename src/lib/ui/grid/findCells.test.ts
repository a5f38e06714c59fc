import { describe, expect, it } from 'vitest';
import { findCells, findPattern, nearestFound, replaceIn } from './findCells.ts';
import type { GridColumn } from './gridTypes.ts';

interface Row {
	readonly id: string;
	readonly text: string;
	readonly kind: string;
	readonly held?: boolean;
}
const text: GridColumn<Row> = {
	id: 'text',
	title: '表现',
	kind: 'longText',
	width: 100,
	text: (row) => row.text,
	locked: (row) => row.held ?? false
};
const kind: GridColumn<Row> = {
	id: 'kind',
	title: '类型',
	kind: 'choice',
	width: 100,
	text: (row) => row.kind
};
const rows: Row[] = [
	{ id: 'a', text: '食堂 (A) 留样', kind: '自查' },
	{ id: 'b', text: '自查', kind: '食堂' },
	{ id: 'c', text: 'abc ABC', kind: '', held: true }
];
const find = (words: string, options = {}) =>
	findCells(rows, [text, kind], words, { matchCase: false, wholeCell: false, ...options });

describe('findCells', () => {
	it('finds in reading order', () => {
		expect(find('食堂')).toEqual([
			{ row: 0, column: 0 },
			{ row: 1, column: 1 }
		]);
		expect(find('自查').map(({ row }) => row)).toEqual([0, 1]);
	});
	it('takes what is typed literally', () => {
		expect(find('(a)')).toEqual([{ row: 0, column: 0 }]);
		expect(find('.')).toEqual([]);
		expect(find('[')).toEqual([]);
	});
	it('minds case and whole cells when asked to', () => {
		expect(find('aBC', { matchCase: true })).toEqual([]);
		expect(find('自查', { wholeCell: true })).toHaveLength(2);
		expect(find('查', { wholeCell: true })).toEqual([]);
	});
	it('looks for nothing without a text', () => {
		expect(find(' ')).toEqual([]);
	});
});

it('goes on from a cell, both ways and round the end', () => {
	const found = [
		{ row: 0, column: 1 },
		{ row: 2, column: 0 }
	];
	expect(nearestFound(found, { row: 0, column: 1 }, 1)).toBe(found[1]);
	expect(nearestFound(found, { row: 0, column: 1 }, 1, true)).toBe(found[0]);
	expect(nearestFound(found, { row: 2, column: 0 }, 1)).toBe(found[0]);
	expect(nearestFound(found, { row: 0, column: 1 }, -1)).toBe(found[1]);
	expect(nearestFound(found, { row: 1, column: 5 }, -1)).toBe(found[0]);
	expect(nearestFound([], { row: 0, column: 0 }, 1)).toBeUndefined();
});

describe('replaceIn', () => {
	const pattern = (words: string) => {
		const made = findPattern(words, { matchCase: false, wholeCell: false });
		if (!made) throw new Error('no pattern');
		return made;
	};
	it('replaces each occurrence and knows no special signs', () => {
		const row = { id: 'x', text: 'abc ABC', kind: '' };
		expect(replaceIn(row, 'x', text, pattern('b'), '$&')?.text).toBe('a$&c A$&C');
	});
	it('leaves locked cells and cells of choices alone', () => {
		expect(replaceIn(rows[2]!, 'c', text, pattern('abc'), 'x')).toBeNull();
		expect(replaceIn(rows[1]!, 'b', kind, pattern('食堂'), 'x')).toBeNull();
	});
});
