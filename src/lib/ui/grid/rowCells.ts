/** What a row's cells show, worked out for a row at once: a row of a long list must be cheap. */
import { safeHref } from './safeHref.ts';
import type { CellKind, CellMark, GridColumn } from './gridTypes.ts';

export interface CellView {
	readonly text: string;
	readonly kind: CellKind;
	readonly mark: CellMark | null;
	/** Of a `check` cell. */
	readonly ticked: boolean;
	/** Of a `link` cell whose address may be opened. */
	readonly href: string | null;
	readonly locked: boolean;
	/** It may not fit into the lines a row has: only then the clamp, which is slow to lay out. */
	readonly long: boolean;
}

export interface CellLimits {
	readonly widths: readonly number[];
	readonly lines: number;
	readonly readonly: boolean;
}

/** About the width of a Chinese character and the padding at both sides. */
const CHARACTER_PX = 14;
const PADDING_PX = 17;

export function rowCells<Row>(
	row: Row,
	columns: readonly GridColumn<Row>[],
	limits: CellLimits
): CellView[] {
	return columns.map((column, i) => {
		const { kind } = column;
		const text = column.text(row);
		const value = kind === 'check' || kind === 'link' ? (column.value?.(row) ?? text) : text;
		return {
			text,
			kind,
			mark: column.mark?.(row) ?? null,
			ticked: kind === 'check' && value === 'true',
			href: kind === 'link' ? safeHref(value) : null,
			locked: isLocked(column, row, limits.readonly),
			long: isLong(text, limits.widths[i] ?? 0, limits.lines)
		};
	});
}

const blank: CellView = {
	text: '',
	kind: 'text',
	mark: null,
	ticked: false,
	href: null,
	locked: false,
	long: false
};
export const blankCells = (columns: readonly unknown[]): CellView[] => columns.map(() => blank);

export const isLocked = <Row>(column: GridColumn<Row>, row: Row, readonly: boolean): boolean =>
	readonly ||
	column.kind === 'computed' ||
	column.kind === 'files' ||
	(column.locked?.(row) ?? false);

/** Never too few: a line end counts as a line, every letter as wide as it can be. */
function isLong(text: string, widthPx: number, lines: number): boolean {
	const perLine = Math.max(1, Math.floor((widthPx - PADDING_PX) / CHARACTER_PX));
	if (text.length <= perLine) return text.includes('\n') && text.split('\n').length > lines;
	let needed = 0;
	for (const part of text.split('\n')) needed += Math.max(1, Math.ceil(part.length / perLine));
	return needed > lines;
}
