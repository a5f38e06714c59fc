// From an accepted preview to the plan's document. Doing it twice, or on two devices offline,
// gives one plan: ids come from the notice, and equal values are not written again.

import type * as Y from 'yjs';
import type { NoticeImport, NoticeSection, NoticeTask } from './notice/types.ts';
import {
	pathKey,
	type AppliesValue,
	type PlanSource,
	type TaskId,
	type TaskSource,
	type Ymd
} from './plan.ts';
import { planRoots, put, putTaskSource, workKey } from './planDocument.ts';
import { sectionWorkId } from './readPlan.ts';

/** What a person said about one task before accepting. Everything left out stays as found. */
export type TaskAnswer = {
	title?: string;
	/** null: no date. */
	due?: Ymd | null;
	applies?: AppliesValue;
	/** Not taken over: kept among the removed tasks, so that it can come back. */
	dropped?: boolean;
};
export type ImportAnswers = {
	title: string;
	/** The date undated tasks take, where it is not the end of the notice's own period. */
	periodEnd?: Ymd;
	/** By place in `notice.tasks` and `notice.sections`. */
	tasks: ReadonlyMap<number, TaskAnswer>;
	sections: ReadonlyMap<number, string>;
};
export type Importing = { actor: string; today: Ymd; origin: unknown };

const FINGERPRINT_CHARS = 16;

/**
 * One id a task of this wording of the notice, the same wherever it is imported: a revised wording
 * may number another task the same. Slashes part the keys of `work`.
 */
export function noticeTaskIds(notice: NoticeImport): TaskId[] {
	const seen = new Map<string, number>();
	return notice.tasks.map((task) => {
		const place = pathKey(task.path).replaceAll('/', '_');
		const nth = (seen.get(place) ?? 0) + 1;
		seen.set(place, nth);
		const id = `${notice.fingerprint.content.slice(0, FINGERPRINT_CHARS)}.${place}`;
		return nth === 1 ? id : `${id}~${nth}`;
	});
}

export function planSource({ document, fingerprint }: NoticeImport): PlanSource {
	const { issuer, addressee, docNo, issuedOn, publishedAt, listTitle } = document;
	const { warnings, attachments, references } = document;
	const head = { issuer, addressee, docNo, issuedOn, publishedAt, listTitle, fingerprint };
	return { ...head, noticeTitle: document.title, warnings, attachments, references };
}

/** Sections and tasks share one sequence: their place in the text. */
const orderOf = (entry: { lines: { from: number } }, index: number): number =>
	entry.lines.from + index / 10_000;

export function taskSource(task: NoticeTask, index: number): TaskSource {
	const { path, title, text, lines, deadlines, deliverables, quotas, steps, suggestedEvidence } =
		task;
	return {
		origin: 'notice',
		...{ path, title, text, lines, deadlines, deliverables, quotas, steps, suggestedEvidence },
		order: orderOf(task, index),
		...(task.due && { due: task.due }),
		...(task.dueInherited && { dueInherited: true }),
		...(task.responsible && { responsible: task.responsible }),
		...(task.appliesTo && { appliesTo: task.appliesTo })
	};
}

export function putSections(doc: Y.Doc, notice: NoticeImport): void {
	const { sections } = planRoots(doc);
	const kept = new Set(notice.sections.map((section) => pathKey(section.path)));
	for (const key of [...sections.keys()]) if (!kept.has(key)) sections.delete(key);
	notice.sections.forEach(({ path, title, text, lines }: NoticeSection, index) =>
		put(sections, pathKey(path), {
			path,
			title,
			text: text ?? '',
			order: orderOf({ lines }, index)
		})
	);
}

/** The upstream half of a plan: what an update may write. */
export function putNotice(doc: Y.Doc, notice: NoticeImport, raw: string): void {
	const { plan, sourceText } = planRoots(doc);
	const { period } = notice.document;
	put(plan, 'kind', notice.document.kind);
	put(plan, 'period', period && { start: period.start, end: period.end });
	put(plan, 'source', planSource(notice));
	put(sourceText, 'raw', raw);
	put(sourceText, 'clean', notice.cleanText);
	putSections(doc, notice);
}

function putAnswer(doc: Y.Doc, id: TaskId, answer: TaskAnswer, { actor, today }: Importing): void {
	const { work } = planRoots(doc);
	const title = answer.title?.trim();
	if (title) put(work, workKey(id, 'title'), title);
	if (answer.due !== undefined) put(work, workKey(id, 'due'), answer.due);
	if (answer.applies) put(work, workKey(id, 'applies'), { value: answer.applies });
	if (answer.dropped) put(work, workKey(id, 'removed'), { by: actor, on: today });
}

export function importPlan(
	doc: Y.Doc,
	notice: NoticeImport,
	raw: string,
	answers: ImportAnswers,
	importing: Importing
): void {
	const ids = noticeTaskIds(notice);
	doc.transact(() => {
		const { plan, work } = planRoots(doc);
		putNotice(doc, notice, raw);
		put(plan, 'title', answers.title);
		if (answers.periodEnd) put(plan, 'periodEnd', answers.periodEnd);
		notice.tasks.forEach((task, index) => {
			const id = ids[index] ?? '';
			putTaskSource(doc, id, taskSource(task, index));
			putAnswer(doc, id, answers.tasks.get(index) ?? {}, importing);
		});
		for (const [index, title] of answers.sections) {
			const section = notice.sections[index];
			if (section) put(work, workKey(sectionWorkId(pathKey(section.path)), 'title'), title);
		}
	}, importing.origin);
}
