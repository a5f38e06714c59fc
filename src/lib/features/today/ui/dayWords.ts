/** Days and what they mean from today, in words of the language in use. */
import type { Ymd } from '$lib/base/typedDate.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import { daysUntil, soonDays } from '../model/groupItems.ts';

const MANY_DAYS = 365;

export interface DueWords {
	/** 3月20日 周一 */
	readonly date: string;
	/** 还有 5 天 */
	readonly distance: string;
	readonly tone: 'overdue' | 'soon' | 'later';
}

const at = (date: Ymd): Date => new Date(`${date}T00:00:00Z`);

/** The year is named when it is not this one. */
export function dateWords(date: Ymd, today: Ymd): string {
	const format = (options: Intl.DateTimeFormatOptions): string =>
		new Intl.DateTimeFormat(getLocale(), { timeZone: 'UTC', ...options }).format(at(date));
	const isThisYear = date.slice(0, 4) === today.slice(0, 4);
	return m.today_date({
		date: format({ month: 'short', day: 'numeric', ...(!isThisYear && { year: 'numeric' }) }),
		weekday: format({ weekday: 'short' })
	});
}

function distanceWords(days: number): string {
	if (days < -MANY_DAYS) return m.today_due_overdue_long();
	if (days < 0) return m.today_due_overdue({ days: -days });
	return days === 0 ? m.today_due_today() : m.today_due_left({ days });
}

export function dueWords(due: Ymd, today: Ymd): DueWords {
	const days = daysUntil(due, today);
	const tone = days < 0 ? 'overdue' : days <= soonDays ? 'soon' : 'later';
	return { date: dateWords(due, today), distance: distanceWords(days), tone };
}

/** 甲、乙和丙 */
export const listWords = (items: readonly string[]): string =>
	new Intl.ListFormat(getLocale(), { type: 'conjunction', style: 'short' }).format(items);
