/**
 * The operations on one table of a ledger, each one step that its author can undo. Rows are never
 * removed from the document: the trash is a mark. Steps of a row's life and comments are said to
 * colleagues and are not undone by Ctrl+Z: a step is taken back by another one. Knows order keys, not
 * positions: see RowsProjection.
 */
import * as Y from 'yjs';
import { addEvent } from '../life/eventsOfRow.ts';
import type { LifeEvent } from '../life/lifeEvent.ts';
import { CommentTable } from './commentTable.ts';
import { builtInFields, type LedgerField, type TableName } from './fields.ts';
import { FileTable } from './fileTable.ts';
import { orderBetween, ordersBetween } from './fractionalOrder.ts';
import { MeasureTable } from './measureTable.ts';
import type { RowEdit, RowValues, RowWrite } from './rowEdit.ts';
import { RowNotes } from './rowNotes.ts';
import { RowWriter } from './rowWriter.ts';
import { asRow, TableSteps, type Author } from './tableSteps.ts';
import { sharedText } from './value.ts';

/** Order keys of the neighbours; null is the end of the list on that side. */
export interface Gap {
	readonly after: string | null;
	readonly before: string | null;
}

/** A number beyond it is nobody's: what follows it could not be read either. */
const maxSeq = 999_999;

function highestSeq(rows: Y.Map<unknown>): number {
	let highest = 0;
	for (const value of rows.values()) {
		const seq = asRow(value)?.get('seq');
		if (typeof seq === 'number' && Number.isInteger(seq) && seq > highest && seq < maxSeq)
			highest = seq;
	}
	return highest;
}

export class LedgerTable {
	readonly rows: Y.Map<unknown>;
	readonly measures: MeasureTable;
	readonly files: FileTable;
	readonly comments: CommentTable;
	readonly #table: TableName;
	readonly #steps: TableSteps;
	readonly #notes: RowNotes;
	readonly #writer: RowWriter;
	/** The last row added by itself, with the step that would take it back. */
	#added: { readonly id: string; readonly step: unknown } | null = null;

	/**
	 * `alsoUndone`: parts of the document beside the rows that are edited on the same screen. `isLocked`:
	 * a row that is to be read and changed no more.
	 */
	constructor(
		doc: Y.Doc,
		table: TableName,
		author: Author,
		fields: () => readonly LedgerField[],
		alsoUndone: readonly Y.Map<unknown>[] = [],
		mayWrite: () => boolean = () => true,
		isLocked: (row: Y.Map<unknown>) => boolean = () => false
	) {
		this.#table = table;
		this.#steps = new TableSteps({ doc, table, author, alsoUndone, mayWrite, isLocked });
		this.rows = this.#steps.rows;
		this.#notes = new RowNotes(this.#steps);
		this.#writer = new RowWriter(this.#steps, this.#notes, fields);
		this.measures = new MeasureTable(this.#steps, this.#notes);
		this.files = new FileTable(this.#steps, this.#notes);
		this.comments = new CommentTable(this.#steps);
	}

	/** Marks what this tab does; text bindings must write under it to be undoable. */
	get origin(): TableSteps['origin'] {
		return this.#steps.origin;
	}
	get undo(): Y.UndoManager {
		return this.#steps.undo;
	}

	/** One row for each, in this order. Gives their ids. `at`: the instant they are dated with, else now. */
	add(writes: readonly RowWrite[], gap: Gap, at?: string): string[] {
		return this.addAndEdit(writes, gap, [], at);
	}

	edit(...edits: readonly RowEdit[]): void {
		if (!this.#steps.mayWrite()) return;
		const fresh = this.#writer.prepare(edits);
		this.#steps.step(() => edits.forEach((edit) => this.#writer.write(edit, true, fresh)));
	}

	/** A paste: rows beyond the end are added, the others written over, in one step. */
	addAndEdit(
		writes: readonly RowWrite[],
		gap: Gap,
		edits: readonly RowEdit[],
		at = this.#steps.stamp().at
	): string[] {
		if (!this.#steps.mayWrite()) return [];
		const ids = writes.map(() => this.#steps.newId());
		const orders = this.#orders(gap, ids.length);
		const seq = highestSeq(this.rows) + 1;
		const additions = ids.map((id, index): RowEdit => ({ id, ...writes[index]! }));
		const fresh = this.#steps.structure(() => {
			ids.forEach((id, index) => this.rows.set(id, this.#createRow(seq + index, at)));
			return this.#writer.prepare([...edits, ...additions]);
		});
		this.#steps.step(() => {
			edits.forEach((edit) => this.#writer.write(edit, true, fresh));
			additions.forEach((addition, index) => {
				const row = this.row(addition.id);
				row?.delete('trash');
				row?.set('order', orders[index]);
				this.#writer.write(addition, false, fresh);
			});
		});
		const [id] = ids;
		if (id !== undefined) this.#added = { id, step: this.undo.undoStack.at(-1) };
		return ids;
	}

	trash(ids: readonly string[]): void {
		this.#steps.step(() => ids.forEach((id) => this.#putAway(id)));
	}

	/** Takes a row nobody has written in off the list again, as if it had never been added. */
	discard(id: string): void {
		const last = this.undo.undoStack.at(-1);
		if (last !== undefined && this.#added?.id === id && this.#added.step === last) {
			this.undo.undo();
			this.undo.clear(false, true);
		} else if (this.#steps.mayWrite()) this.#steps.structure(() => this.#putAway(id));
	}

	restore(ids: readonly string[]): void {
		this.#steps.step(() => ids.forEach((id) => this.row(id)?.delete('trash')));
	}

	/** Puts the rows, in the order given, into the gap. */
	move(ids: readonly string[], gap: Gap): void {
		const orders = this.#orders(gap, ids.length);
		this.#steps.step(() => ids.forEach((id, index) => this.row(id)?.set('order', orders[index])));
	}

	/** The text that is there; a row of an earlier version may lack it. Looking makes none. */
	textIn(id: string, field: string): Y.Text | null {
		const found = this.row(id)?.get(field);
		return found instanceof Y.Text ? found : null;
	}

	/** For typing: made when there is none. Null when the cell holds something that is not ours. */
	textOf(id: string, field: string): Y.Text | null {
		const row = this.#steps.rowToWrite(id);
		if (row === null) return null;
		return this.textIn(id, field) ?? this.#steps.structure(() => sharedText(row, field));
	}

	/**
	 * A step of the row's life, with the fields it settles here and in rows `beside`. Not undone by
	 * Ctrl+Z. False, and nothing written, for one that colleagues could not read.
	 */
	happen(
		id: string,
		event: LifeEvent,
		values: RowValues = {},
		beside: readonly RowEdit[] = []
	): boolean {
		const row = this.#steps.rowToWrite(id);
		if (row === null) return false;
		return this.#steps.structure(() => {
			if (!addEvent(row, event)) return false;
			for (const edit of [{ id, values }, ...beside]) this.#writer.write(edit, true);
			return true;
		});
	}

	/** Null for what is not a row of ours, or locked: it is shown and left alone. */
	row(id: string): Y.Map<unknown> | null {
		return this.#steps.row(id);
	}

	/** To be read, also where it is locked. */
	stored(id: string): Y.Map<unknown> | null {
		return this.#steps.stored(id);
	}

	/** Several operations as one step. */
	together(change: () => void): void {
		this.#steps.step(change);
	}

	destroy(): void {
		this.#notes.destroy();
		this.undo.destroy();
	}

	#createRow(seq: number, at: string): Y.Map<unknown> {
		const row = new Y.Map<unknown>();
		const { by } = this.#steps.stamp();
		// It begins in the trash and is brought onto the list by a second, undoable step: taking an
		// addition back then never deletes the texts under a colleague's hands.
		row.set('trash', { at, by });
		row.set('createdBy', by);
		row.set('createdAt', at);
		row.set('seq', seq);
		for (const { id, kind } of builtInFields(this.#table)) {
			if (kind === 'longText') row.set(id, new Y.Text());
			if (kind === 'multi') row.set(id, new Y.Map());
		}
		return row;
	}

	#putAway(id: string): void {
		this.row(id)?.set('trash', this.#steps.stamp());
	}

	#orders(gap: Gap, count: number): string[] {
		const { random } = this.#steps;
		if (count === 1) return [orderBetween(gap.after, gap.before, random)];
		return ordersBetween(gap.after, gap.before, count, random);
	}
}
