/**
 * The rows as snapshots, kept up with the document by its events. Only rows that changed are read
 * again; the order is worked out anew only when a row came, went or moved.
 */
import type * as Y from 'yjs';
import type { LedgerField, TableName } from './fields.ts';
import { resolveMerges, type MergeEnd } from '../life/merges.ts';
import { isBlank, isTrashed, machineOf, readRow, type LedgerRow } from './ledgerRow.ts';
import type { Gap } from './ledgerTable.ts';

export interface ProjectionChange {
	readonly changed: ReadonlySet<string>;
	/** Rows came onto the list, left it or moved. */
	readonly reordered: boolean;
}

/** Rows whose place cannot be read come last; ties go by id, so that everyone sees one order. */
function compareOrder(a: LedgerRow, b: LedgerRow): number {
	if (a.order === '' || b.order === '') {
		if (a.order !== b.order) return a.order === '' ? 1 : -1;
	} else if (a.order !== b.order) return a.order < b.order ? -1 : 1;
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

export class RowsProjection {
	readonly #rowsMap: Y.Map<unknown>;
	readonly #table: TableName;
	#fields: readonly LedgerField[];
	readonly #rows = new Map<string, LedgerRow>();
	readonly #dirty = new Set<string>();
	readonly #listeners = new Set<(change: ProjectionChange) => void>();
	readonly #schedule: (run: () => void) => void;
	#listed: readonly LedgerRow[] = [];
	#positions = new Map<string, number>();
	#scheduled = false;
	/** Of rows that are merged into others, and of those whose merge lost against another. */
	#ends: ReadonlyMap<string, MergeEnd> = new Map();

	constructor(
		rows: Y.Map<unknown>,
		table: TableName,
		fields: readonly LedgerField[],
		schedule: (run: () => void) => void = (run) => queueMicrotask(run)
	) {
		this.#rowsMap = rows;
		this.#table = table;
		this.#fields = fields;
		this.#schedule = schedule;
		for (const id of rows.keys()) this.#rows.set(id, this.#read(id));
		this.#settleMerges();
		this.#reorder();
		rows.observeDeep(this.#onEvents);
	}

	/** Rows on the list, in the order people gave them. A new array whenever one of them changed. */
	get listed(): readonly LedgerRow[] {
		return this.#listed;
	}

	/** Rows thrown away, the latest first. */
	get trashed(): readonly LedgerRow[] {
		const stamp = (row: LedgerRow): string =>
			typeof row.trash === 'object' ? (row.trash?.at ?? '') : '';
		return [...this.#rows.values()]
			.filter((row) => isTrashed(row) && !isBlank(row))
			.sort((a, b) => (stamp(a) < stamp(b) ? 1 : stamp(a) > stamp(b) ? -1 : compareOrder(a, b)));
	}

	get(id: string): LedgerRow | undefined {
		return this.#rows.get(id);
	}

	/** The row that stands for one that was merged; null for a row that stands for itself. */
	standsFor(id: string): string | null {
		return this.#ends.get(id)?.into ?? null;
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

	/** Those in the trash too. */
	get all(): Iterable<LedgerRow> {
		return this.#rows.values();
	}

	/** A branch has added or changed a column of its own: every row is read anew. */
	setFields(fields: readonly LedgerField[]): void {
		this.#fields = fields;
		for (const id of this.#rows.keys()) this.#dirty.add(id);
		this.flush();
	}

	/** Takes in what has happened so far at once instead of at the end of the turn. */
	flush(): void {
		this.#scheduled = false;
		if (this.#dirty.size === 0) return;
		const changed = new Set(this.#dirty);
		this.#dirty.clear();
		const merges = [...changed].filter((id) => this.#isMerge(id));
		const reordered = [...changed].map((id) => this.#reread(id)).includes(true);
		if (merges.length > 0 || [...changed].some((id) => this.#isMerge(id)))
			for (const id of this.#settleMerges()) changed.add(id);
		if (reordered) this.#reorder();
		else this.#replace(changed);
		for (const listener of [...this.#listeners]) listener({ changed, reordered });
	}

	destroy(): void {
		this.#rowsMap.unobserveDeep(this.#onEvents);
		this.#listeners.clear();
	}

	readonly #onEvents = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
		for (const event of events) {
			if (event.target === this.#rowsMap)
				for (const id of (event as unknown as Y.YMapEvent<unknown>).keysChanged)
					this.#dirty.add(id as string);
			else this.#dirty.add(String(event.path[0]));
		}
		if (this.#scheduled || this.#dirty.size === 0) return;
		this.#scheduled = true;
		this.#schedule(() => this.flush());
	};

	#read(id: string): LedgerRow {
		return readRow(id, this.#rowsMap.get(id), this.#table, this.#fields);
	}

	/** Whether what happens to the row can matter to the merges of others. */
	#isMerge(id: string): boolean {
		const row = this.#rows.get(id);
		if (row === undefined) return this.#ends.size > 0;
		return (
			row.life.mergedInto !== null || this.#ends.has(id) || (isTrashed(row) && this.#ends.size > 0)
		);
	}

	/** Two rows merged into each other offline: one merge loses. Gives the rows whose life that changes. */
	#settleMerges(): string[] {
		const before = this.#ends;
		for (const [id, { life }] of before)
			if (this.#rows.get(id)?.life === life && life.mergedInto === null)
				this.#rows.set(id, this.#read(id));
		const rows = [...this.#rows.values()].map((row) => ({
			id: row.id,
			life: row.life,
			trashed: isTrashed(row)
		}));
		this.#ends = resolveMerges(rows, machineOf(this.#table));
		for (const [id, { life }] of this.#ends) {
			const row = this.#rows.get(id)!;
			if (row.life !== life) this.#rows.set(id, { ...row, life });
		}
		return [...new Set([...before.keys(), ...this.#ends.keys()])];
	}

	#isNoNeighbour(at: number, without: ReadonlySet<string>): boolean {
		const row = this.#listed[at]!;
		return row.order === '' || without.has(row.id);
	}

	/** Says whether the order of the list has to be worked out again. */
	#reread(id: string): boolean {
		const before = this.#rows.get(id);
		if (!this.#rowsMap.has(id)) return this.#rows.delete(id) && before !== undefined;
		const after = this.#read(id);
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
