// When a task is due: dates of the notice, the branch's own date, and the instances of what recurs.
// 逾期 and 临期 are worked out here from today's date and stored nowhere.

import { addDays, weekdayOf } from './notice/calendarDate.ts';
import type { DateSpan, Deadline, Plan, Task, Ymd } from './plan.ts';
import { bucketOf, occurrences, parseRrule } from './recurrence.ts';
import type { TaskStatus } from './taskStatus.ts';

export const DUE_SOON_DAYS = 7;

export type DueItem = {
	/** Names the date within its task; what a tick of a recurring duty is kept under. */
	key: string;
	date: Ymd;
	kind: 'once' | 'instance';
	/** What is due, where the task holds several things. */
	of?: string;
	/** The stretch in which it must happen, where any day of it will do. */
	window?: DateSpan;
	done: boolean;
};
export type DueState = 'overdue' | 'today' | 'soon' | 'later';
export type NextDue = DueItem & { state: DueState; daysLeft: number };

export const statusOf = (task: Task): TaskStatus =>
	task.applies.value === '不适用' ? '不适用' : task.state.status;

/** Still asks something of the branch. */
export const isOpen = (task: Task): boolean =>
	!task.removed && !task.withdrawn && statusOf(task) !== '已完成' && statusOf(task) !== '不适用';

const MAX_SPAN_DAYS = 366;

/** Where recurring duties are laid out: from the day the notice was issued to the period's end. */
export function recurringSpan(plan: Plan): DateSpan | null {
	const issued = plan.source?.issuedOn ?? null;
	const starts = [issued, plan.period?.start]
		.filter((date) => date !== null && date !== undefined)
		.sort();
	const start = starts.at(-1);
	if (!start) return null;
	const last = addDays(start, MAX_SPAN_DAYS);
	const end = plan.period?.end ?? `${start.slice(0, 4)}-12-31`;
	return { start, end: end > last ? last : end };
}

function dutyOf(task: Task, deadline: Deadline): string | undefined {
	const counted = task.quotas.find(
		(quota) => quota.kind === 'count' && quota.per === deadline.period
	);
	return deadline.of ?? counted?.of;
}

/** 每月25日前 names its day; 每月召开1次 leaves the month open, and its last day is only the limit. */
function openWindow(date: Ymd, deadline: Deadline): DateSpan | undefined {
	const bucket = bucketOf(date, deadline.period);
	return bucket?.end === date ? bucket : undefined;
}

function instancesOf(task: Task, span: DateSpan | null): DueItem[] {
	if (!span) return [];
	return task.deadlines.flatMap((deadline) => {
		const rule =
			deadline.kind === 'recurring' && deadline.rrule ? parseRrule(deadline.rrule) : null;
		if (!rule) return [];
		const of = dutyOf(task, deadline);
		const within = deadline.end && deadline.end < span.end ? { ...span, end: deadline.end } : span;
		return occurrences(rule, deadline.start ?? span.start, within).map((date): DueItem => {
			const key = `${date} ${of ?? deadline.expr}`;
			const window = openWindow(date, deadline);
			return {
				key,
				date,
				kind: 'instance',
				...(of && { of }),
				...(window && { window }),
				done: task.ticks.instance.has(key)
			};
		});
	});
}

function onceOf(task: Task): DueItem[] {
	const stated = task.deadlines
		.filter((d) => (d.kind === 'by' || d.kind === 'window') && d.end && !d.event && !d.weak)
		.map((d) => ({ date: d.end ?? '', of: d.of }));
	const dated = task.dueFrom === 'notice' && stated.length > 0 ? stated : [];
	const all =
		task.due && !dated.some((each) => each.date === task.due)
			? [...dated, { date: task.due, of: undefined }]
			: dated;
	const unique = new Map(all.map((each) => [`${each.date} ${each.of ?? ''}`, each]));
	return [...unique].map(([key, { date, of }]) => ({
		key,
		date,
		kind: 'once' as const,
		...(of && { of }),
		done: false
	}));
}

/** All dates of a task in order; those of a task that asks nothing any more are done. */
export function dueItems(task: Task, span: DateSpan | null): DueItem[] {
	const items = [...onceOf(task), ...instancesOf(task, span)];
	const open = isOpen(task);
	return items
		.map((item) => (open ? item : { ...item, done: true }))
		.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

export const daysBetween = (from: Ymd, to: Ymd): number =>
	Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

export function dueState(date: Ymd, today: Ymd): DueState {
	if (date < today) return 'overdue';
	if (date === today) return 'today';
	return date <= addDays(today, DUE_SOON_DAYS) ? 'soon' : 'later';
}

/**
 * The date to show for a task. Of several one-off dates only the last can make it overdue: nothing
 * says whether the earlier ones were kept.
 */
export function nextDue(items: readonly DueItem[], today: Ymd): NextDue | null {
	const final = items.findLast((item) => item.kind === 'once')?.date;
	const next = items.find(
		(item) => !item.done && (item.kind === 'instance' || item.date >= today || item.date === final)
	);
	if (!next) return null;
	return { ...next, state: dueState(next.date, today), daysLeft: daysBetween(today, next.date) };
}

export const isWeekend = (date: Ymd): boolean => weekdayOf(date) > 5;
