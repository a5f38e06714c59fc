/** A day in the words of the language in use. */
import type { Ymd } from '$lib/base/typedDate.ts';
import { getLocale } from '$lib/paraglide/runtime.js';

const atUtc = (date: Ymd): Date => new Date(`${date}T00:00:00Z`);

/** 3月31日; the year is named when it is not this one. */
export function formatDay(date: Ymd, today: Ymd): string {
	const sameYear = date.slice(0, 4) === today.slice(0, 4);
	return new Intl.DateTimeFormat(getLocale(), {
		timeZone: 'UTC',
		month: 'short',
		day: 'numeric',
		...(!sameYear && { year: 'numeric' })
	}).format(atUtc(date));
}

export const weekdayName = (date: Ymd): string =>
	new Intl.DateTimeFormat(getLocale(), { timeZone: 'UTC', weekday: 'short' }).format(atUtc(date));
