/**
 * The operations on one table of a ledger, each one step that its author can undo. Rows are never
 * removed from the document: the trash is a mark. Steps of a row's life and comments are said to
 * colleagues and are not undone by Ctrl+Z: a step is taken back by another one. Knows order keys, not
 * positions: see RowsProjection.
 */
import * as Y from 'yjs';
import { newId, type RandomBytes } from '$lib/base/ids.ts';
import { parseAttachmentRef, type AttachmentRef } from '$lib/core/blobs/attachmentRef.ts';
import { orderBetween, ordersBetween } from './fractionalOrder.ts';
import { addEvent } from '../life/eventsOfRow.ts';
import type { LifeEvent } from '../life/lifeEvent.ts';
import { isComment, type LedgerComment } from './comments.ts';
import { builtInFields, ownFieldId, type LedgerField, type TableName } from './fields.ts';
import {
	dropMeasure,
	fillMeasure,
	keepMeasure,
	makeMeasure,
	matchMeasures,
	measuresToText,
	measureText,
	orderMeasure,
	readMeasures,
	writeMeasurePart,
	type MeasurePart
} from './measures.ts';
import { isSameBurst, noteChange, type HistoryEntry } from './rowHistory.ts';
import { partIn, partKey } from './rowParts.ts';
import { textBefore } from './textBefore.ts';
import {
	isSameValue,
	makeShared,
	plainValue,
	readable,
	readValue,
	sharedText,
	writeValue,
	type FieldValue
} from './value.ts';

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

/** What is to change, by field id; null empties a field, a field left out stays as it is. */
export type RowValues = Readonly<Record<string, FieldValue | null>>;

/** `measures`: one text each, replacing those there are. */
export interface RowWrite {
	readonly values: RowValues;
	readonly measures?: readonly string[];
}

export interface RowEdit extends RowWrite {
	readonly id: string;
}

/** Ids of measures made for the texts of an edit, by row. */
type FreshMeasures = ReadonlyMap<string, readonly string[]>;

/** Letters typed closer together than this are taken back together. */
const burstMs = 600;
/** A number beyond it is nobody's: what follows it could not be read either. */
const maxSeq = 999_999;

export const tableIn = (doc: Y.Doc, table: TableName): Y.Map<unknown> => doc.getMap(table);

const asRow = (value: unknown): Y.Map<unknown> | null =>
	value instanceof Y.Map ? (value as Y.Map<unknown>) : null;

/** What the history calls it. */
const attachedTo = (column: string | null): string =>
	column === null ? 'evidence' : ownFieldId(column);

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
	/** Marks what this tab does; text bindings must write under it to be undoable. */
	readonly origin = { tab: 'ledger' };
	readonly rows: Y.Map<unknown>;
	readonly undo: Y.UndoManager;
	readonly #doc: Y.Doc;
	readonly #table: TableName;
	readonly #author: Author;
	readonly #fields: () => readonly LedgerField[];
	/** The last row added by itself, with the step that would take it back. */
	#added: { readonly id: string; readonly step: unknown } | null = null;
	#inStep = false;

	readonly #mayWrite: () => boolean;

	/** `alsoUndone`: parts of the document beside the rows that are edited on the same screen. */
	constructor(
		doc: Y.Doc,
		table: TableName,
		author: Author,
		fields: () => readonly LedgerField[],
		alsoUndone: readonly Y.Map<unknown>[] = [],
		mayWrite: () => boolean = () => true
	) {
		this.#doc = doc;
		this.#table = table;
		this.#author = author;
		this.#fields = fields;
		this.#mayWrite = mayWrite;
		this.rows = tableIn(doc, table);
		this.undo = new Y.UndoManager([this.rows, ...alsoUndone], {
			trackedOrigins: new Set([this.origin]),
			captureTimeout: burstMs
		});
		this.rows.observeDeep(this.#onTyped);
	}

	/** One row for each, in this order. Gives their ids. `at`: the instant they are dated with, else now. */
	add(writes: readonly RowWrite[], gap: Gap, at?: string): string[] {
		return this.addAndEdit(writes, gap, [], at);
	}

	edit(...edits: readonly RowEdit[]): void {
		if (!this.#mayWrite()) return;
		const fresh = this.#prepare(edits);
		this.#step(() => edits.forEach((edit) => this.#write(edit, true, fresh)));
	}

	/** A paste: rows beyond the end are added, the others written over, in one step. */
	addAndEdit(
		writes: readonly RowWrite[],
		gap: Gap,
		edits: readonly RowEdit[],
		at = this.#stamp().at
	): string[] {
		if (!this.#mayWrite()) return [];
		const ids = writes.map(() => newId(this.#author.random));
		const orders = this.#orders(gap, ids.length);
		const seq = highestSeq(this.rows) + 1;
		const additions = ids.map((id, index): RowEdit => ({ id, ...writes[index]! }));
		const fresh = this.#structure(() => {
			ids.forEach((id, index) => this.rows.set(id, this.#createRow(seq + index, at)));
			return this.#prepare([...edits, ...additions]);
		});
		this.#step(() => {
			edits.forEach((edit) => this.#write(edit, true, fresh));
			additions.forEach((addition, index) => {
				const row = this.row(addition.id);
				row?.delete('trash');
				row?.set('order', orders[index]);
				this.#write(addition, false, fresh);
			});
		});
		const [id] = ids;
		if (id !== undefined) this.#added = { id, step: this.undo.undoStack.at(-1) };
		return ids;
	}

	trash(ids: readonly string[]): void {
		this.#step(() => ids.forEach((id) => this.row(id)?.set('trash', this.#stamp())));
	}

	/** Takes a row nobody has written in off the list again, as if it had never been added. */
	discard(id: string): void {
		const last = this.undo.undoStack.at(-1);
		if (last !== undefined && this.#added?.id === id && this.#added.step === last) {
			this.undo.undo();
			this.undo.clear(false, true);
		} else if (this.#mayWrite()) this.#structure(() => this.row(id)?.set('trash', this.#stamp()));
	}

	restore(ids: readonly string[]): void {
		this.#step(() => ids.forEach((id) => this.row(id)?.delete('trash')));
	}

	/** Puts the rows, in the order given, into the gap. */
	move(ids: readonly string[], gap: Gap): void {
		const orders = this.#orders(gap, ids.length);
		this.#step(() => ids.forEach((id, index) => this.row(id)?.set('order', orders[index])));
	}

	/** The text that is there; a row of an earlier version may lack it. Looking makes none. */
	textIn(id: string, field: string): Y.Text | null {
		const found = this.row(id)?.get(field);
		return found instanceof Y.Text ? found : null;
	}

	/** For typing: made when there is none. Null when the cell holds something that is not ours. */
	textOf(id: string, field: string): Y.Text | null {
		const row = this.row(id);
		if (row === null || !this.#mayWrite()) return null;
		return this.textIn(id, field) ?? this.#structure(() => sharedText(row, field));
	}

	measureText(id: string, measure: string): Y.Text | null {
		const row = this.row(id);
		return row && measureText(row, measure);
	}

	/** At the end. Gives its id, or null for a row that is not ours. */
	addMeasure(id: string, text = ''): string | null {
		const row = this.row(id);
		if (row === null || !this.#mayWrite()) return null;
		const measure = newId(this.#author.random);
		const last = readMeasures(row).at(-1)?.order || null;
		this.#structure(() => makeMeasure(row, measure));
		this.#noting(row, () => {
			const order = orderBetween(last, null, this.#author.random);
			fillMeasure(row, measure, text, order);
		});
		return measure;
	}

	removeMeasure(id: string, measure: string): void {
		const row = this.row(id);
		if (row !== null) this.#noting(row, () => dropMeasure(row, measure));
	}

	/** By one place among the others. */
	moveMeasure(id: string, measure: string, step: -1 | 1): void {
		const row = this.row(id);
		if (row === null) return;
		const measures = readMeasures(row);
		const from = measures.findIndex((one) => one.id === measure);
		const to = from + step;
		if (from < 0 || to < 0 || to >= measures.length) return;
		const moved = measures.toSpliced(from, 1).toSpliced(to, 0, measures[from]!);
		// All anew: two that were added at once may have the same key, with no room between them.
		const orders = ordersBetween(null, null, moved.length, this.#author.random);
		this.#noting(row, () => moved.forEach((one, at) => orderMeasure(row, one.id, orders[at]!)));
	}

	editMeasure(id: string, measure: string, part: MeasurePart, value: string | null): void {
		const row = this.row(id);
		if (row === null) return;
		const before = readMeasures(row).find((one) => one.id === measure)?.[part] ?? null;
		if (before === value) return;
		this.#step(() => {
			if (writeMeasurePart(row, measure, part, value))
				this.#note(row, `measure:${measure}:${part}`, before, value);
		});
	}

	/**
	 * To the row's evidence, or into a column of the branch's own. False, and nothing written, for what
	 * colleagues could not read.
	 */
	attach(id: string, ref: AttachmentRef, column: string | null = null): boolean {
		const row = this.row(id);
		if (row === null || !this.#mayWrite() || parseAttachmentRef(ref) === null) return false;
		this.#step(() => {
			const value = column === null ? { ...ref } : { ...ref, column };
			row.set(partKey('evidence', ref.id), value);
			this.#note(row, attachedTo(column), null, ref.name);
		});
		return true;
	}

	detach(id: string, ref: Pick<AttachmentRef, 'id' | 'name'>, column: string | null = null): void {
		const row = this.row(id);
		if (row === null) return;
		this.#step(() => {
			row.delete(partKey('evidence', ref.id));
			this.#note(row, attachedTo(column), ref.name, null);
		});
	}

	/** False, and nothing written, for one that colleagues could not read: too long, say. */
	comment(id: string, said: Pick<LedgerComment, 'text' | 'mentions'>): boolean {
		const row = this.row(id);
		const { at, by } = this.#stamp();
		const entry = { by, at, text: said.text, mentions: [...said.mentions] };
		if (row === null || !this.#mayWrite() || !isComment(entry)) return false;
		this.#structure(() => row.set(partKey('comment', newId(this.#author.random)), entry));
		return true;
	}

	/** One that was taken away, as it was. */
	putComment(id: string, { id: key, ...entry }: LedgerComment): void {
		const row = this.row(id);
		const value = { ...entry, mentions: [...entry.mentions] };
		if (row !== null && this.#mayWrite())
			this.#structure(() => row.set(partKey('comment', key), value));
	}

	removeComment(id: string, comment: string): void {
		const row = this.row(id);
		if (row !== null && this.#mayWrite())
			this.#structure(() => row.delete(partKey('comment', comment)));
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
		const row = this.row(id);
		if (row === null || !this.#mayWrite()) return false;
		return this.#structure(() => {
			if (!addEvent(row, event)) return false;
			for (const edit of [{ id, values }, ...beside]) this.#write(edit, true);
			return true;
		});
	}

	/** Null for what is not a row of ours: it is shown and left alone. */
	row(id: string): Y.Map<unknown> | null {
		return asRow(this.rows.get(id));
	}

	/** Several operations as one step. */
	together(change: () => void): void {
		this.#step(change);
	}

	destroy(): void {
		this.rows.unobserveDeep(this.#onTyped);
		this.undo.destroy();
	}

	#createRow(seq: number, at: string): Y.Map<unknown> {
		const row = new Y.Map<unknown>();
		const { by } = this.#author;
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

	/**
	 * Makes the shared texts, sets and measures that the edits will fill. They are nobody's step, as
	 * undo would otherwise take them away together with what a colleague has put in since.
	 */
	#prepare(edits: readonly RowEdit[]): FreshMeasures {
		const fresh = new Map<string, readonly string[]>();
		this.#structure(() => {
			for (const { id, values, measures } of edits) {
				const row = this.row(id);
				if (row === null) continue;
				for (const field of this.#fields())
					if (values[field.id] !== undefined) makeShared(row, field);
				if (measures !== undefined) fresh.set(id, this.#makeMeasures(row, measures));
			}
		});
		return fresh;
	}

	#makeMeasures(row: Y.Map<unknown>, texts: readonly string[]): string[] {
		const { kept } = matchMeasures(row, texts);
		const ids = kept.filter((one) => one === null).map(() => newId(this.#author.random));
		for (const id of ids) makeMeasure(row, id);
		return ids;
	}

	#write({ id, values, measures }: RowEdit, noted: boolean, fresh?: FreshMeasures): void {
		const row = this.row(id);
		if (row === null) return;
		for (const field of this.#fields()) {
			const value = values[field.id];
			if (value === undefined) continue;
			const raw = row.get(field.id);
			const before = readable(readValue(field, raw));
			if (isSameValue(before, value) && (raw === undefined || before !== null)) continue;
			const stood = before ?? plainValue(raw);
			if (writeValue(row, field, value) && noted) this.#note(row, field.id, stood, value);
		}
		if (measures !== undefined) this.#writeMeasures(row, measures, noted, fresh?.get(id) ?? []);
	}

	/** Those whose words stay keep their owners and dates; the others go into the `fresh` ones. */
	#writeMeasures(
		row: Y.Map<unknown>,
		texts: readonly string[],
		noted: boolean,
		fresh: readonly string[]
	): void {
		const before = this.#measuresIn(row);
		const { kept, left } = matchMeasures(row, texts);
		for (const { id } of left) dropMeasure(row, id);
		const orders = ordersBetween(null, null, texts.length, this.#author.random);
		const unused = [...fresh];
		texts.forEach((text, index) => {
			const [old, order] = [kept[index], orders[index]!];
			if (old) orderMeasure(row, old.id, order);
			else fillMeasure(row, unused.shift() ?? newId(this.#author.random), text, order);
		});
		if (noted) this.#note(row, 'measures', before, this.#measuresIn(row));
	}

	/** As one text; `was`: one of them as it stood before. */
	#measuresIn(row: Y.Map<unknown>, was?: { readonly id: string; readonly text: string }): string {
		const measures = readMeasures(row);
		return measuresToText(measures.map((one) => (one.id === was?.id ? { ...one, ...was } : one)));
	}

	#noting(row: Y.Map<unknown>, change: () => void): void {
		const before = this.#measuresIn(row);
		this.#step(() => {
			change();
			this.#note(row, 'measures', before, this.#measuresIn(row));
		});
	}

	#note(
		row: Y.Map<unknown>,
		field: string,
		before: FieldValue | null,
		after: FieldValue | null
	): void {
		if (!isSameValue(before, after)) this.#keep(row, { field, ...this.#stamp(), before, after });
	}

	#keep(row: Y.Map<unknown>, entry: HistoryEntry): void {
		noteChange(row, newId(this.#author.random), entry);
	}

	/** Typing goes straight into the shared text: what stood there is noted with the first letter. */
	readonly #onTyped = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[], by: Y.Transaction) => {
		if (by.origin !== this.origin || this.#inStep) return;
		for (const event of events) {
			if (!(event.target instanceof Y.Text)) continue;
			const [id, key] = event.path;
			const row = this.row(String(id));
			if (row !== null) this.#noteTyping(row, String(key), event as Y.YEvent<Y.Text>);
		}
	};

	#noteTyping(row: Y.Map<unknown>, key: string, event: Y.YEvent<Y.Text>): void {
		const measure = partIn('measure', key);
		if (measure !== null) this.#structure(() => keepMeasure(row, measure));
		const field = measure === null ? key : 'measures';
		const stamp = this.#stamp();
		if (isSameBurst(row, field, stamp)) return;
		const text = textBefore(event);
		const before = measure === null ? text : this.#measuresIn(row, { id: measure, text });
		this.#structure(() => this.#keep(row, { field, ...stamp, before }));
	}

	#orders(gap: Gap, count: number): string[] {
		const { random } = this.#author;
		if (count === 1) return [orderBetween(gap.after, gap.before, random)];
		return ordersBetween(gap.after, gap.before, count, random);
	}

	#stamp(): { at: string; by: string } {
		return { at: new Date(this.#author.now()).toISOString(), by: this.#author.by };
	}

	/** Parts that a row must have are not anybody's step: undo does not see them. */
	#structure<T>(change: () => T): T {
		return this.#doc.transact(change, 'ledger structure');
	}

	#step(change: () => void): void {
		if (this.#inStep) return change();
		if (!this.#mayWrite()) return;
		this.undo.stopCapturing();
		this.#inStep = true;
		try {
			this.#doc.transact(change, this.origin);
		} finally {
			this.#inStep = false;
		}
		this.undo.stopCapturing();
	}
}
