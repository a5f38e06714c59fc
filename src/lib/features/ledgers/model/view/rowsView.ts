/**
 * What is shown of a ledger: filtered, sorted and grouped, and kept so row by row. A key press in a
 * cell that none of these looks at replaces one row and works nothing out anew. The row being edited
 * is held where it is until the person leaves it, even when others' changes rearrange the rest.
 */
import type { FilterContext } from './condition.ts';
import {
	compileFilter,
	noFilter,
	type CompiledFilter,
	type Filter,
	type IgnoredCondition
} from './filter.ts';
import {
	createGrouper,
	visibleIn,
	type Grouped,
	type Grouper,
	type GroupSpec,
	type RowGroup
} from './group.ts';
import { createSorter, type Sorter, type SortLevel } from './sort.ts';
import type { ViewField, ViewRow } from './viewField.ts';

/** The rows on a list, in its own order; a row is replaced, never changed. */
export interface RowSource<Row> {
	readonly listed: readonly Row[];
	get(id: string): Row | undefined;
	/** Undefined for a row that is not on the list. */
	positionOf(id: string): number | undefined;
}

export interface RowChange {
	readonly changed: ReadonlySet<string>;
	/** Rows came onto the list, left it or moved. */
	readonly reordered: boolean;
}

export interface ViewQuery {
	readonly filter: Filter;
	readonly sort: readonly SortLevel[];
	readonly group: GroupSpec | null;
}

export interface ViewContext<Row extends ViewRow> extends FilterContext {
	readonly fields: readonly ViewField<Row>[];
}

/** What of a query could not be followed. */
export interface IgnoredParts {
	readonly conditions: readonly IgnoredCondition[];
	/** Field ids. */
	readonly sort: readonly string[];
	/** A field id. */
	readonly group: string | null;
}

export const plainQuery: ViewQuery = { filter: noFilter, sort: [], group: null };

interface Held<Row> {
	readonly id: string;
	/** Its place goes by what it was when it was taken up; undefined while it is not on the list. */
	readonly anchor: Row | undefined;
	/** Just added: its group is open even if folded away. */
	readonly added: boolean;
}

export class RowsView<Row extends ViewRow> {
	readonly #source: RowSource<Row>;
	#filter!: CompiledFilter<Row>;
	#sorter!: Sorter<Row>;
	#grouper: Grouper<Row> | null = null;
	#collapsed: ReadonlySet<string> = new Set();
	#ignored!: IgnoredParts;
	#held: Held<Row> | null = null;
	#grouped: Grouped<Row> = { ordered: [], groups: [] };
	#visible: readonly Row[] = [];
	/** Where each row is in the order, those folded away included. */
	#indexes = new Map<string, number>();

	constructor(source: RowSource<Row>, query: ViewQuery, context: ViewContext<Row>) {
		this.#source = source;
		this.set(query, context);
	}

	get visible(): readonly Row[] {
		return this.#visible;
	}
	/** Empty when nothing is grouped. */
	get groups(): readonly RowGroup[] {
		return this.#grouped.groups;
	}
	/** Rows on the list. */
	get total(): number {
		return this.#source.listed.length;
	}
	/** Rows in the view, those in folded groups included. */
	get matching(): number {
		return this.#grouped.ordered.length;
	}
	get isFiltering(): boolean {
		return this.#filter.isFiltering;
	}
	get ignored(): IgnoredParts {
		return this.#ignored;
	}

	set({ filter, sort, group }: ViewQuery, context: ViewContext<Row>): void {
		this.#filter = compileFilter(filter, context.fields, context);
		this.#sorter = createSorter(sort, context.fields);
		this.#grouper = group === null ? null : createGrouper(group, context.fields);
		this.#collapsed = new Set(group?.collapsed);
		this.#ignored = {
			conditions: this.#filter.ignored,
			sort: this.#sorter.ignored,
			group: group !== null && this.#grouper === null ? group.field : null
		};
		this.#take(this.#held?.id ?? null, false);
		this.#rebuild();
	}

	/** The row somebody is at work on here: it neither leaves the view nor jumps. True if the one before it did now. */
	hold(id: string | null): boolean {
		if (id === (this.#held?.id ?? null)) return false;
		const wasOutOfPlace = this.#isOutOfPlace();
		this.#take(id, false);
		if (wasOutOfPlace) this.#rebuild();
		return wasOutOfPlace;
	}

	/** Holds a row that has just been added, so that no filter or fold hides it from its author. */
	show(id: string): void {
		this.#take(id, true);
		this.#rebuild();
	}

	apply({ changed, reordered }: RowChange): void {
		if (reordered || [...changed].some((id) => this.#disturbs(id))) this.#rebuild();
		else this.#replace(changed);
	}

	#take(id: string | null, added: boolean): void {
		this.#held = id === null ? null : { id, anchor: this.#source.get(id), added };
	}

	#isOutOfPlace(): boolean {
		const { id, anchor, added } = this.#held ?? {};
		const row = id === undefined ? undefined : this.#source.get(id);
		// One just added and still untouched stays until the next rearrangement: focus is on its way.
		if (row === undefined || (added && row === anchor)) return false;
		if (anchor === undefined || !this.#filter.matches(row)) return true;
		const open = this.#openKey();
		return !this.#isSamePlace(anchor, row) || (open !== null && this.#collapsed.has(open));
	}

	#openKey(): string | null {
		const { added, anchor } = this.#held ?? {};
		return added && anchor && this.#grouper ? this.#grouper.keyOf(anchor) : null;
	}

	#disturbs(id: string): boolean {
		const after = this.#source.get(id);
		const index = this.#indexes.get(id);
		const before = index === undefined ? undefined : this.#grouped.ordered[index];
		if (after === undefined) return before !== undefined;
		if (before !== undefined && id === this.#held?.id) return false;
		const isShown = this.#source.positionOf(id) !== undefined && this.#filter.matches(after);
		return before === undefined ? isShown : !isShown || !this.#isSamePlace(before, after);
	}

	#isSamePlace(before: Row, after: Row): boolean {
		return (
			this.#sorter.isSamePlace(before, after) &&
			(this.#grouper === null || this.#grouper.isSameGroup(before, after))
		);
	}

	#rebuild(): void {
		const placed = this.#sorter.sort(this.#shownRows());
		this.#grouped = this.#arrange(placed);
		this.#indexes = new Map(this.#grouped.ordered.map((row, index) => [row.id, index]));
		this.#visible = visibleIn(this.#grouped);
		const { id, anchor } = this.#held ?? {};
		if (id !== undefined && this.#source.get(id) !== anchor) this.#replace(new Set([id]));
	}

	/** With the held row as it was: it is filtered by nothing and sorted by that. */
	#shownRows(): readonly Row[] {
		const { listed } = this.#source;
		const { id, anchor } = this.#held ?? {};
		if (!this.#filter.isFiltering && anchor === undefined) return listed;
		const rows: Row[] = [];
		for (const row of listed)
			if (row.id === id) rows.push(anchor ?? row);
			else if (this.#filter.matches(row)) rows.push(row);
		return rows;
	}

	#arrange(rows: readonly Row[]): Grouped<Row> {
		if (this.#grouper === null) return { ordered: rows, groups: [] };
		const folded = new Set(this.#collapsed);
		const open = this.#openKey();
		if (open !== null) folded.delete(open);
		return this.#grouper.group(rows, folded);
	}

	#replace(changed: ReadonlySet<string>): void {
		const ordered = [...this.#grouped.ordered];
		for (const id of changed) {
			const index = this.#indexes.get(id);
			const row = this.#source.get(id);
			if (index !== undefined && row !== undefined) ordered[index] = row;
		}
		this.#grouped = { ordered, groups: this.#grouped.groups };
		this.#visible = visibleIn(this.#grouped);
	}
}
