// What a deadline of the notice was understood to mean, said back in plain words.

import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { Deadline } from '../model/plan.ts';
import { parseRrule, type Recurrence } from '../model/recurrence.ts';
import { listWords } from './labels.ts';

const anchors = (): Record<NonNullable<Deadline['anchor']>, string> => ({
	'meeting.start': m.plans_anchor_meeting_start(),
	'meeting.end': m.plans_anchor_meeting_end(),
	'activity.start': m.plans_anchor_activity_start(),
	'activity.end': m.plans_anchor_activity_end(),
	'notice.received': m.plans_anchor_notice_received(),
	'notice.issued': m.plans_anchor_notice_issued(),
	'rectificationNotice.received': m.plans_anchor_rectification_received(),
	'term.start': m.plans_anchor_term_start(),
	'term.end': m.plans_anchor_term_end(),
	'termOfOffice.end': m.plans_anchor_office_end(),
	'election.date': m.plans_anchor_election()
});

function weekdayWords({ weekday, nth }: { weekday: number; nth: number }): string {
	// 1 January 2024 was a Monday.
	const date = new Date(Date.UTC(2024, 0, weekday));
	const day = new Intl.DateTimeFormat(getLocale(), { timeZone: 'UTC', weekday: 'long' }).format(
		date
	);
	if (nth === 0) return day;
	return nth < 0 ? m.plans_rule_last_weekday({ day }) : m.plans_rule_nth_weekday({ nth, day });
}

const monthDayWords = (day: number): string =>
	day === -1
		? m.plans_rule_last_day()
		: day < 0
			? m.plans_rule_day_from_end({ n: -day })
			: m.plans_rule_day({ day });

function monthWords(months: readonly number[]): string {
	const names = months.map((month) =>
		new Intl.DateTimeFormat(getLocale(), { timeZone: 'UTC', month: 'short' }).format(
			new Date(Date.UTC(2024, month - 1, 1))
		)
	);
	return listWords(names);
}

function everyWords({ freq, interval, months }: Recurrence): string {
	if (months.length > 0) return m.plans_rule_every_months({ months: monthWords(months) });
	if (interval > 1 && freq === 'WEEKLY') return m.plans_rule_every_n_weeks({ n: interval });
	if (interval > 1 && freq === 'YEARLY') return m.plans_rule_every_n_years({ n: interval });
	if (interval > 1 && freq === 'MONTHLY') return m.plans_rule_every_n_months({ n: interval });
	return {
		DAILY: m.plans_rule_every_day,
		WEEKLY: m.plans_rule_every_week,
		MONTHLY: m.plans_rule_every_month,
		YEARLY: m.plans_rule_every_year
	}[freq]();
}

/** Where any day of the stretch will do, the rule names only its last one. */
function openWords(rule: Recurrence, period: Deadline['period'], count: string): string | null {
	const anyDay =
		rule.monthDays.length === 1 && rule.monthDays[0] === -1 && rule.weekdays.length === 0;
	const anyWeekday = rule.weekdays.length === 1 && rule.weekdays[0]?.weekday === 7;
	if (rule.freq === 'WEEKLY')
		return anyWeekday && rule.interval === 1 ? m.plans_rule_in_week({ count }) : null;
	if (!anyDay) return null;
	if (period === 'quarter') return m.plans_rule_in_quarter({ count });
	if (period === 'halfyear') return m.plans_rule_in_halfyear({ count });
	if (period === 'year') return m.plans_rule_in_year({ count });
	if (period !== 'month') return null;
	const { months } = rule;
	return months.length > 0
		? m.plans_rule_in_months({ months: monthWords(months), count })
		: m.plans_rule_in_month({ count });
}

function recurringWords({ rrule, period, times = 1, min }: Deadline): string {
	const rule = rrule ? parseRrule(rrule) : null;
	if (!rule) return m.plans_rule_as_written();
	const count = min ? m.plans_times_least({ times }) : m.plans_times({ times });
	const open = openWords(rule, period, count);
	if (open) return open;
	const days = listWords([
		...rule.monthDays.map(monthDayWords),
		...rule.weekdays.map(weekdayWords)
	]);
	const every = everyWords(rule);
	const when = days ? m.plans_rule_when({ every, days }) : every;
	return min || times > 1 ? m.plans_rule_count({ when, count }) : when;
}

function offsetWords({ offset = '', anchor, businessDays }: Deadline): string {
	const m1 = /^(-?)P(?:T(\d+)H|(\d+)([DMY]))$/.exec(offset);
	if (!m1 || !anchor) return m.plans_rule_as_written();
	const [, minus, hours, n, unit] = m1;
	const count = Number(hours ?? n);
	const length = hours
		? m.plans_length_hours({ count })
		: unit === 'Y'
			? m.plans_length_years({ count })
			: unit === 'M'
				? m.plans_length_months({ count })
				: businessDays
					? m.plans_length_workdays({ count })
					: m.plans_length_days({ count });
	const from = anchors()[anchor];
	return minus ? m.plans_rule_before({ from, length }) : m.plans_rule_after({ from, length });
}

const windowWords = ({ start, end }: Deadline): string =>
	start && end
		? m.plans_rule_window({
				start,
				end: end.slice(0, 4) === start.slice(0, 4) ? end.slice(5) : end
			})
		: start
			? m.plans_rule_from({ start })
			: m.plans_rule_as_written();

export function deadlineWords(deadline: Deadline): string {
	switch (deadline.kind) {
		case 'by':
			return deadline.end
				? m.plans_rule_by({ end: [deadline.end, deadline.time].filter(Boolean).join(' ') })
				: m.plans_rule_as_written();
		case 'window':
			return windowWords(deadline);
		case 'recurring':
			return recurringWords(deadline);
		case 'relative':
			return offsetWords(deadline);
		case 'standing':
			return m.plans_rule_standing();
		case 'vague':
			return m.plans_rule_vague();
	}
}
