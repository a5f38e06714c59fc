/**
 * Writes values and measures into rows, within a step of somebody's. What they are written into is
 * made first and apart: undo would otherwise take it away together with what a colleague has put in
 * since.
 */
import type * as Y from 'yjs';
import type { LedgerField } from './fields.ts';
import { ordersBetween } from './fractionalOrder.ts';
import { dropMeasure, fillMeasure, makeMeasure, matchMeasures, orderMeasure } from './measures.ts';
import type { RowEdit } from './rowEdit.ts';
import { measuresIn, type RowNotes } from './rowNotes.ts';
import type { TableSteps } from './tableSteps.ts';
import { isSameValue, makeShared, plainValue, readable, readValue, writeValue } from './value.ts';

/** Ids of measures made for the texts of an edit, by row. */
export type FreshMeasures = ReadonlyMap<string, readonly string[]>;

export class RowWriter {
	readonly #steps: TableSteps;
	readonly #notes: RowNotes;
	readonly #fields: () => readonly LedgerField[];

	constructor(steps: TableSteps, notes: RowNotes, fields: () => readonly LedgerField[]) {
		this.#steps = steps;
		this.#notes = notes;
		this.#fields = fields;
	}

	/** Makes the shared texts, sets and measures that the edits will fill: nobody's step. */
	prepare(edits: readonly RowEdit[]): FreshMeasures {
		const fresh = new Map<string, readonly string[]>();
		this.#steps.structure(() => {
			for (const { id, values, measures } of edits) {
				const row = this.#steps.row(id);
				if (row === null) continue;
				for (const field of this.#fields())
					if (values[field.id] !== undefined) makeShared(row, field);
				if (measures !== undefined) fresh.set(id, this.#makeMeasures(row, measures));
			}
		});
		return fresh;
	}

	write({ id, values, measures }: RowEdit, noted: boolean, fresh?: FreshMeasures): void {
		const row = this.#steps.row(id);
		if (row === null) return;
		for (const field of this.#fields()) {
			const value = values[field.id];
			if (value === undefined) continue;
			const raw = row.get(field.id);
			const before = readable(readValue(field, raw));
			if (isSameValue(before, value) && (raw === undefined || before !== null)) continue;
			const stood = before ?? plainValue(raw);
			if (writeValue(row, field, value) && noted) this.#notes.note(row, field.id, stood, value);
		}
		if (measures !== undefined) this.#writeMeasures(row, measures, noted, fresh?.get(id) ?? []);
	}

	#makeMeasures(row: Y.Map<unknown>, texts: readonly string[]): string[] {
		const { kept } = matchMeasures(row, texts);
		const ids = kept.filter((one) => one === null).map(() => this.#steps.newId());
		for (const id of ids) makeMeasure(row, id);
		return ids;
	}

	/** Those whose words stay keep their owners and dates; the others go into the `fresh` ones. */
	#writeMeasures(
		row: Y.Map<unknown>,
		texts: readonly string[],
		noted: boolean,
		fresh: readonly string[]
	): void {
		const before = measuresIn(row);
		const { kept, left } = matchMeasures(row, texts);
		for (const { id } of left) dropMeasure(row, id);
		const orders = ordersBetween(null, null, texts.length, this.#steps.random);
		const unused = [...fresh];
		texts.forEach((text, index) => {
			const [old, order] = [kept[index], orders[index]!];
			if (old) orderMeasure(row, old.id, order);
			else fillMeasure(row, unused.shift() ?? this.#steps.newId(), text, order);
		});
		if (noted) this.#notes.note(row, 'measures', before, measuresIn(row));
	}
}
