import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	cellSelection,
	clampSelection,
	keyToStep,
	selectedRows,
	selectionRange,
	stepSelection,
	withoutStrangers,
	type GridExtent,
	type GridSelection,
	type GridStep,
	type KeyPress
} from './gridSelection.ts';

const filled = new Set(['0,0', '1,0', '2,0', '5,0', '8,0', '0,1', '0,2']);
const extent: GridExtent = {
	rows: 10,
	columns: 4,
	pageFrom: (row, by) => row + by * 4,
	isFilled: ({ row, column }) => filled.has(`${row},${column}`)
};
const at = (row: number, column: number) => cellSelection({ row, column });
const press = (
	key: string,
	...held: ('ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey')[]
): KeyPress => ({
	key,
	ctrlKey: held.includes('ctrlKey'),
	metaKey: held.includes('metaKey'),
	shiftKey: held.includes('shiftKey'),
	altKey: held.includes('altKey')
});
function type(from: GridSelection | null, ...keys: KeyPress[]): GridSelection | null {
	return keys.reduce<GridSelection | null>((selection, key) => {
		const step = keyToStep(key);
		if (!step) throw new Error(`${key.key} is no step`);
		return stepSelection(selection, step, extent);
	}, from);
}

describe('keys', () => {
	it.each<[string, KeyPress[], [number, number]]>([
		['arrow', [press('ArrowDown'), press('ArrowRight')], [1, 1]],
		['arrow at the edge', [press('ArrowUp'), press('ArrowLeft')], [0, 0]],
		['End', [press('End')], [0, 3]],
		['Ctrl+End, Home', [press('End', 'ctrlKey'), press('Home')], [9, 0]],
		['Ctrl+Home', [press('End', 'ctrlKey'), press('Home', 'metaKey')], [0, 0]],
		['PageDown', [press('PageDown')], [4, 0]],
		['Ctrl+↓ to the end of the run', [press('ArrowDown', 'ctrlKey')], [2, 0]],
		['Ctrl+↓ over a gap', [press('ArrowDown', 'ctrlKey'), press('ArrowDown', 'ctrlKey')], [5, 0]],
		['Ctrl+→ past the filled', [press('ArrowRight', 'ctrlKey')], [0, 2]],
		['Tab wraps to the next row', [press('End'), press('Tab')], [1, 0]]
	])('%s', (_, keys, [row, column]) => {
		expect(type(at(0, 0), ...keys)).toEqual(at(row, column));
	});

	it('runs to the last row when nothing more is filled', () => {
		expect(type(at(8, 0), press('ArrowDown', 'ctrlKey'))).toEqual(at(9, 0));
	});
	it('extends with Shift and keeps the anchor', () => {
		const selection = type(at(2, 1), press('ArrowDown', 'shiftKey'), press('End', 'shiftKey'));
		expect(selection && selectionRange(selection, extent)).toEqual({
			top: 2,
			bottom: 3,
			left: 1,
			right: 3
		});
	});
	it('leaves the grid with Tab from the last cell and Shift+Tab from the first', () => {
		expect(type(at(9, 3), press('Tab'))).toBeNull();
		expect(type(at(0, 0), press('Tab', 'shiftKey'))).toBeNull();
	});
	it('selects whole rows with Shift+Space and everything with Ctrl+A', () => {
		const rows = type(at(2, 1), press('ArrowDown', 'shiftKey'), press(' ', 'shiftKey'));
		expect(rows && selectionRange(rows, extent)).toEqual({ top: 2, bottom: 3, left: 0, right: 3 });
		const all = type(at(2, 1), press('a', 'ctrlKey'));
		expect(all && selectionRange(all, extent)).toEqual({ top: 0, bottom: 9, left: 0, right: 3 });
	});
	it('selects whole columns with Ctrl+Space and everything with Ctrl+Shift+Space', () => {
		const columns = type(at(2, 1), press('ArrowRight', 'shiftKey'), press(' ', 'ctrlKey'));
		expect(columns && selectionRange(columns, extent)).toEqual({
			top: 0,
			bottom: 9,
			left: 1,
			right: 2
		});
		const all = type(at(2, 1), press(' ', 'ctrlKey', 'shiftKey'));
		expect(all && selectionRange(all, extent)).toEqual({ top: 0, bottom: 9, left: 0, right: 3 });
	});
	it('extends to the edge of the filled with Ctrl+Shift+arrows', () => {
		const run = type(at(0, 0), press('ArrowDown', 'ctrlKey', 'shiftKey'));
		expect(run && selectionRange(run, extent)).toEqual({ top: 0, bottom: 2, left: 0, right: 0 });
	});
	it('leaves letters, Alt and plain Space to others', () => {
		expect([press('a'), press('ArrowUp', 'altKey'), press(' ')].map(keyToStep)).toEqual([
			null,
			null,
			null
		]);
	});
	it('starts at the first cell when nothing is selected', () => {
		expect(type(null, press('ArrowDown'))).toEqual(at(0, 0));
	});
});

describe('pointer', () => {
	it('extends rows from the row first pressed', () => {
		const one = stepSelection(null, { kind: 'rowHeader', row: 4, extend: false }, extent);
		const more = stepSelection(one, { kind: 'rowHeader', row: 2, extend: true }, extent);
		expect(more && selectionRange(more, extent)).toEqual({ top: 2, bottom: 4, left: 0, right: 3 });
	});
	it('extends columns from the head first pressed', () => {
		const one = stepSelection(null, { kind: 'columnHeader', column: 3, extend: false }, extent);
		const more = stepSelection(one, { kind: 'columnHeader', column: 1, extend: true }, extent);
		expect(more && selectionRange(more, extent)).toEqual({ top: 0, bottom: 9, left: 1, right: 3 });
	});
	it('goes back to cells when a cell is pressed', () => {
		const rows = stepSelection(null, { kind: 'rowHeader', row: 4, extend: false }, extent);
		const cell: GridStep = { kind: 'cell', at: { row: 1, column: 1 }, extend: false };
		expect(stepSelection(rows, cell, extent)).toEqual(at(1, 1));
	});
});

describe('rows that move', () => {
	const keyAt = (keys: string) => (row: number) => keys[row];
	const fromTo = (anchor: number, focus: number): GridSelection => ({
		...cellSelection({ row: focus, column: 1 }),
		anchor: { row: anchor, column: 1 }
	});
	const chosen = selectedRows(fromTo(1, 3), keyAt('abcdef'));

	it('stay selected together, in whatever order', () => {
		expect(chosen).toEqual(new Set('bcd'));
		const turned = fromTo(3, 1);
		expect(withoutStrangers(turned, chosen, keyAt('adcbef'))).toEqual(turned);
		const fewer = fromTo(1, 2);
		expect(withoutStrangers(fewer, chosen, keyAt('abdef'))).toEqual(fewer);
	});
	it('are given up for the active cell when others come between', () => {
		expect(withoutStrangers(fromTo(0, 3), chosen, keyAt('bacdef'))).toEqual(at(3, 1));
		const rows: GridSelection = { ...fromTo(1, 4), whole: 'rows' };
		expect(withoutStrangers(rows, chosen, keyAt('abcxdef'))).toEqual({
			...at(4, 1),
			whole: 'rows'
		});
	});
	it('never matter to whole columns', () => {
		const columns: GridSelection = { ...fromTo(0, 3), whole: 'columns' };
		expect(withoutStrangers(columns, selectedRows(columns, keyAt('')), keyAt('dcba'))).toEqual(
			columns
		);
	});
});

it('has nothing to select in an empty grid', () => {
	const empty = { ...extent, rows: 0 };
	expect(stepSelection(at(3, 3), { kind: 'all' }, empty)).toBeNull();
	expect(clampSelection(at(3, 3), empty)).toBeNull();
	expect(clampSelection(at(30, 3), extent)).toEqual(at(9, 3));
});

it('stays inside whatever is pressed', () => {
	const keys = [
		'ArrowUp',
		'ArrowDown',
		'ArrowLeft',
		'ArrowRight',
		'Home',
		'End',
		'PageUp',
		'PageDown'
	];
	const presses = fc.array(
		fc.record({
			key: fc.constantFrom(...keys),
			ctrlKey: fc.boolean(),
			metaKey: fc.constant(false),
			shiftKey: fc.boolean(),
			altKey: fc.constant(false)
		}),
		{ maxLength: 30 }
	);
	fc.assert(
		fc.property(presses, fc.integer({ min: 1, max: 12 }), (typed, rows) => {
			const box = { ...extent, rows };
			let selection: GridSelection | null = null;
			for (const one of typed) {
				const step = keyToStep(one);
				if (step) selection = stepSelection(selection, step, box);
				const range = selection && selectionRange(selection, box);
				expect(range === null || (range.top >= 0 && range.bottom < rows)).toBe(true);
				expect(range === null || (range.left >= 0 && range.right < 4)).toBe(true);
			}
		})
	);
});
