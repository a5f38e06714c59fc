/**
 * The rows of one ledger whichever view they are seen through: those there are, what stood in them, and
 * what is added, moved and thrown away. What is worked out from them is so only while it is shown.
 */
import type * as Y from 'yjs';
import type { PastePlan } from '../../model/paste/pasteRows.ts';
import { isBlank, type LedgerRow } from '../../model/rows/ledgerRow.ts';
import type { LedgerSource } from '../../model/rows/ledgerSource.ts';
import type { LedgerTable } from '../../model/rows/ledgerTable.ts';
import type { RowValues, RowWrite } from '../../model/rows/rowEdit.ts';
import { measuresToText } from '../../model/rows/measures.ts';
import { opinionsBehind } from '../../model/rows/opinionLinks.ts';
import { readChanges, type RowChange } from '../../model/rows/rowHistory.ts';
import type { RowsProjection } from '../../model/rows/rowsProjection.ts';
import { readable, readValue, unreadable, type FieldValue } from '../../model/rows/value.ts';
import type { ListCodes } from './ListCodes.ts';
import type { ListColumns } from './ListColumns.svelte.ts';
import type { ListView } from './ListView.svelte.ts';

export interface ListRowsOptions {
	readonly ydoc: Y.Doc;
	readonly doc: LedgerTable;
	readonly projection: RowsProjection;
	readonly source: LedgerSource;
	readonly codes: ListCodes;
	readonly columns: ListColumns;
	readonly view: ListView;
	readonly readonly: boolean;
	/** Member id of the person here. */
	readonly self: string;
	readonly isSecretary: boolean;
}

export class ListRows {
	readonly #here: ListRowsOptions;

	constructor(options: ListRowsOptions) {
		this.#here = options;
	}

	get trashed(): readonly LedgerRow[] {
		return this.#now.projection.trashed;
	}
	/** Every row of the table on the list, whichever ledger shows it. */
	get listed(): readonly LedgerRow[] {
		return this.#now.projection.listed;
	}
	/** Those of this ledger, in the list's own order, shown or not. */
	get ofLedger(): readonly LedgerRow[] {
		return this.#now.source.listed;
	}
	/** What people have typed for the aspect, without those of the catalogue. */
	get typedAspects(): string[] {
		const typed = this.listed.map((row) => readable(row.values.aspect));
		return typed.filter((word) => typeof word === 'string');
	}

	get(id: string): LedgerRow | undefined {
		return this.#now.projection.get(id);
	}

	codeOf(row: Pick<LedgerRow, 'id'>): string {
		return this.#here.codes.of(row.id);
	}

	/** Of the problem that an opinion became, or of a row here. */
	problemCode(id: string): string {
		return this.#now.codes.ofProblem(id);
	}

	/** The opinions that became this problem. */
	opinionsBehind(problem: string): readonly LedgerRow[] {
		return opinionsBehind(this.#now.ydoc, problem);
	}

	/** The latest first. */
	historyOf(id: string): RowChange[] {
		const row = this.#now.doc.stored(id);
		return row === null ? [] : readChanges(row, (field) => this.#valueNow(id, field));
	}

	/** What stands in a field at this moment. */
	valueNow(id: string, field: string): FieldValue | null {
		this.#here.projection.flush();
		return this.#valueNow(id, field);
	}

	isWritable(id: string): boolean {
		return !this.#here.readonly && this.#here.doc.row(id) !== null;
	}

	/** By who wrote it, or a secretary: domain rule for deleting a row. */
	mayTrash(id: string): boolean {
		const row = this.#here.projection.get(id);
		if (row === undefined || !this.isWritable(id)) return false;
		return row.createdBy === this.#here.self || this.#here.isSecretary || isBlank(row);
	}

	/** The shared text that is there, to be shown; looking makes none. */
	sharedTextIn(id: string, field: string): Y.Text | null {
		return this.#here.readonly ? null : this.#now.doc.textIn(id, field);
	}

	/** For typing: made when there is none. */
	textOf(id: string, field: string): Y.Text | null {
		return this.#here.readonly ? null : this.#here.doc.textOf(id, field);
	}

	/** Below the row given, else at the end. Gives the new row's id. */
	add(afterId: string | null = null, values: RowValues = {}): string {
		const { doc, projection, view } = this.#here;
		const [id] = doc.add([{ values }], projection.gapAfter(afterId));
		projection.flush();
		view.show(id!);
		return id!;
	}

	/** Finished rows, dated with the instant given and not with now. Gives their ids. */
	addBatch(writes: readonly RowWrite[], at: string): string[] {
		return this.#here.doc.add(writes, this.#here.projection.gapBefore(null), at);
	}

	/** New rows go to the end of the list. Gives their ids. */
	paste(plan: PastePlan): string[] {
		return this.#here.doc.addAndEdit(
			plan.additions,
			this.#here.projection.gapBefore(null),
			plan.changes.filter(({ id }) => this.isWritable(id))
		);
	}

	move(ids: readonly string[], beforeId: string | null): void {
		this.#here.doc.move(ids, this.#here.projection.gapBefore(beforeId, new Set(ids)));
	}

	trash(ids: readonly string[]): void {
		this.#here.doc.trash(ids);
	}

	restore(ids: readonly string[]): void {
		this.#here.doc.restore(ids);
	}

	isBlank(id: string): boolean {
		this.#here.projection.flush();
		const row = this.#here.projection.get(id);
		return row !== undefined && isBlank(row);
	}

	/** A row that was added and left without a word in it: gone, and nothing to undo. */
	discardBlank(id: string): void {
		if (this.isBlank(id)) this.#here.doc.discard(id);
	}

	/** Whoever reads through it reads again with every change. */
	get #now(): ListRowsOptions {
		void this.#here.view.changes;
		return this.#here;
	}

	#valueNow(id: string, field: string): FieldValue | null {
		const row = this.#here.projection.get(id);
		if (row === undefined) return null;
		if (field === 'measures') return measuresToText(row.measures);
		const known = this.#here.columns.fields.find((one) => one.id === field);
		const value = known && readValue(known, this.#here.doc.stored(id)?.get(field));
		return value === undefined || value === unreadable ? null : value;
	}
}
