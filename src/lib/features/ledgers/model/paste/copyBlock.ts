import type { LedgerRow } from '../rows/ledgerRow.ts';

/** How the person reads a column: its title, and what stands in it. */
export interface ColumnWords {
	title(column: string): string;
	text(row: LedgerRow, column: string): string;
}

/** The rows as a block of cells with a header, ready for a spreadsheet or to be pasted back. */
export const rowsToBlock = (
	rows: readonly LedgerRow[],
	columns: readonly string[],
	words: ColumnWords
): string[][] => [
	columns.map((column) => words.title(column)),
	...rows.map((row) => columns.map((column) => words.text(row, column)))
];
