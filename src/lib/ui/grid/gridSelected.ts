/** The selection in the terms of the grid's user. */
import type { GridSelection } from './gridSelection.ts';
import type { GridTable } from './gridTable.svelte.ts';
import type { CellRange, GridSelected } from './gridTypes.ts';

export function selectedOf<Row>(
	table: GridTable<Row>,
	selection: GridSelection | null,
	range: CellRange | null
): GridSelected | null {
	const focus = table.place(selection?.focus);
	if (!selection || !range || !focus) return null;
	const rows = range.bottom - range.top + 1;
	const shown = table.columns.slice(range.left, range.right + 1);
	return {
		focus,
		rows,
		columns: shown.length,
		cells: rows * shown.length,
		columnIds: shown.map((column) => column.id),
		whole: selection.whole,
		rowKeys: () => table.keys(range),
		tally() {
			let filled = 0;
			const found: number[] = [];
			for (const row of table.rows.slice(range.top, range.bottom + 1))
				for (const column of shown) {
					const text = column.text(row);
					if (text === '') continue;
					filled++;
					const value = column.kind === 'number' ? Number(column.value?.(row) ?? text) : NaN;
					if (Number.isFinite(value)) found.push(value);
				}
			return { filled, numbers: found.length, sum: exactSum(found) };
		}
	};
}

/** 0.1 + 0.2 is 0.3 to whoever reads a status line. */
const exactSum = (numbers: readonly number[]): number =>
	Number(numbers.reduce((sum, number) => sum + number, 0).toPrecision(15));
