/**
 * The view a ledger is seen through, and the rows it shows. Rows are raw state: replaced one by one,
 * never proxied.
 */
import { noFilter, type Filter } from '../../model/view/filter.ts';
import type { RowGroup } from '../../model/view/group.ts';
import type { LedgerRow } from '../../model/rows/ledgerRow.ts';
import { allWords } from '../../model/view/rowWords.ts';
import {
	RowsView,
	type IgnoredParts,
	type RowChange,
	type RowSource,
	type ViewContext
} from '../../model/view/rowsView.ts';
import type { ViewLedger } from '../../model/view/savedView.ts';
import { plainColumns, plainSpec, type ViewSpec } from '../../model/view/viewSpec.ts';
import { hiddenAtFirst } from '../ledgerColumns.ts';

export const firstSpec = (ledger: ViewLedger): ViewSpec => ({
	...plainSpec,
	columns: { ...plainColumns, hidden: hiddenAtFirst(ledger) }
});

export class ListView {
	readonly #source: RowSource<LedgerRow>;
	readonly #context: () => ViewContext<LedgerRow>;
	readonly #view: RowsView<LedgerRow>;

	#rows = $state.raw<readonly LedgerRow[]>([]);
	#groups = $state.raw<readonly RowGroup[]>([]);
	#total = $state(0);
	#matching = $state(0);
	#ignored = $state.raw<IgnoredParts>({ conditions: [], sort: [], group: null });
	#spec = $state.raw<ViewSpec>(plainSpec);
	#cause = $state<string | null>(null);
	#changes = $state(0);

	constructor(
		source: RowSource<LedgerRow>,
		ledger: ViewLedger,
		context: () => ViewContext<LedgerRow>
	) {
		this.#source = source;
		this.#context = context;
		this.#spec = firstSpec(ledger);
		this.#view = new RowsView(source, this.#spec, context());
		this.#publish();
	}

	/** Shown now: filtered, sorted, grouped. */
	get rows(): readonly LedgerRow[] {
		return this.#rows;
	}
	get groups(): readonly RowGroup[] {
		return this.#groups;
	}
	/** In this ledger, shown or not. */
	get total(): number {
		return this.#total;
	}
	/** In the view, folded groups included. */
	get matching(): number {
		return this.#matching;
	}
	/** What of the view could not be followed. */
	get ignored(): IgnoredParts {
		return this.#ignored;
	}
	get spec(): ViewSpec {
		return this.#spec;
	}
	get isFiltering(): boolean {
		const { conditions, text, rowIds } = this.#spec.filter;
		return conditions.length > 0 || text.trim() !== '' || rowIds !== undefined;
	}
	/** Why only some rows are shown, in words: the figure that counted them. Null when no rows are picked out. */
	get cause(): string | null {
		return this.#spec.filter.rowIds === undefined ? null : this.#cause;
	}
	get isSorting(): boolean {
		return this.#spec.sort.length > 0 || this.#spec.group !== null;
	}
	/** Counts all changes, for what is worked out only while it is shown (the trash, one row). */
	get changes(): number {
		return this.#changes;
	}

	setSpec(part: Partial<ViewSpec>): void {
		this.#spec = { ...this.#spec, ...part };
		if (part.filter || part.sort || part.group !== undefined) this.look();
	}

	setFilter(part: Partial<Filter>): void {
		this.setSpec({ filter: { ...this.#spec.filter, ...part } });
	}

	clearFilter(): void {
		this.setSpec({ filter: noFilter });
	}

	/** Just these rows, whatever was filtered for before. */
	showOnly(rowIds: readonly string[], cause: string): void {
		this.#cause = cause;
		this.setSpec({ filter: { ...noFilter, rowIds } });
	}

	/** Takes that back and leaves other conditions as they are. */
	showAll(): void {
		const { rowIds, ...filter } = this.#spec.filter;
		if (rowIds !== undefined) this.setSpec({ filter });
	}

	toggleGroup(key: string): void {
		const { group } = this.#spec;
		if (group === null) return;
		const collapsed = group.collapsed.includes(key)
			? group.collapsed.filter((one) => one !== key)
			: [...group.collapsed, key];
		this.setSpec({ group: { ...group, collapsed } });
	}

	/**
	 * Reads the words of the next rows, so that the first search need not. Call it while nothing else
	 * is to be done, until it says that there are no more.
	 */
	createReader(): () => boolean {
		const wordsOf = allWords(this.#context().fields);
		const rows = this.#source.listed;
		let at = 0;
		return () => {
			const end = Math.min(rows.length, at + 50);
			for (; at < end; at += 1) wordsOf(rows[at]!);
			return at < rows.length;
		};
	}

	/** Shows a row whatever the view asks for, until it is looked at anew. */
	show(id: string): void {
		this.#view.show(id);
		this.#publish();
	}

	/** Keeps a row where it is while a person is in it. */
	hold(id: string | null): void {
		if (this.#view.hold(id)) this.#publish();
	}

	apply(change: RowChange): void {
		this.#view.apply(change);
		this.#publish();
	}

	/** Anew, with the spec and what it depends on as they are now. */
	look(): void {
		this.#view.set(this.#spec, this.#context());
		this.#publish();
	}

	#publish(): void {
		this.#rows = this.#view.visible;
		this.#groups = this.#view.groups;
		this.#total = this.#view.total;
		this.#matching = this.#view.matching;
		this.#ignored = this.#view.ignored;
		this.#changes += 1;
	}
}
