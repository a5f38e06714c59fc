// Terms and holidays of the school calendar. A term is named by the year it begins in.

import { addDays, yearOf, type DateSpan, type Ymd } from '../calendarDate.ts';
import type { DeadlineContext } from './deadlineContext.ts';

export function termSpan(
	year: number,
	season: 'spring' | 'autumn',
	ctx: DeadlineContext
): DateSpan {
	const [start, end] = ctx.terms[season];
	return { start: `${year}-${start}`, end: `${end < start ? year + 1 : year}-${end}` };
}

function termsAround(date: Ymd, ctx: DeadlineContext): DateSpan[] {
	const year = yearOf(date);
	return [year - 1, year, year + 1].flatMap((each) => [
		termSpan(each, 'spring', ctx),
		termSpan(each, 'autumn', ctx)
	]);
}

/** The running term, in a holiday the one ahead; `ahead` counts further terms. */
export function termAt(date: Ymd, ctx: DeadlineContext, ahead = 0): DateSpan | null {
	const terms = termsAround(date, ctx);
	const index = terms.findIndex((term) => term.end >= date);
	return terms[index + ahead] ?? null;
}

/** The school holiday between two terms that has not ended on `date`. */
export function schoolHoliday(
	date: Ymd,
	season: 'summer' | 'winter',
	ctx: DeadlineContext
): DateSpan {
	const holidayIn = (year: number): DateSpan =>
		season === 'summer'
			? {
					start: addDays(termSpan(year, 'spring', ctx).end, 1),
					end: addDays(termSpan(year, 'autumn', ctx).start, -1)
				}
			: {
					start: addDays(termSpan(year - 1, 'autumn', ctx).end, 1),
					end: addDays(termSpan(year, 'spring', ctx).start, -1)
				};
	const now = holidayIn(yearOf(date));
	return now.end >= date ? now : holidayIn(yearOf(date) + 1);
}

export function nextTermStart(date: Ymd, ctx: DeadlineContext): Ymd | null {
	return termsAround(date, ctx).find((term) => term.start > date)?.start ?? null;
}
