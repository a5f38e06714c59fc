/**
 * What is shown of the list: filtered and sorted, and kept so row by row. A key press in a cell
 * that neither the filter nor the sort looks at replaces one row and works nothing out anew. The
 * row being edited is held where it is until the person leaves it.
 */
import type { Ymd } from '$lib/base/typedDate.ts';
import { dueStateOf, soonUntil } from './dueState.ts';
import type { People } from './people.ts';
import { readable, textFields, type Problem, type RectKind } from './problem.ts';
import type { ProblemProjection, ProjectionChange } from './problemProjection.ts';
import { sortKeyOf, compareKeys, type SortField } from './problemSort.ts';

export interface ProblemFilter {
	readonly text: string;
	readonly aspect: string | null;
	/** Leader or responsible. */
	readonly personId: string | null;
	readonly rectKind: RectKind | null;
	readonly due: 'overdue' | 'soon' | null;
}

export interface ProblemSort {
	readonly field: SortField;
	readonly descending: boolean;
}

export const noFilter: ProblemFilter = {
	text: '',
	aspect: null,
	personId: null,
	rectKind: null,
	due: null
};

export const isFiltering = (filter: ProblemFilter): boolean =>
	filter.text.trim() !== '' ||
	(['aspect', 'personId', 'rectKind', 'due'] as const).some((key) => filter[key] !== null);

const wordsCache = new WeakMap<Problem, string>();

function wordsOf(problem: Problem): string {
	const known = wordsCache.get(problem);
	if (known !== undefined) return known;
	const parts = [problem.aspect, ...textFields.map((field) => problem[field])];
	const words = parts
		.map((part) => readable(part) ?? '')
		.join('\n')
		.toLowerCase();
	wordsCache.set(problem, words);
	return words;
}

export interface ViewContext {
	readonly people: People;
	readonly today: Ymd;
}

/** Works out once what does not depend on the row. */
function createMatcher(filter: ProblemFilter, context: ViewContext): (row: Problem) => boolean {
	const { aspect, personId, rectKind, due } = filter;
	const { people, today } = context;
	const until = soonUntil(today);
	const wanted = filter.text.trim().toLowerCase();
	const named = (id: Problem['leaderId']): boolean =>
		typeof id === 'string' && people.nameOf(id).toLowerCase().includes(wanted);
	return (row) =>
		(aspect === null || row.aspect === aspect) &&
		(rectKind === null || row.rectKind === rectKind) &&
		(personId === null || row.leaderId === personId || row.responsibleId === personId) &&
		(due === null || dueStateOf(row, today, until) === due) &&
		(wanted === '' ||
			wordsOf(row).includes(wanted) ||
			named(row.leaderId) ||
			named(row.responsibleId));
}

export class ProblemView {
	readonly #projection: ProblemProjection;
	#context: ViewContext;
	#matches: (row: Problem) => boolean = () => true;
	#filter: ProblemFilter = noFilter;
	#sort: ProblemSort | null = null;
	#held: string | null = null;
	#stale = false;
	#visible: readonly Problem[] = [];
	#indexes = new Map<string, number>();

	constructor(projection: ProblemProjection, context: ViewContext) {
		this.#projection = projection;
		this.#context = context;
		this.#rebuild();
	}

	get visible(): readonly Problem[] {
		return this.#visible;
	}

	set(filter: ProblemFilter, sort: ProblemSort | null, context: ViewContext): void {
		this.#filter = filter;
		this.#sort = sort;
		this.#context = context;
		this.#matches = createMatcher(filter, context);
		this.#rebuild();
	}

	/** The row somebody is at work on here: it neither leaves the view nor jumps. True if it did now. */
	hold(id: string | null): boolean {
		if (id === this.#held) return false;
		this.#held = id;
		if (this.#stale) this.#rebuild();
		else return false;
		return true;
	}

	/** Holds a row that has just been added, so that no filter hides it from its author. */
	show(id: string): void {
		this.#held = id;
		this.#rebuild();
	}

	apply(change: ProjectionChange): void {
		if (change.reordered || [...change.changed].some((id) => this.#disturbs(id))) this.#rebuild();
		else this.#replace(change.changed);
	}

	#disturbs(id: string): boolean {
		const after = this.#projection.get(id);
		const index = this.#indexes.get(id);
		if (after === undefined) return index !== undefined;
		const before = index === undefined ? undefined : this.#visible[index];
		const shown = this.#projection.positionOf(id) !== undefined && this.#matches(after);
		const moved =
			before !== undefined &&
			this.#sort !== null &&
			compareKeys(this.#keyOf(before), this.#keyOf(after)) !== 0;
		const disturbed = shown !== (before !== undefined) || moved;
		if (disturbed && id === this.#held && before !== undefined) {
			this.#stale = true;
			return false;
		}
		return disturbed;
	}

	#keyOf(problem: Problem): string | number | null {
		return this.#sort === null ? null : sortKeyOf(problem, this.#sort.field, this.#context.people);
	}

	#rebuild(): void {
		this.#stale = false;
		const { listed } = this.#projection;
		const shown = isFiltering(this.#filter)
			? listed.filter((problem) => problem.id === this.#held || this.#matches(problem))
			: listed;
		this.#visible = this.#sort === null ? shown : this.#sorted(shown, this.#sort.descending);
		this.#indexes = new Map(this.#visible.map((problem, index) => [problem.id, index]));
	}

	/** Empty cells last either way; equal ones in the list's own order. */
	#sorted(problems: readonly Problem[], descending: boolean): Problem[] {
		const sign = descending ? -1 : 1;
		return problems
			.map((problem, index) => ({ problem, index, key: this.#keyOf(problem) }))
			.sort((a, b) => {
				if (a.key === null || b.key === null)
					return Number(a.key === null) - Number(b.key === null) || a.index - b.index;
				return sign * compareKeys(a.key, b.key) || a.index - b.index;
			})
			.map(({ problem }) => problem);
	}

	#replace(changed: ReadonlySet<string>): void {
		const visible = [...this.#visible];
		for (const id of changed) {
			const index = this.#indexes.get(id);
			const problem = this.#projection.get(id);
			if (index !== undefined && problem !== undefined) visible[index] = problem;
		}
		this.#visible = visible;
	}
}
