// An open plan as the screen reads it. Follows the document's events: an edit of one task reads
// that task again and nothing else, and only what shows it is drawn again.

import { SvelteMap } from 'svelte/reactivity';
import * as Y from 'yjs';
import { newId, type MemberId } from '$lib/base/ids.ts';
import type { OpenDocument, Peer, Place } from '$lib/core/rooms/openDocument.ts';
import { observed, type Observed } from '$lib/state/observed.svelte.ts';
import { Today } from '$lib/state/today.svelte.ts';
import {
	dueItems,
	isOpen,
	nextDue,
	recurringSpan,
	type DueItem,
	type NextDue
} from '../model/dueDates.ts';
import type {
	DateSpan,
	PeopleRole,
	Plan,
	PlanSection,
	Task,
	TaskId,
	TextField,
	TickKind
} from '../model/plan.ts';
import {
	addOwnTask,
	planRoots,
	setPlanField,
	setTaskPerson,
	setTaskWork,
	setTick,
	taskText,
	type OwnTask,
	type TaskWork
} from '../model/planDocument.ts';
import { planVersion, type PlanVersion } from '../model/planKind.ts';
import {
	indexWork,
	indexWorkKey,
	isSectionWork,
	readPlan,
	readSections,
	readTask,
	type TaskWorkEntries
} from '../model/readPlan.ts';
import { changeState, type TaskEvent, type TaskRefusal } from '../model/taskStatus.ts';

/** A burst of typing within this time is one step of undo. */
const UNDO_BURST_MS = 600;

export class PlanView {
	readonly open: OpenDocument;
	readonly self: MemberId;
	readonly today: Today;
	/** Marks this tab's own edits: undo takes back these and no others. */
	readonly origin = { tab: 'plan' };
	readonly undoManager: Y.UndoManager;
	readonly tasks = new SvelteMap<TaskId, Task>();
	#version = $state.raw<PlanVersion>('empty');
	#plan = $state.raw<Plan>({ title: '', kind: 'own', period: null, source: null, unreadable: [] });
	#sections = $state.raw<readonly PlanSection[]>([]);
	#undoable = $state(false);
	#redoable = $state(false);
	#work = new Map<TaskId, TaskWorkEntries>();
	#stop: () => void;
	readonly #isTrashed: () => boolean;
	readonly #peers: Observed<readonly Peer[]>;
	readonly span = $derived<DateSpan | null>(recurringSpan(this.#plan));
	/** A task that is read again is another object; other tasks keep their dates. */
	readonly #dues = $derived.by(() => (void this.span, new WeakMap<Task, DueItem[]>()));
	readonly list = $derived([...this.tasks.values()]);
	readonly shown = $derived(this.list.filter((task) => !task.removed));
	readonly removed = $derived(this.list.filter((task) => task.removed));

	constructor(
		open: OpenDocument,
		self: MemberId,
		today = new Today(),
		isTrashed: () => boolean = () => false
	) {
		this.open = open;
		this.self = self;
		this.today = today;
		this.#isTrashed = isTrashed;
		this.#peers = observed(open.presence.peers);
		this.undoManager = new Y.UndoManager(open.doc, {
			trackedOrigins: new Set([this.origin]),
			captureTimeout: UNDO_BURST_MS
		});
		this.#readAll();
		this.#stop = this.#follow();
	}

	get version(): PlanVersion {
		return this.#version;
	}
	get plan(): Plan {
		return this.#plan;
	}
	get sections(): readonly PlanSection[] {
		return this.#sections;
	}
	/** The notice's text as cleaned on import. */
	get sourceText(): string {
		const text = planRoots(this.open.doc).sourceText.get('clean');
		return typeof text === 'string' ? text : '';
	}
	get canUndo(): boolean {
		return this.#undoable;
	}
	get canRedo(): boolean {
		return this.#redoable;
	}
	get writable(): boolean {
		return this.open.access === 'write' && this.version === 'ready' && !this.#isTrashed();
	}

	/** Colleagues who are at this task now, or at one field of it. */
	peersAt(id: TaskId, field?: string): Peer[] {
		return this.#peers.current.filter(
			({ place }) => place?.['task'] === id && (!field || place['field'] === field)
		);
	}
	/** Where I am, for colleagues to see. */
	moveTo(id: TaskId | null, field?: string): void {
		const place: Place | null = id === null ? null : { task: id, ...(field && { field }) };
		this.open.presence.setPlace(place);
	}

	duesOf(task: Task): DueItem[] {
		const known = this.#dues.get(task) ?? dueItems(task, this.span);
		this.#dues.set(task, known);
		return known;
	}
	nextOf(task: Task): NextDue | null {
		return nextDue(this.duesOf(task), this.today.date);
	}
	isOverdue = (task: Task): boolean => isOpen(task) && this.nextOf(task)?.state === 'overdue';
	isMine = (task: Task): boolean =>
		task.leaderId === this.self || [...task.responsibleIds, ...task.coIds].includes(this.self);

	text(id: TaskId, field: TextField): Y.Text {
		return taskText(this.open.doc, id, field);
	}

	set<K extends keyof TaskWork>(id: TaskId, field: K, value: TaskWork[K] | undefined): void {
		this.#step((origin) => setTaskWork(this.open.doc, id, field, value, origin));
	}
	setPerson(id: TaskId, role: PeopleRole, member: MemberId, on: boolean): void {
		this.#step((origin) => setTaskPerson(this.open.doc, id, role, member, on, origin));
	}
	tick(id: TaskId, kind: TickKind, name: string, on: boolean): void {
		const stamp = { by: this.self, on: this.today.date };
		const tick = on ? stamp : undefined;
		this.#step((origin) => setTick(this.open.doc, id, kind, name, tick, origin));
	}
	/** Why it cannot happen, or null when it has. */
	change(task: Task, event: TaskEvent, alone: boolean): TaskRefusal | null {
		const missing = task.deliverables.filter((name) => !task.ticks.deliverable.has(name)).length;
		const acting = {
			actor: this.self,
			today: this.today.date,
			alone,
			missingDeliverables: missing
		};
		const changed = changeState(task.state, event, acting);
		if (!changed.ok) return changed.error;
		this.set(task.id, 'state', changed.value);
		return null;
	}
	add(task: OwnTask): TaskId {
		const id = newId();
		this.#step((origin) => addOwnTask(this.open.doc, id, task, new Date().toISOString(), origin));
		return id;
	}
	remove(id: TaskId): void {
		this.set(id, 'removed', { by: this.self, on: this.today.date });
	}
	restore(id: TaskId): void {
		this.set(id, 'removed', undefined);
	}
	rename(title: string): void {
		setPlanField(this.open.doc, 'title', title, this.origin);
	}
	undo(): void {
		this.undoManager.undo();
	}
	redo(): void {
		this.undoManager.redo();
	}

	close(): void {
		this.#stop();
		this.undoManager.destroy();
		this.open.close();
	}

	/** Each choice is a step of undo of its own, apart from the typing before and after it. */
	#step(edit: (origin: unknown) => void): void {
		this.undoManager.stopCapturing();
		edit(this.origin);
		this.undoManager.stopCapturing();
	}

	#readPlan(): void {
		this.#version = planVersion(this.open.doc);
		this.#plan = readPlan(this.open.doc);
	}

	#readAll(): void {
		this.#readPlan();
		this.#sections = readSections(this.open.doc);
		this.#work = indexWork(this.open.doc);
		for (const id of planRoots(this.open.doc).tasks.keys()) this.#readTask(id);
	}

	#readTask(id: TaskId): void {
		const { tasks } = planRoots(this.open.doc);
		if (!tasks.has(id)) return void this.tasks.delete(id);
		const periodEnd = this.#plan.period?.end ?? null;
		this.tasks.set(id, readTask(id, tasks.get(id), this.#work.get(id), periodEnd));
	}

	#follow(): () => void {
		const { meta, plan, sections, tasks, work } = planRoots(this.open.doc);
		const onPlan = () => {
			const before = this.#plan.period?.end;
			this.#readPlan();
			if (before !== this.#plan.period?.end) for (const id of tasks.keys()) this.#readTask(id);
		};
		const onSections = () => (this.#sections = readSections(this.open.doc));
		const onTasks = (event: Y.YMapEvent<unknown>) =>
			event.keysChanged.forEach((id) => this.#readTask(id));
		const onWork = (event: Y.YMapEvent<unknown>) => {
			const touched = new Set<TaskId | null>();
			for (const key of event.keysChanged) touched.add(indexWorkKey(this.#work, work, key));
			for (const id of touched) {
				if (id && isSectionWork(id)) onSections();
				else if (id) this.#readTask(id);
			}
		};
		const onStack = () => {
			this.#undoable = this.undoManager.undoStack.length > 0;
			this.#redoable = this.undoManager.redoStack.length > 0;
		};
		const stackEvents = ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const;
		meta.observe(onPlan);
		plan.observe(onPlan);
		sections.observe(onSections);
		tasks.observe(onTasks);
		work.observe(onWork);
		for (const name of stackEvents) this.undoManager.on(name, onStack);
		return () => {
			meta.unobserve(onPlan);
			plan.unobserve(onPlan);
			sections.unobserve(onSections);
			tasks.unobserve(onTasks);
			work.unobserve(onWork);
		};
	}
}
