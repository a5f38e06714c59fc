/** What a fill handle lays down: numbers and dates go on, everything else is repeated. */
import type { CellBlock } from './clipboardBlock.ts';
import type { CellRange } from './gridTypes.ts';
import type { GridPoint } from './gridSelection.ts';

/** Fills below or to the right go forwards, those above or to the left backwards. */
export type FillDirection = 'down' | 'up' | 'right' | 'left';

export interface Fill {
	readonly direction: FillDirection;
	/** The cells to fill, without those selected. */
	readonly range: CellRange;
}

/** Where a drag from the corner of `from` leads; null while it stays inside. */
export function fillTo(from: CellRange, at: GridPoint): Fill | null {
	const down = at.row - from.bottom;
	const up = from.top - at.row;
	const right = at.column - from.right;
	const left = from.left - at.column;
	const most = Math.max(down, up, right, left);
	if (most <= 0) return null;
	// Rows first: a list is filled downwards far more often than sideways.
	if (most === down)
		return { direction: 'down', range: { ...from, top: from.bottom + 1, bottom: at.row } };
	if (most === up)
		return { direction: 'up', range: { ...from, top: at.row, bottom: from.top - 1 } };
	if (most === right)
		return { direction: 'right', range: { ...from, left: from.right + 1, right: at.column } };
	return { direction: 'left', range: { ...from, left: at.column, right: from.left - 1 } };
}

/**
 * `source` is what is selected, `continues` whether a column's cells may be read as numbers and
 * dates (YYYY-MM-DD). Gives a block as large as the range to fill.
 */
export function fillBlock(
	source: CellBlock,
	{ direction, range }: Fill,
	continues: (column: number) => boolean
): string[][] {
	const height = range.bottom - range.top + 1;
	const width = range.right - range.left + 1;
	const backwards = direction === 'up' || direction === 'left';
	if (direction === 'down' || direction === 'up') {
		const columns = (source[0] ?? []).map((_, c) =>
			goOn(
				source.map((row) => row[c] ?? ''),
				height,
				backwards,
				continues(c)
			)
		);
		return Array.from({ length: height }, (_, r) => columns.map((column) => column[r] ?? ''));
	}
	const all = (source[0] ?? []).every((_, c) => continues(c));
	return source.map((row) => goOn(row, width, backwards, all));
}

/** The next `count` after `cells`, or before them, in the order they stand in. */
function goOn(
	cells: readonly string[],
	count: number,
	backwards: boolean,
	continues: boolean
): string[] {
	const from = backwards ? cells.toReversed() : cells;
	const series = continues && from.length > 1 ? (numberSeries(from) ?? dateSeries(from)) : null;
	const next = Array.from({ length: count }, (_, i) =>
		series ? series(i + 1) : (from[i % from.length] ?? '')
	);
	return backwards ? next.reverse() : next;
}

/** What stands `steps` behind the last one. */
type Series = (steps: number) => string;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?$/;

/** Of equal steps only: anything else would be a guess. Long numbers are names, not amounts. */
function numberSeries(cells: readonly string[]): Series | null {
	const found = cells.map((cell) => NUMBER.exec(cell.trim()));
	if (found.some((one) => one === null || one[0].length > 15)) return null;
	const decimals = Math.max(...found.map((one) => one?.[1]?.length ?? 0));
	const scale = 10 ** decimals;
	const units = cells.map((cell) => Math.round(Number(cell) * scale));
	const step = evenStep(units);
	const last = units.at(-1) ?? 0;
	if (step === null) return null;
	return (steps) => ((last + step * steps) / scale).toFixed(decimals);
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;

/** Days apart, or whole months: the same day of the month, its last day where all are last days. */
function dateSeries(cells: readonly string[]): Series | null {
	const dates = cells.map(readDate);
	const known = dates.filter((date) => date !== null);
	const last = known.at(-1);
	if (known.length < cells.length || !last) return null;
	const months = evenStep(known.map(({ year, month }) => year * 12 + month));
	const atEnds = known.every((date) => date.day === lastDay(date.year, date.month));
	const sameDay = known.every((date) => date.day === last.day);
	if (months !== null && months !== 0 && (sameDay || atEnds))
		return (steps) => {
			const at = last.year * 12 + last.month + months * steps;
			const [year, month] = [Math.floor(at / 12), at % 12];
			const end = lastDay(year, month);
			return writeDate(Date.UTC(year, month, atEnds ? end : Math.min(last.day, end)));
		};
	const days = evenStep(known.map(({ year, month, day }) => Date.UTC(year, month, day) / DAY_MS));
	if (days === null) return null;
	const start = Date.UTC(last.year, last.month, last.day);
	return (steps) => writeDate(start + days * steps * DAY_MS);
}

function readDate(cell: string): { year: number; month: number; day: number } | null {
	const found = DATE.exec(cell.trim());
	if (!found) return null;
	const [year, month, day] = [Number(found[1]), Number(found[2]) - 1, Number(found[3])];
	const real = month >= 0 && month < 12 && day >= 1 && day <= lastDay(year, month);
	return real ? { year, month, day } : null;
}

const lastDay = (year: number, month: number) =>
	new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
const writeDate = (ms: number) => new Date(ms).toISOString().slice(0, 10);

function evenStep(values: readonly number[]): number | null {
	const step = (values[1] ?? 0) - (values[0] ?? 0);
	return values.every((value, i) => i === 0 || value - (values[i - 1] ?? 0) === step) ? step : null;
}
