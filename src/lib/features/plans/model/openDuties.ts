// What a plan still asks for, as lines of a list over many plans: one for each thing that is due, one
// for a task that has no date. The oldest open date of a recurring duty stands for those after it.

import type * as Y from 'yjs';
import type { MemberId } from '$lib/base/ids.ts';
import { dueItems, isOpen, nextDue, recurringSpan, type DueItem } from './dueDates.ts';
import type { Task, TaskId, Ymd } from './plan.ts';
import { readPlan, readTasks } from './readPlan.ts';

export type OpenDuty = {
	task: TaskId;
	/** Names it within its task. */
	key: string;
	title: string;
	/** What of the task is due, where it holds several things. */
	of: string | null;
	due: Ymd | null;
	/** How many of a recurring duty's dates are past and not ticked off. */
	missed: number;
	/** 责任领导 first; nobody twice. */
	people: readonly MemberId[];
	leaderId: MemberId | null;
	/** Who has handed it in; null while nobody has. */
	submittedBy: string | null;
};

/** One-off dates are one duty; recurring ones are one for each thing that recurs. */
function dutiesOf(items: readonly DueItem[]): DueItem[][] {
	const groups = new Map<string, DueItem[]>();
	for (const item of items) {
		const key = item.kind === 'once' ? 'once' : `again ${item.of ?? ''}`;
		groups.set(key, [...(groups.get(key) ?? []), item]);
	}
	return [...groups.values()];
}

const isMissed = ({ kind, done, date }: DueItem, today: Ymd): boolean =>
	kind === 'instance' && !done && date < today;

const peopleOf = ({ leaderId, responsibleIds, coIds }: Task): MemberId[] => [
	...new Set([...(leaderId ? [leaderId] : []), ...responsibleIds, ...coIds])
];

function openDuties(task: Task, items: readonly DueItem[], today: Ymd): OpenDuty[] {
	const common = {
		task: task.id,
		title: task.title,
		people: peopleOf(task),
		leaderId: task.leaderId,
		submittedBy: task.state.status === '待审核' ? task.state.by : null
	};
	const dated = dutiesOf(items).flatMap((group): OpenDuty[] => {
		const next = nextDue(group, today);
		if (!next) return [];
		const missed = group.filter((item) => isMissed(item, today)).length;
		return [{ ...common, key: next.key, of: next.of ?? null, due: next.date, missed }];
	});
	return dated.length > 0 ? dated : [{ ...common, key: '', of: null, due: null, missed: 0 }];
}

export function openDutiesIn(doc: Y.Doc, today: Ymd): OpenDuty[] {
	const span = recurringSpan(readPlan(doc));
	return readTasks(doc)
		.filter(isOpen)
		.flatMap((task) => openDuties(task, dueItems(task, span), today));
}
