// The same or a revised notice pasted again: which tasks of the plan it touches.

import { normaliseForMatching } from './fingerprint.ts';
import type { NoticeImport, NoticeTask } from './types.ts';

/** What a plan keeps of an imported task; the branch's own fields do not take part. */
export type KnownTask = { id: string } & Pick<NoticeTask, 'path' | 'title' | 'text'> &
	Partial<Pick<NoticeTask, 'due' | 'deadlines' | 'deliverables' | 'responsible'>>;
export type TaskField =
	'path' | 'title' | 'text' | 'due' | 'deadlines' | 'deliverables' | 'responsible';

export type NoticeDiff = {
	unchanged: { id: string; task: NoticeTask }[];
	changed: { id: string; task: NoticeTask; fields: TaskField[] }[];
	added: NoticeTask[];
	removed: { id: string; title: string }[];
};

/** Below this a pair of texts is two tasks, not two versions of one. */
const leastSimilarity = 0.55;

export function diffNotice(
	existing: readonly KnownTask[],
	imported: Pick<NoticeImport, 'tasks'>
): NoticeDiff {
	const diff: NoticeDiff = { unchanged: [], changed: [], added: [], removed: [] };
	const pairs = matchTasks(existing, imported.tasks);
	const matched = new Set(pairs.values());
	for (const task of imported.tasks) {
		const known = pairs.get(task);
		if (!known) diff.added.push(task);
		else {
			const fields = changedFields(known, task);
			if (fields.length > 0) diff.changed.push({ id: known.id, task, fields });
			else diff.unchanged.push({ id: known.id, task });
		}
	}
	diff.removed = existing
		.filter((known) => !matched.has(known))
		.map(({ id, title }) => ({ id, title }));
	return diff;
}

/** Sure matches first, so that a moved task is not taken by a similar neighbour. */
function matchTasks(
	existing: readonly KnownTask[],
	tasks: readonly NoticeTask[]
): Map<NoticeTask, KnownTask> {
	const pairs = new Map<NoticeTask, KnownTask>();
	const left = new Set(existing);
	const pair = (isSame: (known: KnownTask, task: NoticeTask) => boolean): void => {
		for (const task of tasks) {
			if (pairs.has(task)) continue;
			const known = [...left].find((each) => isSame(each, task));
			if (!known) continue;
			pairs.set(task, known);
			left.delete(known);
		}
	};
	const samePath = (a: KnownTask, b: NoticeTask): boolean => a.path.join('/') === b.path.join('/');
	const same = (a: string, b: string): boolean =>
		normaliseForMatching(a) === normaliseForMatching(b);
	pair((known, task) => samePath(known, task) && same(known.text, task.text));
	pair((known, task) => same(known.text, task.text));
	pair((known, task) => samePath(known, task) && same(known.title, task.title));
	pairMostSimilar(tasks, pairs, left);
	return pairs;
}

function pairMostSimilar(
	tasks: readonly NoticeTask[],
	pairs: Map<NoticeTask, KnownTask>,
	left: Set<KnownTask>
): void {
	const knownGrams = [...left].map((known) => ({ known, grams: bigrams(known.text) }));
	const open = tasks
		.filter((task) => !pairs.has(task))
		.map((task) => ({ task, grams: bigrams(task.text) }));
	const candidates = open
		.flatMap(({ task, grams }) =>
			knownGrams.map((each) => ({ task, known: each.known, score: similarity(grams, each.grams) }))
		)
		.filter(({ score }) => score >= leastSimilarity)
		.sort((a, b) => b.score - a.score);
	for (const { task, known } of candidates) {
		if (pairs.has(task) || !left.has(known)) continue;
		pairs.set(task, known);
		left.delete(known);
	}
}

function bigrams(text: string): Set<string> {
	const bare = normaliseForMatching(text);
	return new Set(
		Array.from({ length: Math.max(bare.length - 1, 0) }, (_, i) => bare.slice(i, i + 2))
	);
}

/** Dice coefficient of the two sets, 0 to 1. */
function similarity(a: Set<string>, b: Set<string>): number {
	let shared = 0;
	for (const gram of a) if (b.has(gram)) shared++;
	return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size);
}

const plainText = (value: unknown): string => normaliseForMatching(JSON.stringify(value ?? null));

/** The meaning of a deadline, without the wording around it. */
const meanings = (task: Partial<Pick<NoticeTask, 'deadlines'>>): unknown =>
	task.deadlines?.map(({ clause: _clause, of: _of, ...reading }) => Object.entries(reading).sort());

function changedFields(known: KnownTask, task: NoticeTask): TaskField[] {
	const texts = (['title', 'text'] as const).filter(
		(field) => normaliseForMatching(known[field]) !== normaliseForMatching(task[field])
	);
	const path = known.path.join('/') === task.path.join('/') ? [] : (['path'] as const);
	// A field the plan never stored says nothing about a change.
	const stored = (['due', 'deliverables', 'responsible'] as const).filter(
		(field) => known[field] !== undefined && plainText(known[field]) !== plainText(task[field])
	);
	const dates =
		known.deadlines && plainText(meanings(known)) !== plainText(meanings(task))
			? (['deadlines'] as const)
			: [];
	return [...path, ...texts, ...dates, ...stored];
}
