// From the document's flat keys to plans, sections and tasks. Pure: the screen decides when to read
// which task again.

import type * as Y from 'yjs';
import { parseMemberId, type MemberId } from '$lib/base/ids.ts';
import type {
	DueFrom,
	Plan,
	PlanSection,
	Task,
	TaskId,
	TaskSource,
	Tick,
	TickKind
} from './plan.ts';
import { parseWorkKey, planRoots } from './planDocument.ts';
import {
	planShape,
	sectionShape,
	stampSchema,
	taskSourceShape,
	taskWorkShape
} from './planSchema.ts';
import { readFields, readValue } from './readFields.ts';
import { notStarted } from './taskStatus.ts';

/** A task's part of `work`: field or `field/item` → stored value. */
export type TaskWorkEntries = Map<string, unknown>;

const entryKey = (field: string, item?: string): string =>
	item === undefined ? field : `${field}/${item}`;

/** Keeps the per-task view of `work` in step with one key. Returns the task it belongs to. */
export function indexWorkKey(
	index: Map<TaskId, TaskWorkEntries>,
	work: Y.Map<unknown>,
	key: string
): TaskId | null {
	const parsed = parseWorkKey(key);
	if (!parsed) return null;
	const entries = index.get(parsed.id) ?? new Map<string, unknown>();
	index.set(parsed.id, entries);
	if (work.has(key)) entries.set(entryKey(parsed.field, parsed.item), work.get(key));
	else entries.delete(entryKey(parsed.field, parsed.item));
	return parsed.id;
}

export function indexWork(doc: Y.Doc): Map<TaskId, TaskWorkEntries> {
	const index = new Map<TaskId, TaskWorkEntries>();
	const { work } = planRoots(doc);
	for (const key of work.keys()) indexWorkKey(index, work, key);
	return index;
}

function itemsOf(entries: TaskWorkEntries, field: string): [string, unknown][] {
	const prefix = `${field}/`;
	return [...entries]
		.filter(([key]) => key.startsWith(prefix))
		.map(([key, value]) => [key.slice(prefix.length), value]);
}

function people(entries: TaskWorkEntries, field: string): MemberId[] {
	return itemsOf(entries, field)
		.filter(([, value]) => value === true)
		.map(([id]) => parseMemberId(id))
		.filter((id) => id !== null)
		.sort();
}

function ticks(entries: TaskWorkEntries, kind: TickKind): ReadonlyMap<string, Tick> {
	const found = new Map<string, Tick>();
	for (const [name, value] of itemsOf(entries, kind)) {
		const tick = readValue(stampSchema, value);
		if (tick) found.set(name, tick);
	}
	return found;
}

function readSource(raw: unknown): { source: TaskSource; unreadable: string[] } {
	const { fields, unreadable } = readFields(taskSourceShape, raw);
	const source: TaskSource = {
		...fields,
		origin: fields.origin ?? 'own',
		path: fields.path ?? [],
		title: fields.title ?? '',
		text: fields.text ?? '',
		order: fields.order ?? 0,
		deadlines: fields.deadlines ?? [],
		deliverables: fields.deliverables ?? [],
		quotas: fields.quotas ?? [],
		steps: fields.steps ?? [],
		suggestedEvidence: fields.suggestedEvidence ?? []
	};
	return { source, unreadable: typeof raw === 'object' ? unreadable : ['title'] };
}

const noEntries: TaskWorkEntries = new Map();

/** `periodEnd` is what undated tasks of the notice take as their date (沿用本期). */
export function readTask(
	id: TaskId,
	raw: unknown,
	entries: TaskWorkEntries = noEntries,
	periodEnd: string | null = null
): Task {
	const { source, unreadable } = readSource(raw);
	const own = readFields(taskWorkShape, Object.fromEntries(entries));
	const inherited = source.dueInherited === true;
	const sourceDue = inherited ? (periodEnd ?? source.due) : source.due;
	const set = own.fields.due;
	const from: DueFrom = set
		? 'set'
		: !sourceDue || set === null
			? 'none'
			: inherited
				? 'period'
				: 'notice';
	return {
		...source,
		id,
		title: own.fields.title || source.title,
		sourceTitle: source.title,
		due: set === null ? undefined : (set ?? sourceDue),
		dueFrom: from,
		applies: own.fields.applies ?? { value: source.appliesTo ? '待确认' : '适用' },
		leaderId: own.fields.leader ?? null,
		responsibleIds: people(entries, 'responsible'),
		coIds: people(entries, 'co'),
		selfCheck: own.fields.selfCheck ?? '未查',
		state: own.fields.state ?? notStarted,
		removed: own.fields.removed ?? null,
		ticks: {
			step: ticks(entries, 'step'),
			deliverable: ticks(entries, 'deliverable'),
			instance: ticks(entries, 'instance')
		},
		unreadable: [...unreadable, ...own.unreadable]
	};
}

export function readSections(doc: Y.Doc): PlanSection[] {
	const { sections, work } = planRoots(doc);
	return [...sections].map(([key, raw]) => {
		const { fields } = readFields(sectionShape, raw);
		const own = work.get(`${sectionWorkId(key)}/title`);
		return {
			key,
			path: fields.path ?? [key],
			title: typeof own === 'string' && own !== '' ? own : (fields.title ?? ''),
			text: fields.text ?? '',
			order: fields.order ?? 0
		};
	});
}

/** Sections keep the branch's wording beside that of the tasks. */
export const sectionWorkId = (key: string): string => `§${key}`;
export const isSectionWork = (id: string): boolean => id.startsWith('§');

export function readPlan(doc: Y.Doc): Plan {
	const { fields, unreadable } = readFields(planShape, planRoots(doc).plan.toJSON());
	const { period, periodEnd } = fields;
	return {
		title: fields.title ?? '',
		kind: fields.kind ?? 'own',
		period: period ? { start: period.start, end: periodEnd ?? period.end } : null,
		source: fields.source ?? null,
		unreadable
	};
}

/** Every task once, those taken away included. For a summary; a screen reads task by task. */
export function readTasks(doc: Y.Doc): Task[] {
	const index = indexWork(doc);
	const periodEnd = readPlan(doc).period?.end ?? null;
	return [...planRoots(doc).tasks].map(([id, raw]) => readTask(id, raw, index.get(id), periodEnd));
}
