/** The months, quarters and years in which talks are usually asked for. */
import { addDays, type Ymd } from '$lib/base/typedDate.ts';

export type WindowName = 'month' | 'quarter' | 'year';
const months: Record<WindowName, number> = { month: 1, quarter: 3, year: 12 };

const firstOf = (year: number, month: number): Ymd =>
	new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);

/** The one that today lies in, first and last day. */
export function usualWindow(name: WindowName, today: Ymd): { start: Ymd; end: Ymd } {
	const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1];
	const from = month - (month % months[name]);
	return { start: firstOf(year, from), end: addDays(firstOf(year, from + months[name]), -1) };
}
