/** What is to be written into rows. */
import type { FieldValue } from './value.ts';

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
