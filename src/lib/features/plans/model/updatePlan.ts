// The same notice again, as it was or revised: what it changes in a plan, and applying that.
// Writes only what came from above; nothing of the branch's own is touched.

import type * as Y from 'yjs';
import { noticeTaskIds, putNotice, taskSource } from './importPlan.ts';
import { diffNotice, type NoticeDiff, type TaskField } from './notice/diffNotice.ts';
import type { NoticeImport, NoticeTask } from './notice/types.ts';
import type { PlanSource, TaskId } from './plan.ts';
import { planRoots, put, putTaskSource } from './planDocument.ts';
import { readTasks } from './readPlan.ts';

export type PlanUpdate = {
	unchanged: number;
	changed: { id: TaskId; title: string; fields: TaskField[]; before: string; after: string }[];
	added: { title: string }[];
	removed: { id: TaskId; title: string }[];
};

/** The same notice, or another heading over exactly the same tasks. */
export const isSameNotice = (source: PlanSource, notice: NoticeImport): boolean =>
	source.fingerprint.notice === notice.fingerprint.notice ||
	source.fingerprint.content === notice.fingerprint.content;

function diff(doc: Y.Doc, notice: NoticeImport): NoticeDiff {
	const known = readTasks(doc).filter((task) => task.origin === 'notice');
	const gone = new Set(known.filter((task) => task.withdrawn).map((task) => task.id));
	const sources = known.map((task) => {
		const { id, path, sourceTitle, text, deadlines, deliverables } = task;
		return { id, path, title: sourceTitle, text, deadlines, deliverables };
	});
	const found = diffNotice(sources, notice);
	// A task that comes back is a change; one that stays away is nothing new.
	const back = found.unchanged.filter(({ id }) => gone.has(id));
	return {
		unchanged: found.unchanged.filter(({ id }) => !gone.has(id)),
		changed: [...found.changed, ...back.map((each) => ({ ...each, fields: [] }))],
		added: found.added,
		removed: found.removed.filter(({ id }) => !gone.has(id))
	};
}

export function planUpdate(doc: Y.Doc, notice: NoticeImport): PlanUpdate {
	const { unchanged, changed, added, removed } = diff(doc, notice);
	const texts = new Map(readTasks(doc).map((task) => [task.id, task.text]));
	return {
		unchanged: unchanged.length,
		changed: changed.map(({ id, task, fields }) => ({
			id,
			title: task.title,
			fields,
			before: texts.get(id) ?? '',
			after: task.text
		})),
		added: added.map(({ title }) => ({ title })),
		removed
	};
}

export const changesAnything = ({ changed, added, removed }: PlanUpdate): boolean =>
	changed.length + added.length + removed.length > 0;

export function applyUpdate(doc: Y.Doc, notice: NoticeImport, raw: string, origin: unknown): void {
	const { unchanged, changed, added, removed } = diff(doc, notice);
	const ids = new Map<NoticeTask, TaskId>(
		[...unchanged, ...changed].map(({ id, task }): [NoticeTask, TaskId] => [task, id])
	);
	const newIds = noticeTaskIds(notice);
	notice.tasks.forEach((task, index) => {
		if (added.includes(task)) ids.set(task, newIds[index] ?? '');
	});
	doc.transact(() => {
		putNotice(doc, notice, raw);
		notice.tasks.forEach((task, index) => {
			const id = ids.get(task);
			if (id) putTaskSource(doc, id, taskSource(task, index));
		});
		const { tasks } = planRoots(doc);
		for (const { id } of removed) {
			const source = tasks.get(id);
			if (typeof source === 'object' && source !== null)
				put(tasks, id, { ...source, withdrawn: true });
		}
	}, origin);
}
