/** Where a text stands in a grid, and what a cell becomes when it is replaced. */
import { isLocked } from './rowCells.ts';
import type { CellKind, CellReplacement, GridColumn } from './gridTypes.ts';

export interface FindOptions {
	readonly matchCase: boolean;
	/** The cell holds nothing else. */
	readonly wholeCell: boolean;
}

export interface FoundCell {
	readonly row: number;
	readonly column: number;
}

/** Null for no text: nothing is looked for. */
export function findPattern(text: string, options: FindOptions): RegExp | null {
	if (text.trim() === '') return null;
	const words = options.wholeCell ? text.trim() : text;
	const written = words.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
	const whole = options.wholeCell ? `^\\s*${written}\\s*$` : written;
	return new RegExp(whole, options.matchCase ? 'gu' : 'giu');
}

/** Row by row, as one reads. */
export function findCells<Row>(
	rows: readonly Row[],
	columns: readonly GridColumn<Row>[],
	text: string,
	options: FindOptions
): FoundCell[] {
	const pattern = findPattern(text, options);
	const found: FoundCell[] = [];
	if (!pattern) return found;
	rows.forEach((row, r) =>
		columns.forEach((column, c) => {
			pattern.lastIndex = 0;
			if (pattern.test(column.text(row))) found.push({ row: r, column: c });
		})
	);
	return found;
}

const typed: ReadonlySet<CellKind> = new Set(['text', 'longText', 'link']);

/** The cell with every occurrence replaced; null for one that is locked or holds no free text. */
export function replaceIn<Row>(
	row: Row,
	rowKey: string,
	column: GridColumn<Row>,
	pattern: RegExp,
	by: string
): CellReplacement | null {
	if (!typed.has(column.kind) || isLocked(column, row, false)) return null;
	const before = column.text(row);
	const text = before.replace(pattern, () => by);
	return text === before ? null : { place: { rowKey, columnId: column.id }, before, text };
}

/** The next found cell after `from`, or before it, going round at the end; `here`: itself as well. */
export function nearestFound(
	found: readonly FoundCell[],
	from: FoundCell,
	direction: 1 | -1,
	here = false
): FoundCell | undefined {
	const order = (cell: FoundCell) => cell.row - from.row || cell.column - from.column;
	if (direction === -1) return found.findLast((cell) => order(cell) < 0) ?? found.at(-1);
	return found.find((cell) => order(cell) > 0 || (here && order(cell) === 0)) ?? found[0];
}
