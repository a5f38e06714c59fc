// The plans of the workspace with what their cards show. Each plan is held open while the list is
// on the screen, so that a colleague's progress moves the card.

import { SvelteMap } from 'svelte/reactivity';
import type { RoomId } from '$lib/base/ids.ts';
import type { DocumentEntry, OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import { Today } from '$lib/state/today.svelte.ts';
import { summarisePlan, type PlanSummary } from '../model/planOutline.ts';
import { readPlan, readTasks } from '../model/readPlan.ts';

export type PlansSession = Pick<WorkspaceSession, 'documents' | 'openDocument'>;
/** Typing in a plan must not read it again at every letter. */
const SETTLE_MS = 300;

export class PlanSummaries {
	readonly #session: PlansSession;
	readonly #today = new Today();
	readonly #summaries = new SvelteMap<RoomId, PlanSummary>();
	readonly #open = new Map<RoomId, () => void>();
	#entries = $state.raw<readonly DocumentEntry[]>([]);
	#trashed = $state.raw<readonly DocumentEntry[]>([]);
	#closed = false;
	#stop: () => void;

	constructor(session: PlansSession) {
		this.#session = session;
		this.#stop = session.documents.subscribe(() => this.#follow());
		this.#follow();
	}

	/** Newest first. */
	get entries(): readonly DocumentEntry[] {
		return this.#entries;
	}
	/** In the trash, newest first; nothing in them is read. */
	get trashed(): readonly DocumentEntry[] {
		return this.#trashed;
	}
	of(room: RoomId): PlanSummary | undefined {
		return this.#summaries.get(room);
	}

	close(): void {
		this.#closed = true;
		this.#stop();
		for (const stop of this.#open.values()) stop();
		this.#open.clear();
	}

	#follow(): void {
		const all = this.#session.documents
			.current()
			.filter(({ kind }) => kind === 'plan')
			.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
		const plans = all.filter(({ trashed }) => !trashed);
		this.#entries = plans;
		this.#trashed = all.filter(({ trashed }) => trashed);
		const rooms = new Set(plans.map(({ room }) => room));
		for (const [room, stop] of this.#open) if (!rooms.has(room)) this.#leave(room, stop);
		for (const room of rooms) if (!this.#open.has(room)) void this.#enter(room);
	}

	#leave(room: RoomId, stop: () => void): void {
		stop();
		this.#open.delete(room);
		this.#summaries.delete(room);
	}

	async #enter(room: RoomId): Promise<void> {
		this.#open.set(room, () => {});
		const open = await this.#session.openDocument(room).catch(() => null);
		if (!open) return;
		if (this.#closed || !this.#open.has(room)) return open.close();
		this.#open.set(room, this.#watch(room, open));
	}

	#watch(room: RoomId, open: OpenDocument): () => void {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const read = () =>
			this.#summaries.set(
				room,
				summarisePlan(readPlan(open.doc), readTasks(open.doc), this.#today.date)
			);
		const later = () => {
			clearTimeout(timer);
			timer = setTimeout(read, SETTLE_MS);
		};
		read();
		open.doc.on('update', later);
		return () => {
			clearTimeout(timer);
			open.doc.off('update', later);
			open.close();
		};
	}
}
