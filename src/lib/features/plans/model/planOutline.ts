// The plan as a tree, in the order of the notice, with counts. Knows no dates' meaning beyond
// "overdue"; see dueDates.ts.

import { dueItems, isOpen, nextDue, recurringSpan, statusOf, type NextDue } from './dueDates.ts';
import type { Plan, PlanSection, Task, Ymd } from './plan.ts';

export type Counts = { total: number; done: number; overdue: number };
export type OutlineItem = { type: 'task'; task: Task } | SectionNode;
export type SectionNode = {
	type: 'section';
	section: PlanSection;
	items: OutlineItem[];
	counts: Counts;
};

const startsWith = (path: readonly string[], prefix: readonly string[]): boolean =>
	prefix.length <= path.length && prefix.every((step, i) => path[i] === step);

const depthFirst = (a: PlanSection, b: PlanSection): number => b.path.length - a.path.length;

/** Tasks of the notice by its order, then the branch's own in the order they were made. */
function byOrder(a: OutlineItem, b: OutlineItem): number {
	const rank = (item: OutlineItem): [number, number, string] =>
		item.type === 'section'
			? [0, item.section.order, item.section.key]
			: item.task.origin === 'notice'
				? [0, item.task.order, item.task.id]
				: [1, 0, `${item.task.createdAt ?? ''} ${item.task.id}`];
	const [ownA, orderA, idA] = rank(a);
	const [ownB, orderB, idB] = rank(b);
	return ownA - ownB || orderA - orderB || (idA < idB ? -1 : idA > idB ? 1 : 0);
}

export function countTasks(tasks: readonly Task[], isOverdue: (task: Task) => boolean): Counts {
	const counted = tasks.filter((task) => !task.removed && statusOf(task) !== '不适用');
	return {
		total: counted.length,
		done: counted.filter((task) => statusOf(task) === '已完成').length,
		overdue: counted.filter((task) => isOpen(task) && isOverdue(task)).length
	};
}

export function tasksIn(items: readonly OutlineItem[]): Task[] {
	return items.flatMap((item) => (item.type === 'task' ? [item.task] : tasksIn(item.items)));
}

/** Sections without a task to show are left out. */
export function planOutline(
	sections: readonly PlanSection[],
	tasks: readonly Task[],
	isOverdue: (task: Task) => boolean
): OutlineItem[] {
	const root: OutlineItem[] = [];
	const nodes = sections.map((section): SectionNode => ({
		type: 'section',
		section,
		items: [],
		counts: { total: 0, done: 0, overdue: 0 }
	}));
	const deepest = [...nodes].sort((a, b) => depthFirst(a.section, b.section));
	const home = (path: readonly string[], below?: SectionNode): OutlineItem[] =>
		deepest.find(
			(node) =>
				node !== below &&
				startsWith(path, node.section.path) &&
				(!below || node.section.path.length < below.section.path.length)
		)?.items ?? root;
	for (const task of tasks) home(task.path).push({ type: 'task', task });
	for (const node of deepest) {
		node.items.sort(byOrder);
		node.counts = countTasks(tasksIn(node.items), isOverdue);
		if (node.items.length > 0) home(node.section.path, node).push(node);
	}
	return root.sort(byOrder);
}

export type PlanSummary = Counts & {
	title: string;
	issuer: string | null;
	period: Plan['period'];
	next: (NextDue & { title: string }) | null;
};

/** What a card of the list shows: how far it is, how much is late, and what is still ahead. */
export function summarisePlan(plan: Plan, tasks: readonly Task[], today: Ymd): PlanSummary {
	const span = recurringSpan(plan);
	const dates = new Map(tasks.filter(isOpen).map((task) => [task, dueItems(task, span)]));
	const ahead = [...dates].flatMap(([{ title }, items]) => {
		const next = nextDue(
			items.filter(({ date }) => date >= today),
			today
		);
		return next ? [{ ...next, title }] : [];
	});
	const isOverdue = (task: Task): boolean =>
		nextDue(dates.get(task) ?? [], today)?.state === 'overdue';
	return {
		...countTasks(tasks, isOverdue),
		title: plan.title,
		issuer: plan.source?.issuer ?? null,
		period: plan.period,
		next: ahead.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))[0] ?? null
	};
}
