/** What came and what went, month by month, up to today's. */
import type { Ymd } from '$lib/base/typedDate.ts';
import type { LedgerRow } from '../rows/ledgerRow.ts';
import type { Figure, FigureBook } from './figure.ts';

export interface MonthFigures {
	/** YYYY-MM. */
	readonly month: string;
	readonly opened: Figure;
	readonly closed: Figure;
}

export const maxMonths = 12;

type DayOf = (row: LedgerRow) => Ymd | null;

const monthOf = (date: Ymd): string => date.slice(0, 7);

function monthsBack(today: Ymd, count: number): string {
	const index = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - count;
	const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

function byMonth(rows: readonly LedgerRow[], dayOf: DayOf): Map<string, LedgerRow[]> {
	const found = new Map<string, LedgerRow[]>();
	for (const row of rows) {
		const day = dayOf(row);
		if (day === null) continue;
		const month = monthOf(day);
		const same = found.get(month);
		if (same) same.push(row);
		else found.set(month, [row]);
	}
	return found;
}

/** From the first month with anything in it, at most twelve; none where there is nothing. */
export function monthsOf(
	book: FigureBook,
	rows: readonly LedgerRow[],
	today: Ymd,
	openedOn: DayOf,
	closedOn: DayOf
): readonly MonthFigures[] {
	const [opened, closed] = [byMonth(rows, openedOn), byMonth(rows, closedOn)];
	const all = Array.from({ length: maxMonths }, (_, at) => monthsBack(today, maxMonths - 1 - at));
	const first = all.findIndex((month) => opened.has(month) || closed.has(month));
	if (first < 0) return [];
	return all.slice(first).map((month) => ({
		month,
		opened: book.count(`opened.${month}`, opened.get(month) ?? []),
		closed: book.count(`closed.${month}`, closed.get(month) ?? [])
	}));
}
