/**
 * What a view looks at: one column of a ledger, stored or worked out, as functions of the row. A
 * field that is worked out takes the kind of what comes out (status: choice, overdue: check, age in
 * days: number); plain words are `computed`. A field, and an array of them, is a snapshot: what was
 * read through it is kept with the row, so make new ones when names, labels or the day change, and
 * only then.
 */
import type { FieldKind as StoredKind } from '../rows/fields.ts';
import type { FieldValue } from '../rows/value.ts';

/** What is worked out beside what is stored. */
export type FieldKind = StoredKind | 'files' | 'computed';

/** Null is empty. A symbol is there but unreadable: for sorting, grouping and searching, nothing. */
export type ViewValue = FieldValue | null | symbol;

export interface ViewRow {
	readonly id: string;
}

export interface ViewChoice {
	readonly value: string;
	readonly label: string;
}

export interface ViewField<Row extends ViewRow> {
	readonly id: string;
	readonly kind: FieldKind;
	/** date: 'YYYY-MM-DD'; person: a member id, or several; multi: values; files: ids or names. */
	value(row: Row): ViewValue;
	/** What people read: names, labels. Empty for an empty cell. */
	text(row: Row): string;
	/** In the order in which they rank; values that are not among them rank after them. */
	readonly choices?: readonly ViewChoice[];
}

export const isEmptyValue = (value: ViewValue): boolean =>
	value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** A value that can be looked at, or null. */
export const readableValue = (value: ViewValue): FieldValue | null =>
	typeof value === 'symbol' || isEmptyValue(value) ? null : value;

/** One id, one choice or several of them; null for a cell without any. */
export function valuesOf(value: ViewValue): readonly string[] | null {
	const read = readableValue(value);
	if (typeof read === 'string') return [read];
	return typeof read === 'object' ? read : null;
}

/** The people of several person fields as one: who has anything to do with a row. */
export function peopleField<Row extends ViewRow>(
	id: string,
	parts: readonly ViewField<Row>[],
	/** Several names as one text. */
	joined: (names: readonly string[]) => string
): ViewField<Row> {
	const unique = (all: readonly string[]): string[] => [...new Set(all)];
	return {
		id,
		kind: 'person',
		value: (row) => unique(parts.flatMap((part) => valuesOf(part.value(row)) ?? [])),
		text: (row) => joined(unique(parts.map((part) => part.text(row)).filter((text) => text !== '')))
	};
}
