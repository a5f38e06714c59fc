/** A day in the words of the language in use. */
import type { Ymd } from '$lib/base/typedDate.ts';
import { getLocale } from '$lib/paraglide/runtime.js';

const atUtc = (date: Ymd): Date => new Date(`${date}T00:00:00Z`);

/** Made once for each language and form: making one costs more than all it is asked in a long list. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(date: Ymd, form: string, parts: Intl.DateTimeFormatOptions): string {
	const key = `${getLocale()} ${form}`;
	let made = formats.get(key);
	if (!made)
		formats.set(key, (made = new Intl.DateTimeFormat(getLocale(), { timeZone: 'UTC', ...parts })));
	return made.format(atUtc(date));
}

/** 3月31日; the year is named when it is not this one. */
export function formatDay(date: Ymd, today: Ymd): string {
	const day = { month: 'short', day: 'numeric' } as const;
	return date.slice(0, 4) === today.slice(0, 4)
		? format(date, 'day', day)
		: format(date, 'day and year', { ...day, year: 'numeric' });
}

export const weekdayName = (date: Ymd): string => format(date, 'weekday', { weekday: 'short' });
