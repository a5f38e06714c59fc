/** Stretches of the calendar as seen from a day; both ends are in them. */
import { addDays, realYmd, type Ymd } from '$lib/base/typedDate.ts';
import { assert } from '$lib/base/assert.ts';
import type { calendarUnits } from './condition.ts';

export interface DateRange {
	readonly from: Ymd;
	readonly to: Ymd;
}

export type CalendarUnit = (typeof calendarUnits)[number];

const monthsIn: Readonly<Record<Exclude<CalendarUnit, 'week'>, number>> = {
	month: 1,
	quarter: 3,
	year: 12
};

function firstOf(year: number, month: number): Ymd {
	const day = realYmd(year, month, 1);
	assert(day !== null, 'month outside the calendar');
	return day;
}

/** Weeks begin on Monday. */
function weekOf(today: Ymd): DateRange {
	const weekday = new Date(`${today}T00:00:00Z`).getUTCDay() || 7;
	const from = addDays(today, 1 - weekday);
	return { from, to: addDays(from, 6) };
}

/** The week, month, quarter or year that the day lies in. */
export function calendarRange(unit: CalendarUnit, today: Ymd): DateRange {
	if (unit === 'week') return weekOf(today);
	const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
	const first = month - ((month - 1) % monthsIn[unit]);
	const next = first + monthsIn[unit];
	const end = next > 12 ? firstOf(year + 1, 1) : firstOf(year, next);
	return { from: firstOf(year, first), to: addDays(end, -1) };
}
