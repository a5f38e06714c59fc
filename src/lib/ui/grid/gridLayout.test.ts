import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	hideColumns,
	moveColumn,
	pinColumn,
	pushColumn,
	resolveLayout,
	shownColumns,
	type GridLayout
} from './gridLayout.ts';

const columns = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const plain: GridLayout = { order: ['a', 'b', 'c', 'd'], hidden: [], pinned: [] };
const ids = (layout: GridLayout | null) =>
	shownColumns(columns, layout ?? undefined)
		.map((column) => column.id)
		.join('');

describe('resolveLayout', () => {
	it('follows the columns where nothing was kept', () => {
		expect(resolveLayout([{ id: 'a', pinned: true }, { id: 'b' }], undefined)).toEqual({
			order: ['a', 'b'],
			hidden: [],
			pinned: ['a']
		});
	});
	it('drops what is gone and puts what is new behind its neighbour', () => {
		const kept = { order: ['d', 'gone', 'b', 'd'], hidden: ['gone', 'b'], pinned: ['gone'] };
		expect(resolveLayout(columns, kept)).toEqual({
			order: ['a', 'd', 'b', 'c'],
			hidden: ['b'],
			pinned: []
		});
	});
	it('never hides everything', () => {
		expect(ids({ ...plain, hidden: ['a', 'b', 'c', 'd'] })).toBe('abcd');
	});
});

describe('moving', () => {
	it('drops into a gap, and not onto itself', () => {
		expect(ids(moveColumn(plain, 'a', 3))).toBe('bcad');
		expect(ids(moveColumn(plain, 'd', 0))).toBe('dabc');
		expect([0, 1].map((gap) => moveColumn(plain, 'a', gap))).toEqual([null, null]);
	});
	it('pins what is dropped among pinned columns and frees what is dropped among the others', () => {
		const pinned = { ...plain, pinned: ['a', 'b'] };
		expect(moveColumn(pinned, 'd', 1)).toMatchObject({ pinned: ['a', 'b', 'd'] });
		expect(ids(moveColumn(pinned, 'd', 1))).toBe('adbc');
		expect(moveColumn(pinned, 'a', 3)).toMatchObject({ pinned: ['b'] });
		expect(ids(moveColumn(pinned, 'a', 3))).toBe('bcad');
		expect(moveColumn(pinned, 'd', 2)).toMatchObject({ pinned: ['a', 'b'] });
	});
	it('pushes by one place, to the edges only', () => {
		expect(ids(pushColumn(plain, 'b', 1))).toBe('acbd');
		expect(ids(pushColumn(plain, 'b', -1))).toBe('bacd');
		expect(pushColumn(plain, 'a', -1)).toBeNull();
		expect(pushColumn(plain, 'd', 1)).toBeNull();
	});
	it('keeps a hidden column behind the one it stood behind', () => {
		const hidden = { ...plain, hidden: ['b'] };
		expect(moveColumn(hidden, 'a', 3)?.order).toEqual(['c', 'd', 'a', 'b']);
	});
});

it('hides, but not the last column; pins to the front', () => {
	expect(ids(hideColumns(plain, ['b']))).toBe('acd');
	expect(hideColumns({ ...plain, hidden: ['a', 'b', 'c'] }, ['d'])).toBeNull();
	expect(ids(pinColumn(plain, 'c', true))).toBe('cabd');
	expect(ids(pinColumn(pinColumn(plain, 'c', true), 'c', false))).toBe('abcd');
});

it('loses no column, whatever is done', () => {
	const id = fc.constantFrom('a', 'b', 'c', 'd');
	const step = fc.oneof(
		fc.tuple(id, fc.integer({ min: 0, max: 4 })).map(
			([one, gap]) =>
				(layout: GridLayout) =>
					moveColumn(layout, one, gap)
		),
		id.map((one) => (layout: GridLayout) => hideColumns(layout, [one])),
		fc.tuple(id, fc.boolean()).map(
			([one, pins]) =>
				(layout: GridLayout) =>
					pinColumn(layout, one, pins)
		)
	);
	fc.assert(
		fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
			const end = steps.reduce((layout, run) => run(layout) ?? layout, plain);
			expect([...end.order].sort()).toEqual(['a', 'b', 'c', 'd']);
			expect(resolveLayout(columns, end)).toEqual(end);
			expect(ids(end).length).toBeGreaterThan(0);
		})
	);
});
