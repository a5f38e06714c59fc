/** The operations on the measures of a row, one by one: each is a step that its author can undo. */
import type * as Y from 'yjs';
import { orderBetween, ordersBetween } from './fractionalOrder.ts';
import {
	dropMeasure,
	fillMeasure,
	makeMeasure,
	measureText,
	orderMeasure,
	readMeasures,
	writeMeasurePart,
	type MeasurePart
} from './measures.ts';
import type { RowNotes } from './rowNotes.ts';
import type { TableSteps } from './tableSteps.ts';

export class MeasureTable {
	readonly #steps: TableSteps;
	readonly #notes: RowNotes;

	constructor(steps: TableSteps, notes: RowNotes) {
		this.#steps = steps;
		this.#notes = notes;
	}

	textOf(id: string, measure: string): Y.Text | null {
		const row = this.#steps.row(id);
		return row && measureText(row, measure);
	}

	/** At the end. Gives its id, or null for a row that is not ours. */
	add(id: string, text = ''): string | null {
		const row = this.#steps.rowToWrite(id);
		if (row === null) return null;
		const measure = this.#steps.newId();
		const last = readMeasures(row).at(-1)?.order || null;
		this.#steps.structure(() => makeMeasure(row, measure));
		this.#notes.noting(row, () => {
			const order = orderBetween(last, null, this.#steps.random);
			fillMeasure(row, measure, text, order);
		});
		return measure;
	}

	remove(id: string, measure: string): void {
		const row = this.#steps.row(id);
		if (row !== null) this.#notes.noting(row, () => dropMeasure(row, measure));
	}

	/** By one place among the others. */
	move(id: string, measure: string, step: -1 | 1): void {
		const row = this.#steps.row(id);
		if (row === null) return;
		const measures = readMeasures(row);
		const from = measures.findIndex((one) => one.id === measure);
		const to = from + step;
		if (from < 0 || to < 0 || to >= measures.length) return;
		const moved = measures.toSpliced(from, 1).toSpliced(to, 0, measures[from]!);
		// All anew: two that were added at once may have the same key, with no room between them.
		const orders = ordersBetween(null, null, moved.length, this.#steps.random);
		this.#notes.noting(row, () =>
			moved.forEach((one, at) => orderMeasure(row, one.id, orders[at]!))
		);
	}

	edit(id: string, measure: string, part: MeasurePart, value: string | null): void {
		const row = this.#steps.row(id);
		if (row === null) return;
		const before = readMeasures(row).find((one) => one.id === measure)?.[part] ?? null;
		if (before === value) return;
		this.#steps.step(() => {
			if (writeMeasurePart(row, measure, part, value))
				this.#notes.note(row, `measure:${measure}:${part}`, before, value);
		});
	}
}
