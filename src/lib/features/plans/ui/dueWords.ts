// Dates and what they mean from today, in words of the language in use.

import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { Tone } from '$lib/ui/tone.ts';
import type { DueState, NextDue } from '../model/dueDates.ts';
import type { DateSpan, Ymd } from '../model/plan.ts';

const MANY_DAYS = 365;

/** 3月31日; the year is named when it is not this one. */
export function formatDate(date: Ymd, today: Ymd): string {
	const sameYear = date.slice(0, 4) === today.slice(0, 4);
	return new Intl.DateTimeFormat(getLocale(), {
		timeZone: 'UTC',
		month: 'short',
		day: 'numeric',
		...(!sameYear && { year: 'numeric' })
	}).format(new Date(`${date}T00:00:00Z`));
}

export function weekdayName(date: Ymd): string {
	const format = new Intl.DateTimeFormat(getLocale(), { timeZone: 'UTC', weekday: 'short' });
	return format.format(new Date(`${date}T00:00:00Z`));
}

export const formatSpan = ({ start, end }: DateSpan, today: Ymd): string =>
	m.plans_span({ start: formatDate(start, today), end: formatDate(end, today) });

export function dueWords(next: NextDue, today: Ymd): string {
	const days = Math.abs(next.daysLeft);
	if (next.state === 'overdue')
		return days > MANY_DAYS ? m.plans_due_overdue_long() : m.plans_due_overdue({ days });
	if (next.state === 'today') return m.plans_due_today();
	if (next.state === 'soon') return m.plans_due_soon({ days });
	return m.plans_due_by({ date: formatDate(next.date, today) });
}

const tones: Record<DueState, Tone> = {
	overdue: 'danger',
	today: 'warning',
	soon: 'warning',
	later: 'neutral'
};
export const dueTone = (state: DueState): Tone => tones[state];
