// What somebody still has to do in one plan, and handing it on to somebody else: for a person who
// leaves the committee. Closed and withdrawn tasks keep the names they were done under.

import type * as Y from 'yjs';
import type { MemberId } from '$lib/base/ids.ts';
import { isOpen } from './dueDates.ts';
import type { PeopleRole, Task, TaskId, Ymd } from './plan.ts';
import { setTaskPerson, setTaskWork } from './planDocument.ts';
import { readTasks } from './readPlan.ts';

export type OpenTask = { id: TaskId; title: string; due: Ymd | null };

/** Colleagues' devices tell this apart from a person's own steps: nobody's undo takes it back. */
const origin = { tab: 'reassignment' };

const heldRoles = (task: Task, member: MemberId): PeopleRole[] => [
	...(task.responsibleIds.includes(member) ? ['responsible' as const] : []),
	...(task.coIds.includes(member) ? ['co' as const] : [])
];

const isOnTask = (task: Task, member: MemberId): boolean =>
	task.leaderId === member || heldRoles(task, member).length > 0;

export function openTasksOf(doc: Y.Doc, member: MemberId): OpenTask[] {
	return readTasks(doc)
		.filter((task) => isOpen(task) && isOnTask(task, member))
		.map(({ id, title, due }) => ({ id, title, due: due ?? null }));
}

function handOn(doc: Y.Doc, task: Task, from: MemberId, to: MemberId | null): void {
	if (task.leaderId === from) setTaskWork(doc, task.id, 'leader', to ?? undefined, origin);
	const held = heldRoles(task, from);
	for (const role of held) setTaskPerson(doc, task.id, role, from, false, origin);
	const [role] = held;
	// Whoever does it need not help with it as well.
	if (to && role && !(role === 'co' && isOnTask(task, to)))
		setTaskPerson(doc, task.id, role, to, true, origin);
}

/** One transaction. What was closed or given to somebody else meanwhile stays as it is. */
export function reassignTasks(
	doc: Y.Doc,
	ids: readonly TaskId[],
	from: MemberId,
	to: MemberId | null
): void {
	if (from === to) return;
	const wanted = new Set(ids);
	doc.transact(() => {
		for (const task of readTasks(doc))
			if (wanted.has(task.id) && isOpen(task)) handOn(doc, task, from, to);
	}, origin);
}
