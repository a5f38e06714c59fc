import { describe, expect, it } from 'vitest';
import { layColumns, MIN_COLUMN_PX, ROW_HEADER_PX } from './columnLayout.ts';
import { dropRows, pushRows } from './rowMove.ts';

describe('layColumns', () => {
	const columns = [
		{ id: 'a', width: 100, pinned: true },
		{ id: 'b', width: 200 },
		{ id: 'c', width: 80, pinned: true }
	];
	it('adds up widths and sticks pinned columns side by side', () => {
		const layout = layColumns(columns, {});
		expect(layout.lefts).toEqual([ROW_HEADER_PX, ROW_HEADER_PX + 100, ROW_HEADER_PX + 300]);
		expect(layout.pinned).toEqual([ROW_HEADER_PX, null, ROW_HEADER_PX + 100]);
		expect(layout.coveredPx).toBe(ROW_HEADER_PX + 180);
		expect(layout.totalPx).toBe(ROW_HEADER_PX + 380);
	});
	it('lets pinned columns scroll where they would cover the view', () => {
		expect(layColumns(columns, {}, ROW_HEADER_PX + 120).pinned).toEqual([
			ROW_HEADER_PX,
			null,
			null
		]);
	});
	it('takes the widths people chose, within reason', () => {
		expect(layColumns(columns, { a: 3, b: 250.4 }).widths).toEqual([MIN_COLUMN_PX, 250, 80]);
	});
});

describe('moving rows', () => {
	const keys = ['a', 'b', 'c', 'd', 'e'];
	it('pushes up and down', () => {
		expect(pushRows(keys, 1, 2, -1)).toEqual({ rowKeys: ['b', 'c'], beforeKey: 'a' });
		expect(pushRows(keys, 1, 2, 1)).toEqual({ rowKeys: ['b', 'c'], beforeKey: 'e' });
		expect(pushRows(keys, 3, 3, 1)).toEqual({ rowKeys: ['d'], beforeKey: null });
	});
	it('stops at the edges', () => {
		expect(pushRows(keys, 0, 2, -1)).toBeNull();
		expect(pushRows(keys, 3, 4, 1)).toBeNull();
	});
	it('drops into a gap, and not onto itself', () => {
		expect(dropRows(keys, 1, 1, 4)).toEqual({ rowKeys: ['b'], beforeKey: 'e' });
		expect(dropRows(keys, 1, 1, 5)).toEqual({ rowKeys: ['b'], beforeKey: null });
		expect([1, 2].map((gap) => dropRows(keys, 1, 1, gap))).toEqual([null, null]);
	});
});
