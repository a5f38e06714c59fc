// The plan's Y.Doc, version 1, and the typed operations on it.
//
//   meta      kind, schema                       plan      title, kind, period, periodEnd, source
//   sourceText raw, clean                        sections  path key → section
//   tasks     task id → what came from above     work      `<task id>/<field>` → the branch's own
//   top-level Y.Texts `<field>:<task id>`        the branch's own texts
//
// Everything is flat: no shared type is made inside another. Two people who import the same notice
// offline both write a task under its one id; with a nested map one of the two maps would win and
// take what was typed into the other with it. Top-level types and plain keys merge instead.

import type * as Y from 'yjs';
import type {
	Applies,
	DateSpan,
	PeopleRole,
	PlanSource,
	Removal,
	SelfCheck,
	TaskId,
	TaskSource,
	TextField,
	Tick,
	TickKind,
	Ymd
} from './plan.ts';
import type { TaskState } from './taskStatus.ts';

export const planRoots = (doc: Y.Doc) => ({
	meta: doc.getMap('meta'),
	plan: doc.getMap('plan'),
	sourceText: doc.getMap('sourceText'),
	sections: doc.getMap('sections'),
	tasks: doc.getMap('tasks'),
	work: doc.getMap('work')
});

export const taskText = (doc: Y.Doc, id: TaskId, field: TextField): Y.Text =>
	doc.getText(`${field}:${id}`);

/** What the branch sets on a task, one value a field; the last one to write wins. */
export type TaskWork = {
	title: string;
	/** null: the branch wants no date here. */
	due: Ymd | null;
	applies: Applies;
	leader: string;
	selfCheck: SelfCheck;
	state: TaskState;
	removed: Removal;
};

export const workKey = (id: TaskId, field: string, item?: string): string =>
	item === undefined ? `${id}/${field}` : `${id}/${field}/${item}`;

/** `item` may hold any character (it names a step or a person), the other two hold no slash. */
export function parseWorkKey(key: string): { id: TaskId; field: string; item?: string } | null {
	const [id, field, ...rest] = key.split('/');
	if (!id || !field) return null;
	return rest.length > 0 ? { id, field, item: rest.join('/') } : { id, field };
}

/** Writes only what differs, so that doing a thing twice leaves no trace in the log. */
export function put(map: Y.Map<unknown>, key: string, value: unknown): void {
	if (value === undefined) {
		if (map.has(key)) map.delete(key);
	} else if (JSON.stringify(map.get(key)) !== JSON.stringify(value)) map.set(key, value);
}

const putWork = (doc: Y.Doc, key: string, value: unknown, origin: unknown): void =>
	doc.transact(() => put(planRoots(doc).work, key, value), origin);

/** `undefined` takes the branch's own value back. */
export function setTaskWork<K extends keyof TaskWork>(
	doc: Y.Doc,
	id: TaskId,
	field: K,
	value: TaskWork[K] | undefined,
	origin: unknown
): void {
	putWork(doc, workKey(id, field), value, origin);
}

export function setTaskPerson(
	doc: Y.Doc,
	id: TaskId,
	role: PeopleRole,
	member: string,
	on: boolean,
	origin: unknown
): void {
	putWork(doc, workKey(id, role, member), on ? true : undefined, origin);
}

export function setTick(
	doc: Y.Doc,
	id: TaskId,
	kind: TickKind,
	name: string,
	tick: Tick | undefined,
	origin: unknown
): void {
	putWork(doc, workKey(id, kind, name), tick, origin);
}

export const putTaskSource = (doc: Y.Doc, id: TaskId, source: TaskSource): void =>
	put(planRoots(doc).tasks, id, source);

export type OwnTask = { title: string; sectionPath: readonly string[]; due?: Ymd };

/** A task of the branch's own. `id` is random: nobody else can have made the same one. */
export function addOwnTask(
	doc: Y.Doc,
	id: TaskId,
	task: OwnTask,
	createdAt: string,
	origin: unknown
): void {
	doc.transact(() => {
		putTaskSource(doc, id, {
			origin: 'own',
			path: [...task.sectionPath],
			title: task.title,
			text: '',
			order: 0,
			deadlines: [],
			deliverables: [],
			quotas: [],
			steps: [],
			suggestedEvidence: [],
			createdAt
		});
		if (task.due) put(planRoots(doc).work, workKey(id, 'due'), task.due);
	}, origin);
}

export type PlanFields = {
	title: string;
	kind: string;
	period: DateSpan | null;
	periodEnd: Ymd;
	source: PlanSource;
};

export function setPlanField<K extends keyof PlanFields>(
	doc: Y.Doc,
	field: K,
	value: PlanFields[K] | undefined,
	origin: unknown
): void {
	doc.transact(() => put(planRoots(doc).plan, field, value), origin);
}
