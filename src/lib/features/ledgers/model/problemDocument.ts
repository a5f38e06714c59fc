/**
 * The operations on a problem list, each one step that its author can undo. Rows are never removed
 * from the document: the trash is a mark. Knows order keys, not positions: see ProblemProjection.
 */
import * as Y from 'yjs';
import type { RandomBytes } from '$lib/base/ids.ts';
import { newId } from '$lib/base/ids.ts';
import { catalogueIn, type Catalogue } from './catalogue.ts';
import { orderBetween, ordersBetween } from './fractionalOrder.ts';
import type { TextField } from './problem.ts';
import { createRow, textOf, writeEdit, type ProblemEdit } from './problemRow.ts';

export interface Author {
	/** Member id. */
	readonly by: string;
	now(): number;
	readonly random: RandomBytes;
}

/** Order keys of the neighbours; null is the end of the list on that side. */
export interface Gap {
	readonly after: string | null;
	readonly before: string | null;
}

export interface RowEdit {
	readonly id: string;
	readonly edit: ProblemEdit;
}

/** Letters typed closer together than this are taken back together. */
const burstMs = 600;

export const problemsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('problems');

export class ProblemDocument {
	/** Marks what this tab does; text bindings must write under it to be undoable. */
	readonly origin = { tab: 'problem list' };
	readonly problems: Y.Map<unknown>;
	readonly undo: Y.UndoManager;
	readonly #doc: Y.Doc;
	/** The last row added by itself, with the step that would take it back. */
	#added: { readonly id: string; readonly step: unknown } | null = null;
	readonly #author: Author;

	constructor(doc: Y.Doc, author: Author) {
		this.#doc = doc;
		this.#author = author;
		this.problems = problemsIn(doc);
		this.undo = new Y.UndoManager([this.problems, catalogueIn(doc)], {
			trackedOrigins: new Set([this.origin]),
			captureTimeout: burstMs
		});
	}

	/** One row for each edit, in this order. Gives their ids. */
	add(edits: readonly ProblemEdit[], gap: Gap): string[] {
		return this.addAndEdit(edits, gap, []);
	}

	edit(...rows: readonly RowEdit[]): void {
		this.#step(() => this.#write(rows));
	}

	/** A paste: rows beyond the end are added, the others written over, in one step. */
	addAndEdit(edits: readonly ProblemEdit[], gap: Gap, changes: readonly RowEdit[]): string[] {
		const ids = edits.map(() => newId(this.#author.random));
		const orders = this.#orders(gap, ids.length);
		this.#structure(() => {
			for (const id of ids) this.problems.set(id, createRow(this.#trashMark()));
		});
		this.#step(() => {
			this.#write(changes);
			ids.forEach((id, index) => {
				this.#row(id)?.delete('trash');
				this.#row(id)?.set('order', orders[index]);
				this.#write([{ id, edit: edits[index] ?? {} }]);
			});
		});
		const [id] = ids;
		if (id !== undefined) this.#added = { id, step: this.undo.undoStack.at(-1) };
		return ids;
	}

	trash(ids: readonly string[]): void {
		this.#step(() => ids.forEach((id) => this.#row(id)?.set('trash', this.#trashMark())));
	}

	/** Takes a row nobody has written in off the list again, as if it had never been added. */
	discard(id: string): void {
		const last = this.undo.undoStack.at(-1);
		if (last !== undefined && this.#added?.id === id && this.#added.step === last) {
			this.undo.undo();
			this.undo.clear(false, true);
		} else this.#structure(() => this.#row(id)?.set('trash', this.#trashMark()));
	}

	restore(ids: readonly string[]): void {
		this.#step(() => ids.forEach((id) => this.#row(id)?.delete('trash')));
	}

	/** Puts the rows, in the order given, into the gap. */
	move(ids: readonly string[], gap: Gap): void {
		const orders = this.#orders(gap, ids.length);
		this.#step(() => ids.forEach((id, index) => this.#row(id)?.set('order', orders[index])));
	}

	setCatalogue(catalogue: Catalogue | null): void {
		this.#step(() => {
			if (catalogue === null) catalogueIn(this.#doc).delete('current');
			else catalogueIn(this.#doc).set('current', catalogue);
		});
	}

	/** Null when the row or the cell holds something that is not ours to type into. */
	textOf(id: string, field: TextField): Y.Text | null {
		const row = this.#row(id);
		if (row === null) return null;
		const found = row.get(field);
		if (found instanceof Y.Text) return found;
		return this.#structure(() => textOf(row, field));
	}

	/** Rows that can be written: what is not a row of ours is shown and left alone. */
	isWritable(id: string): boolean {
		return this.#row(id) !== null;
	}

	destroy(): void {
		this.undo.destroy();
	}

	#row(id: string): Y.Map<unknown> | null {
		const row = this.problems.get(id);
		return row instanceof Y.Map ? row : null;
	}

	#write(rows: readonly RowEdit[]): void {
		for (const { id, edit } of rows) {
			const row = this.#row(id);
			if (row !== null) writeEdit(row, edit);
		}
	}

	#orders(gap: Gap, count: number): string[] {
		const { random } = this.#author;
		if (count === 1) return [orderBetween(gap.after, gap.before, random)];
		return ordersBetween(gap.after, gap.before, count, random);
	}

	#trashMark(): { at: string; by: string } {
		return { at: new Date(this.#author.now()).toISOString(), by: this.#author.by };
	}

	/** Parts that a row must have are not anybody's step: undo does not see them. */
	#structure<T>(change: () => T): T {
		return this.#doc.transact(change, 'problem list structure');
	}

	#step(change: () => void): void {
		this.undo.stopCapturing();
		this.#doc.transact(change, this.origin);
		this.undo.stopCapturing();
	}
}
