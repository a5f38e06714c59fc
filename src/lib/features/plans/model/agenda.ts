// All dates of a plan in order: what is past and not done first, then month by month.

import { isOpen, nextDue, type DueItem } from './dueDates.ts';
import type { Task, Ymd } from './plan.ts';

export type AgendaEntry = { task: Task; item: DueItem };
export type AgendaGroup = {
	/** `overdue`, a month as YYYY-MM, or `none` for tasks without a date. */
	key: string;
	entries: AgendaEntry[];
	undated: Task[];
};

/** Dates that are over and asked for nothing more are left out. */
function openDates(items: readonly DueItem[], today: Ymd): DueItem[] {
	const late = nextDue(items, today);
	return items.filter(
		(item) =>
			!item.done && (item.date >= today || item.kind === 'instance' || item.key === late?.key)
	);
}

export function planAgenda(
	tasks: readonly Task[],
	duesOf: (task: Task) => readonly DueItem[],
	today: Ymd
): AgendaGroup[] {
	const open = tasks.filter(isOpen);
	const dated = open.map((task) => ({ task, items: openDates(duesOf(task), today) }));
	const entries = dated
		.flatMap(({ task, items }) => items.map((item) => ({ task, item })))
		.sort((a, b) => (a.item.date < b.item.date ? -1 : a.item.date > b.item.date ? 1 : 0));
	const groups = new Map<string, AgendaEntry[]>();
	for (const entry of entries) {
		const key = entry.item.date < today ? 'overdue' : entry.item.date.slice(0, 7);
		const group = groups.get(key) ?? [];
		group.push(entry);
		groups.set(key, group);
	}
	const undated = dated.filter(({ items }) => items.length === 0).map(({ task }) => task);
	const found = [...groups].map(([key, inGroup]): AgendaGroup => ({
		key,
		entries: inGroup,
		undated: []
	}));
	return undated.length > 0 ? [...found, { key: 'none', entries: [], undated }] : found;
}
