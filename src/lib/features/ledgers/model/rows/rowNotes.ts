/** Keeps the history of rows up while they are written in: see rowHistory.ts for what it is. */
import * as Y from 'yjs';
import { keepMeasure, measuresToText, readMeasures } from './measures.ts';
import { isSameBurst, noteChange, type HistoryEntry } from './rowHistory.ts';
import { partIn } from './rowParts.ts';
import type { TableSteps } from './tableSteps.ts';
import { textBefore } from './textBefore.ts';
import { isSameValue, type FieldValue } from './value.ts';

/** As one text; `was`: one of them as it stood before. */
export function measuresIn(
	row: Y.Map<unknown>,
	was?: { readonly id: string; readonly text: string }
): string {
	const measures = readMeasures(row);
	return measuresToText(measures.map((one) => (one.id === was?.id ? { ...one, ...was } : one)));
}

export class RowNotes {
	readonly #steps: TableSteps;

	constructor(steps: TableSteps) {
		this.#steps = steps;
		steps.rows.observeDeep(this.#onTyped);
	}

	note(
		row: Y.Map<unknown>,
		field: string,
		before: FieldValue | null,
		after: FieldValue | null
	): void {
		if (!isSameValue(before, after))
			this.#keep(row, { field, ...this.#steps.stamp(), before, after });
	}

	/** A step that changes the measures of a row. */
	noting(row: Y.Map<unknown>, change: () => void): void {
		const before = measuresIn(row);
		this.#steps.step(() => {
			change();
			this.note(row, 'measures', before, measuresIn(row));
		});
	}

	destroy(): void {
		this.#steps.rows.unobserveDeep(this.#onTyped);
	}

	#keep(row: Y.Map<unknown>, entry: HistoryEntry): void {
		noteChange(row, this.#steps.newId(), entry);
	}

	/** Typing goes straight into the shared text: what stood there is noted with the first letter. */
	readonly #onTyped = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[], by: Y.Transaction) => {
		if (by.origin !== this.#steps.origin || this.#steps.inStep) return;
		for (const event of events) {
			if (!(event.target instanceof Y.Text)) continue;
			const [id, key] = event.path;
			const row = this.#steps.row(String(id));
			if (row !== null) this.#noteTyping(row, String(key), event as Y.YEvent<Y.Text>);
		}
	};

	#noteTyping(row: Y.Map<unknown>, key: string, event: Y.YEvent<Y.Text>): void {
		const measure = partIn('measure', key);
		if (measure !== null) this.#steps.structure(() => keepMeasure(row, measure));
		const field = measure === null ? key : 'measures';
		const stamp = this.#steps.stamp();
		if (isSameBurst(row, field, stamp)) return;
		const text = textBefore(event);
		const before = measure === null ? text : measuresIn(row, { id: measure, text });
		this.#steps.structure(() => this.#keep(row, { field, ...stamp, before }));
	}
}
