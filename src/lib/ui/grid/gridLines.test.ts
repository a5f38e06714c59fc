import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLines } from './gridLines.ts';
import type { GridGroup } from './gridTypes.ts';

const group = (key: string, start: number, collapsed = false): GridGroup => ({
	key,
	label: key,
	count: 3,
	start,
	collapsed
});

it('puts a heading above the first row of its group', () => {
	const lines = createLines(4, [group('x', 0), group('y', 2, true), group('z', 2)]);
	expect(lines.count).toBe(7);
	const told = Array.from({ length: 7 }, (_, line) => {
		const at = lines.at(line);
		return at?.kind === 'group' ? at.group.key : at?.row;
	});
	expect(told).toEqual(['x', 0, 1, 'y', 'z', 2, 3]);
	expect([0, 1, 2, 3].map(lines.ofRow)).toEqual([1, 2, 5, 6]);
	expect(['x', 'y', 'z', 'none'].map(lines.ofGroup)).toEqual([0, 3, 4, -1]);
	expect([0, 2, 3, 6].map((line) => lines.groupAt(line)?.key)).toEqual(['x', 'x', 'y', 'z']);
	expect([0, 3, 4, 6].map(lines.nearestRow)).toEqual([0, 2, 2, 3]);
	expect([lines.at(-1), lines.at(7)]).toEqual([undefined, undefined]);
});

it('is the rows themselves without groups', () => {
	const lines = createLines(2, []);
	expect([lines.count, lines.ofRow(1), lines.nearestRow(1)]).toEqual([2, 1, 1]);
	expect(lines.at(1)).toEqual({ kind: 'row', row: 1 });
	expect(lines.groupAt(1)).toBeUndefined();
});

it('leads from each row to its line and back, and to headings only where there are some', () => {
	const starts = fc.array(fc.nat({ max: 30 }), { maxLength: 8 });
	fc.assert(
		fc.property(fc.nat({ max: 30 }), starts, (rows, at) => {
			const sorted = at.map((start) => Math.min(start, rows)).sort((a, b) => a - b);
			const lines = createLines(
				rows,
				sorted.map((start, i) => group(`${i}`, start))
			);
			for (let row = 0; row < rows; row++)
				expect(lines.at(lines.ofRow(row))).toEqual({ kind: 'row', row });
			sorted.forEach((_, i) => expect(lines.at(lines.ofGroup(`${i}`))?.kind).toBe('group'));
			expect(lines.count).toBe(rows + sorted.length);
		})
	);
});
