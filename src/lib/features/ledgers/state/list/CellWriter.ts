/** What is typed, picked and ticked, into one row or several: each call is one step to undo. */
import { readCell, withAspect } from '../../model/paste/readCell.ts';
import { withDefaultDue } from '../../model/rows/dueState.ts';
import { setIn } from '../../model/rows/ledgerRow.ts';
import type { LedgerTable } from '../../model/rows/ledgerTable.ts';
import type { RowEdit, RowValues } from '../../model/rows/rowEdit.ts';
import type { RowsProjection } from '../../model/rows/rowsProjection.ts';
import type { FieldValue } from '../../model/rows/value.ts';
import type { ListColumns } from './ListColumns.svelte.ts';

export interface CellWords {
	readonly id: string;
	readonly column: string;
	readonly text: string;
}

export interface CellWriterOptions {
	readonly doc: LedgerTable;
	readonly projection: RowsProjection;
	readonly columns: ListColumns;
	readonly isWritable: (id: string) => boolean;
}

export class CellWriter {
	readonly #doc: LedgerTable;
	readonly #projection: RowsProjection;
	readonly #columns: ListColumns;
	readonly #isWritable: (id: string) => boolean;

	constructor({ doc, projection, columns, isWritable }: CellWriterOptions) {
		this.#doc = doc;
		this.#projection = projection;
		this.#columns = columns;
		this.#isWritable = isWritable;
	}

	edit(id: string, values: RowValues): void {
		this.#doc.edit({ id, values: this.#filledUp(id, values) });
	}

	/** The same values into several rows, as one step. */
	editMany(ids: readonly string[], values: RowValues): void {
		const writable = ids.filter((id) => this.#isWritable(id));
		this.#doc.edit(...writable.map((id) => ({ id, values: this.#filledUp(id, values) })));
	}

	/** Typed words for a cell. False, and nothing written, when they are not understood. */
	type(id: string, column: string, text: string): boolean {
		const { values, measures, left } = readCell(column, text, this.#columns.pasteContext);
		if (left !== '') return false;
		if (measures) this.#doc.edit({ id, values: {}, measures });
		else this.edit(id, values);
		return true;
	}

	/** Typed words for one column of several rows. False, and nothing written, when not understood. */
	typeMany(ids: readonly string[], column: string, text: string): boolean {
		const { values, measures, left } = readCell(column, text, this.#columns.pasteContext);
		if (left !== '') return false;
		const writable = ids.filter((id) => this.#isWritable(id));
		this.#doc.edit(
			...writable.map((id) => ({
				id,
				values: this.#filledUp(id, values),
				...(measures && { measures })
			}))
		);
		return true;
	}

	/** A value picked from a list or a calendar; an empty one empties the field. */
	choose(id: string, field: string, value: string): void {
		this.edit(id, { [field]: this.#picked(field, value) });
	}

	/** One pick into several rows. */
	chooseMany(ids: readonly string[], field: string, value: string): void {
		this.editMany(ids, { [field]: this.#picked(field, value) });
	}

	/** Ticks one word of a set, or unticks it. */
	toggle(id: string, field: string, word: string): void {
		this.#projection.flush();
		const row = this.#projection.get(id);
		if (row === undefined) return;
		const ticked = setIn(row, field);
		const next = ticked.includes(word) ? ticked.filter((one) => one !== word) : [...ticked, word];
		this.edit(id, { [field]: next.length === 0 ? null : next });
	}

	/** Ticks one word of a set in several rows, or unticks it. */
	toggleMany(ids: readonly string[], field: string, word: string, on: boolean): void {
		this.tickMany(ids, field, [word], on);
	}

	/** Ticks several words of a set in several rows, or unticks them, as one step. */
	tickMany(ids: readonly string[], field: string, words: readonly string[], on: boolean): void {
		this.#projection.flush();
		const edits = ids.flatMap((id) => {
			const row = this.#projection.get(id);
			if (row === undefined || !this.#isWritable(id)) return [];
			const others = setIn(row, field).filter((one) => !words.includes(one));
			const next = on ? [...others, ...words] : others;
			return [{ id, values: { [field]: next.length === 0 ? null : next } }];
		});
		this.#doc.edit(...edits);
	}

	/** New words for whole cells, as one step. Gives how many were not understood, and stay. */
	retype(cells: readonly CellWords[]): number {
		let left = 0;
		const edits = cells.flatMap(({ id, column, text }): RowEdit[] => {
			const reading = readCell(column, text, this.#columns.pasteContext);
			if (reading.left !== '' || !this.#isWritable(id)) left += 1;
			else return [{ id, ...reading, values: this.#filledUp(id, reading.values) }];
			return [];
		});
		this.#doc.edit(...edits);
		return left;
	}

	clear(cells: readonly { readonly id: string; readonly column: string }[]): void {
		this.#doc.edit(
			...cells.map(({ id, column }) =>
				column === 'measures'
					? { id, values: {}, measures: [] }
					: { id, values: { [column]: null } }
			)
		);
	}

	#picked(field: string, value: string): FieldValue | null {
		if (value === '') return null;
		const kind = this.#columns.fields.find(({ id }) => id === field)?.kind;
		if (kind === 'item' || kind === 'number') return Number(value);
		return kind === 'check' ? value === 'true' : value;
	}

	#filledUp(id: string, values: RowValues): RowValues {
		const row = this.#projection.get(id) ?? null;
		const { catalogue, today } = this.#columns;
		return withDefaultDue(withAspect(values, catalogue), row, today);
	}
}
