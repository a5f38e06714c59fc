// The part of RRULE (RFC 5545) that deadlines of notices use, day by day over a bounded span.
// Knows no tasks; dates are local calendar days.

import {
	addDays,
	dayOf,
	daysInMonth,
	monthOf,
	monthSpan,
	weekdayOf,
	weekSpan,
	yearOf,
	type DateSpan,
	type Ymd
} from './notice/calendarDate.ts';
import type { RecurrencePeriod } from './notice/types.ts';

const freqs = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const weekdayNames = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** Enough for a three-year plan; stops a hostile document from keeping the page busy. */
const MAX_DAYS = 1200;

export type Recurrence = {
	freq: (typeof freqs)[number];
	interval: number;
	months: number[];
	monthDays: number[];
	weekdays: { weekday: number; nth: number }[];
	count: number;
};

const list = (text: string | undefined): string[] => (text ? text.split(',') : []);
const isWhole = (n: number): boolean => Number.isInteger(n);

/** null for a rule outside the subset, so that it is shown in words and never half understood. */
export function parseRrule(text: string): Recurrence | null {
	const parts = new Map(
		text.split(';').map((part): [string, string] => {
			const at = part.indexOf('=');
			return [part.slice(0, at).toUpperCase(), part.slice(at + 1).toUpperCase()];
		})
	);
	const known = ['FREQ', 'INTERVAL', 'BYMONTH', 'BYMONTHDAY', 'BYDAY', 'COUNT'];
	const freq = freqs.find((each) => each === parts.get('FREQ'));
	if (!freq || [...parts.keys()].some((key) => !known.includes(key))) return null;
	const weekdays = list(parts.get('BYDAY')).map((day) => ({
		weekday: weekdayNames.indexOf(day.slice(-2)) + 1,
		nth: Number(day.slice(0, -2))
	}));
	const rule: Recurrence = {
		freq,
		interval: Number(parts.get('INTERVAL') ?? 1),
		months: list(parts.get('BYMONTH')).map(Number),
		monthDays: list(parts.get('BYMONTHDAY')).map(Number),
		weekdays,
		count: parts.has('COUNT') ? Number(parts.get('COUNT')) : Infinity
	};
	const numbers = [rule.interval, ...rule.months, ...rule.monthDays, ...weekdays.map((d) => d.nth)];
	const sound =
		numbers.every(isWhole) &&
		rule.interval > 0 &&
		rule.count > 0 &&
		weekdays.every((d) => d.weekday > 0);
	return sound ? rule : null;
}

const dayNumber = (date: Ymd): number =>
	Date.UTC(yearOf(date), monthOf(date) - 1, dayOf(date)) / 86_400_000;

/** Whole steps of the frequency between the buckets of two dates. */
function stepsBetween(freq: Recurrence['freq'], start: Ymd, date: Ymd): number {
	if (freq === 'DAILY') return dayNumber(date) - dayNumber(start);
	if (freq === 'WEEKLY')
		return (dayNumber(weekSpan(date).start) - dayNumber(weekSpan(start).start)) / 7;
	const years = yearOf(date) - yearOf(start);
	return freq === 'YEARLY' ? years : years * 12 + monthOf(date) - monthOf(start);
}

function isNth(date: Ymd, nth: number): boolean {
	if (nth === 0) return true;
	const fromEnd = daysInMonth(yearOf(date), monthOf(date)) - dayOf(date) + 1;
	return Math.ceil((nth > 0 ? dayOf(date) : fromEnd) / 7) === Math.abs(nth);
}

/** What a rule leaves unsaid is taken from its start, as the RFC has it. */
function fallsLike(rule: Recurrence, start: Ymd, date: Ymd): boolean {
	if (rule.freq === 'WEEKLY') return weekdayOf(date) === weekdayOf(start);
	if (rule.freq === 'DAILY') return true;
	const sameMonth =
		rule.freq === 'MONTHLY' || rule.months.length > 0 || monthOf(date) === monthOf(start);
	return sameMonth && dayOf(date) === dayOf(start);
}

function matches(rule: Recurrence, start: Ymd, date: Ymd): boolean {
	if (rule.months.length > 0 && !rule.months.includes(monthOf(date))) return false;
	if (stepsBetween(rule.freq, start, date) % rule.interval !== 0) return false;
	if (rule.monthDays.length === 0 && rule.weekdays.length === 0)
		return fallsLike(rule, start, date);
	const left = dayOf(date) - daysInMonth(yearOf(date), monthOf(date)) - 1;
	const onDay =
		rule.monthDays.length === 0 || rule.monthDays.some((d) => d === dayOf(date) || d === left);
	const onWeekday =
		rule.weekdays.length === 0 ||
		rule.weekdays.some((d) => d.weekday === weekdayOf(date) && isNth(date, d.nth));
	return onDay && onWeekday;
}

/** The rule's dates inside `span`, counted from `start`. */
export function occurrences(rule: Recurrence, start: Ymd, span: DateSpan): Ymd[] {
	const found: Ymd[] = [];
	let date = start;
	for (let seen = 0, day = 0; seen < rule.count && day < MAX_DAYS && date <= span.end; day++) {
		if (matches(rule, start, date)) {
			seen++;
			if (date >= span.start) found.push(date);
		}
		date = addDays(date, 1);
	}
	return found;
}

const bucketMonths: Partial<Record<RecurrencePeriod, number>> = {
	month: 1,
	quarter: 3,
	halfyear: 6,
	year: 12
};

/** The stretch of the calendar in which a recurring duty must happen; null where it has no fixed one. */
export function bucketOf(date: Ymd, period: RecurrencePeriod | undefined): DateSpan | null {
	if (period === 'week') return weekSpan(date);
	const months = period && bucketMonths[period];
	if (!months) return null;
	return monthSpan(yearOf(date), Math.floor((monthOf(date) - 1) / months) * months + 1, months);
}
