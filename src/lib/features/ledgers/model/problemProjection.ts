/**
 * The rows as snapshots, kept up with the document by its events. Only rows that changed are read
 * again; the order is worked out anew only when a row came, went or moved.
 */
import type * as Y from 'yjs';
import type { Gap } from './problemDocument.ts';
import { isBlank, isTrashed, parseProblem, type Problem } from './problem.ts';

export interface ProjectionChange {
	readonly changed: ReadonlySet<string>;
	/** Rows came onto the list, left it or moved. */
	readonly reordered: boolean;
}

/** Rows whose place cannot be read come last; ties go by id, so that everyone sees one order. */
function compareOrder(a: Problem, b: Problem): number {
	if (a.order === '' || b.order === '') {
		if (a.order !== b.order) return a.order === '' ? 1 : -1;
	} else if (a.order !== b.order) return a.order < b.order ? -1 : 1;
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

export class ProblemProjection {
	readonly #problems: Y.Map<unknown>;
	readonly #rows = new Map<string, Problem>();
	readonly #dirty = new Set<string>();
	readonly #listeners = new Set<(change: ProjectionChange) => void>();
	readonly #schedule: (run: () => void) => void;
	#listed: readonly Problem[] = [];
	#positions = new Map<string, number>();
	#scheduled = false;

	constructor(
		problems: Y.Map<unknown>,
		schedule: (run: () => void) => void = (run) => queueMicrotask(run)
	) {
		this.#problems = problems;
		this.#schedule = schedule;
		for (const id of problems.keys()) this.#rows.set(id, parseProblem(id, problems.get(id)));
		this.#reorder();
		problems.observeDeep(this.#onEvents);
	}

	/** Rows on the list, in the order people gave them. A new array whenever one of them changed. */
	get listed(): readonly Problem[] {
		return this.#listed;
	}

	/** Rows thrown away, the latest first. */
	get trashed(): readonly Problem[] {
		const stamp = (problem: Problem): string =>
			typeof problem.trash === 'object' ? (problem.trash?.at ?? '') : '';
		return [...this.#rows.values()]
			.filter((problem) => isTrashed(problem) && !isBlank(problem))
			.sort((a, b) => (stamp(a) < stamp(b) ? 1 : stamp(a) > stamp(b) ? -1 : compareOrder(a, b)));
	}

	get(id: string): Problem | undefined {
		return this.#rows.get(id);
	}

	/** From 0, among the rows on the list. */
	positionOf(id: string): number | undefined {
		return this.#positions.get(id);
	}

	/** The gap before a row, or at the end, as if the rows `without` were not there. */
	gapBefore(id: string | null, without: ReadonlySet<string> = new Set()): Gap {
		const at = id === null ? this.#listed.length : (this.#positions.get(id) ?? this.#listed.length);
		let low = at - 1;
		while (low >= 0 && this.#isNoNeighbour(low, without)) low -= 1;
		const after = this.#listed[low]?.order ?? null;
		// Equal keys are possible though unlikely: then the gap is after the last of them.
		let high = at;
		while (
			high < this.#listed.length &&
			(this.#isNoNeighbour(high, without) || (after !== null && this.#listed[high]!.order <= after))
		)
			high += 1;
		return { after, before: this.#listed[high]?.order ?? null };
	}

	gapAfter(id: string | null): Gap {
		const at = id === null ? undefined : this.#positions.get(id);
		return this.gapBefore(at === undefined ? null : (this.#listed[at + 1]?.id ?? null));
	}

	subscribe(listener: (change: ProjectionChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Takes in what has happened so far at once instead of at the end of the turn. */
	flush(): void {
		this.#scheduled = false;
		if (this.#dirty.size === 0) return;
		const changed = new Set(this.#dirty);
		this.#dirty.clear();
		const reordered = [...changed].map((id) => this.#reread(id)).includes(true);
		if (reordered) this.#reorder();
		else this.#replace(changed);
		for (const listener of [...this.#listeners]) listener({ changed, reordered });
	}

	destroy(): void {
		this.#problems.unobserveDeep(this.#onEvents);
		this.#listeners.clear();
	}

	readonly #onEvents = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
		for (const event of events) {
			if (event.target === this.#problems)
				for (const id of (event as unknown as Y.YMapEvent<unknown>).keysChanged)
					this.#dirty.add(id as string);
			else this.#dirty.add(String(event.path[0]));
		}
		if (this.#scheduled || this.#dirty.size === 0) return;
		this.#scheduled = true;
		this.#schedule(() => this.flush());
	};

	#isNoNeighbour(at: number, without: ReadonlySet<string>): boolean {
		const problem = this.#listed[at]!;
		return problem.order === '' || without.has(problem.id);
	}

	/** Says whether the order of the list has to be worked out again. */
	#reread(id: string): boolean {
		const before = this.#rows.get(id);
		if (!this.#problems.has(id)) return this.#rows.delete(id) && before !== undefined;
		const after = parseProblem(id, this.#problems.get(id));
		this.#rows.set(id, after);
		return (
			before === undefined || before.order !== after.order || isTrashed(before) !== isTrashed(after)
		);
	}

	#reorder(): void {
		this.#listed = [...this.#rows.values()].filter((row) => !isTrashed(row)).sort(compareOrder);
		this.#positions = new Map(this.#listed.map((row, index) => [row.id, index]));
	}

	#replace(changed: ReadonlySet<string>): void {
		const listed = [...this.#listed];
		for (const id of changed) {
			const at = this.#positions.get(id);
			const row = this.#rows.get(id);
			if (at !== undefined && row !== undefined) listed[at] = row;
		}
		this.#listed = listed;
	}
}
