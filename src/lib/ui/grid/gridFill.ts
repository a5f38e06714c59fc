/** Filling a selection from its first row or column, or beyond its edge by the handle. */
import { fillBlock, type Fill } from './fillSeries.ts';
import type { CellBlock } from './clipboardBlock.ts';
import type { GridTable } from './gridTable.svelte.ts';
import type { CellArea, CellPlace, CellRange, GridProps } from './gridTypes.ts';

interface FillHost<Row> {
	readonly table: GridTable<Row>;
	onFill(): GridProps<Row>['onFill'];
	onPaste(block: CellBlock, at: CellPlace | null): void;
}

export function createGridFill<Row>({ table, onFill, onPaste }: FillHost<Row>) {
	function lay(block: CellBlock, range: CellRange): void {
		const fill = onFill();
		const area: CellArea = {
			rowKeys: table.keys(range),
			columnIds: table.columns.slice(range.left, range.right + 1).map((column) => column.id)
		};
		if (fill) fill(block, area);
		else onPaste(block, table.place({ row: range.top, column: range.left }));
	}

	/** A date's stored value: its text is written for people. */
	function source(range: CellRange): string[][] {
		const shown = table.columns.slice(range.left, range.right + 1);
		return table.rows
			.slice(range.top, range.bottom + 1)
			.map((row) =>
				shown.map((column) =>
					column.kind === 'date' || column.kind === 'number'
						? (column.value?.(row) ?? column.text(row))
						: column.text(row)
				)
			);
	}

	const continues = (range: CellRange) => (column: number) =>
		['number', 'date', 'text'].includes(table.columns[range.left + column]?.kind ?? '');

	return {
		/** Ctrl+D: the first row over the others; of one row alone, the row above. */
		down(range: CellRange): void {
			const one = range.bottom === range.top;
			const from = one ? range.top - 1 : range.top;
			const to = one ? range : { ...range, top: range.top + 1 };
			const [first] = source({ ...range, top: from, bottom: from });
			if (from < 0 || !first) return;
			lay(
				Array.from({ length: to.bottom - to.top + 1 }, () => first),
				to
			);
		},
		/** Ctrl+R: the first column over the others; of one column alone, the column before it. */
		right(range: CellRange): void {
			const one = range.right === range.left;
			const from = one ? range.left - 1 : range.left;
			const to = one ? range : { ...range, left: range.left + 1 };
			if (from < 0) return;
			const width = to.right - to.left + 1;
			lay(
				source({ ...range, left: from, right: from }).map((row) =>
					Array.from({ length: width }, () => row[0] ?? '')
				),
				to
			);
		},
		by(range: CellRange, fill: Fill): void {
			lay(fillBlock(source(range), fill, continues(range)), fill.range);
		}
	};
}
