/** Where columns lie. The first, nameless one holds the row numbers. */

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

export function layColumns(
	columns: readonly { readonly id: string; readonly width: number; readonly pinned?: boolean }[],
	changed: Readonly<Record<string, number>>
): ColumnLayout {
	const widths = columns.map((column) => clampWidth(changed[column.id] ?? column.width));
	const lefts: number[] = [];
	const pinned: (number | null)[] = [];
	let left = ROW_HEADER_PX;
	let covered = ROW_HEADER_PX;
	columns.forEach((column, i) => {
		const width = widths[i] ?? 0;
		lefts.push(left);
		pinned.push(column.pinned ? covered : null);
		left += width;
		if (column.pinned) covered += width;
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
