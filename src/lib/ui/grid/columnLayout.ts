/** Where columns lie. The first, nameless one holds the row numbers. */
import type { CellKind } from './gridTypes.ts';

export const ROW_HEADER_PX = 52;
export const MIN_COLUMN_PX = 48;
export const MAX_COLUMN_PX = 900;

export interface ColumnLayout {
	readonly widths: readonly number[];
	/** From the left edge of the scrolled content. */
	readonly lefts: readonly number[];
	/** Where a pinned column sticks; null for the others. */
	readonly pinned: readonly (number | null)[];
	/** What pinned columns cover at the left of the view. */
	readonly coveredPx: number;
	readonly totalPx: number;
	/** For grid-template-columns. */
	readonly template: string;
}

export const clampWidth = (px: number): number =>
	Math.round(Math.max(MIN_COLUMN_PX, Math.min(MAX_COLUMN_PX, px)));

interface Column {
	readonly id: string;
	readonly kind?: CellKind;
	readonly width: number;
	readonly pinned?: boolean;
}

/** `roomPx`: pinned columns beyond it scroll with the others, or they would cover the whole view. */
export function layColumns(
	columns: readonly Column[],
	changed: Readonly<Record<string, number>>,
	roomPx = Infinity
): ColumnLayout {
	const widths = columns.map((column) => clampWidth(changed[column.id] ?? column.width));
	const lefts: number[] = [];
	const pinned: (number | null)[] = [];
	let left = ROW_HEADER_PX;
	let covered = ROW_HEADER_PX;
	columns.forEach((column, i) => {
		const width = widths[i] ?? 0;
		const sticks = column.pinned === true && covered + width <= roomPx;
		lefts.push(left);
		pinned.push(sticks ? covered : null);
		left += width;
		if (sticks) covered += width;
	});
	return {
		widths,
		lefts,
		pinned,
		coveredPx: covered,
		totalPx: left,
		template: [ROW_HEADER_PX, ...widths].map((px) => `${px}px`).join(' ')
	};
}

/** What all cells of a column have in common, worked out once. */
export interface ColumnLook {
	readonly id: string;
	/** Classes. */
	readonly look: string;
	readonly style: string;
	readonly pinned: boolean;
}

export function lookOfColumns(columns: readonly Column[], layout: ColumnLayout): ColumnLook[] {
	return columns.map(({ id, kind }, i) => {
		const left = layout.pinned[i] ?? null;
		const look = [
			left !== null && 'pinned',
			left !== null && (layout.pinned[i + 1] ?? null) === null && 'edge',
			kind === 'number' && 'digits',
			kind === 'check' && 'ticks'
		];
		return {
			id,
			look: look.filter((one) => one !== false).join(' '),
			// Named, or what lies over a cell would push the others on.
			style: `grid-column:${i + 2}${left === null ? '' : `;left:${left}px`}`,
			pinned: left !== null
		};
	});
}

/** The column at this distance from the viewport's left edge, pinned ones first. */
export function columnAt(x: number, scrollLeft: number, layout: ColumnLayout): number {
	const width = (column: number) => layout.widths[column] ?? 0;
	const pinned = layout.pinned.findIndex(
		(left, column) => left !== null && x >= left && x < left + width(column)
	);
	if (pinned >= 0) return pinned;
	const found = layout.lefts.findIndex((left, column) => x + scrollLeft < left + width(column));
	return found < 0 ? layout.widths.length - 1 : found;
}

/** The left edge of a column in the scrolled content, where pinned ones move along. */
export function leftOf(column: number, scrollLeft: number, layout: ColumnLayout): number {
	const pinned = layout.pinned[column] ?? null;
	return pinned === null ? (layout.lefts[column] ?? 0) : pinned + scrollLeft;
}
