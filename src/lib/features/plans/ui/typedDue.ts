import { parseTypedDate } from '$lib/base/typedDate.ts';
import type { DateSpan, Ymd } from '../model/plan.ts';

/** What the year of a date typed without one is taken from. */
export type DateContext = { period: DateSpan | null; issuedOn?: Ymd | null };

/**
 * 3.15 typed into a plan of 2023 is of 2023; in a school year it is of whichever year falls into
 * the period. 明天 is tomorrow all the same.
 */
export function typedDue(text: string, context: DateContext, today: Ymd): Ymd | null {
	if (!/\d/.test(text)) return parseTypedDate(text, today);
	const { period, issuedOn } = context;
	if (!period) return parseTypedDate(text, issuedOn ?? today);
	const readings = [period.start, period.end].map((near) => parseTypedDate(text, near));
	const within = readings.find((date) => date && date >= period.start && date <= period.end);
	return within ?? readings[0] ?? null;
}
