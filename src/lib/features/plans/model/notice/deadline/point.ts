// A point of the calendar as words name it, and how a rule reads one.

import type { DateSpan, Ymd } from '../calendarDate.ts';
import type { DeadlineContext } from './deadlineContext.ts';

/** `edge` ends are inclusive under 前 (3月底前); `span` units end before they begin (10月前). */
export type PointUnit = 'day' | 'edge' | 'span' | 'festival' | 'start';
export type Point = DateSpan & {
	unit: PointUnit;
	yearAssumed?: true;
	/** Written without month or festival suffix: only a deadline beside 前, 至 and the like. */
	bare?: true;
	/** A year alone. */
	year?: true;
	/** The words hold no year of their own. */
	floating?: true;
};
export type PointRule = {
	re: RegExp;
	read(m: RegExpExecArray, ctx: DeadlineContext, base?: Point): Point | null;
};

export const rule = (source: string, read: PointRule['read']): PointRule => ({
	re: new RegExp(source, 'y'),
	read
});

export function oneDay(date: Ymd | null, extra: Partial<Point> = {}): Point | null {
	return date ? { start: date, end: date, unit: 'day', ...extra } : null;
}
