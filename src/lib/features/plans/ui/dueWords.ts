// Dates and what they mean from today, in words of the language in use.

import { m } from '$lib/paraglide/messages.js';
import { formatDay } from '$lib/state/dayWords.ts';
import type { Tone } from '$lib/ui/tone.ts';
import type { DueState, NextDue } from '../model/dueDates.ts';
import type { DateSpan, Ymd } from '../model/plan.ts';

export { formatDay as formatDate, weekdayName } from '$lib/state/dayWords.ts';

const MANY_DAYS = 365;

export const formatSpan = ({ start, end }: DateSpan, today: Ymd): string =>
	m.plans_span({ start: formatDay(start, today), end: formatDay(end, today) });

export function dueWords(next: NextDue, today: Ymd): string {
	const days = Math.abs(next.daysLeft);
	if (next.state === 'overdue')
		return days > MANY_DAYS ? m.plans_due_overdue_long() : m.plans_due_overdue({ days });
	if (next.state === 'today') return m.plans_due_today();
	if (next.state === 'soon') return m.plans_due_soon({ days });
	return m.plans_due_by({ date: formatDay(next.date, today) });
}

const tones: Record<DueState, Tone> = {
	overdue: 'danger',
	today: 'warning',
	soon: 'warning',
	later: 'neutral'
};
export const dueTone = (state: DueState): Tone => tones[state];
