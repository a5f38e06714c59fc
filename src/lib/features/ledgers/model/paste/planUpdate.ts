/**
 * An imported table → what it would change: rows that are in the ledger already are brought up to date
 * in those cells that differ from what an export of them says, the others are added. Nothing is ever
 * removed, and an empty cell empties nothing. A table that was exported and not touched changes nothing.
 */
import type { LedgerRow } from '../rows/ledgerRow.ts';
import { wordsIn } from '../rows/ledgerRow.ts';
import type { RowEdit, RowValues, RowWrite } from '../rows/rowEdit.ts';
import { isSameValue, readable, type FieldValue } from '../rows/value.ts';
import { matchRows, plain, type LedgerNow } from './matchRows.ts';
import { mainField, type PasteColumn } from './pasteColumns.ts';
import {
	additionOf,
	cellsOf,
	isField,
	joinLines,
	readCells,
	type Cell,
	type PasteContext,
	type PastePlan,
	type ReadBlock,
	type RowReading,
	type Unread
} from './pasteRows.ts';

const hasLine = (text: string, line: string): boolean => `\n${text}\n`.includes(`\n${line}\n`);

/** What was kept there by an earlier import of the same table is not kept twice. */
function remarkOf(row: LedgerRow, { values, kept }: RowReading): string | null {
	const now = wordsIn(row, 'remark');
	const said = typeof values.remark === 'string' ? values.remark : now;
	const next = joinLines(said, ...kept.filter((line) => !hasLine(said, line))) ?? '';
	return plain(next) === plain(now) ? null : next;
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
	a.length === b.length && a.every((one, at) => one === b[at]);

const isInRow = (row: LedgerRow, field: string, value: FieldValue): boolean =>
	isSameValue(readable(row.values[field]) ?? (value === false ? value : null), value);

/** What a cell implies for another field (item → aspect) yields to the cell that field has. */
function changedValues(row: LedgerRow, reading: RowReading, filled: readonly Cell[]): RowValues {
	const remark = remarkOf(row, reading);
	const settled = new Set(filled.map(({ target }) => target));
	const isSaid = (field: string): boolean =>
		field === 'remark' || !settled.has(field) || reading.read.has(field);
	return Object.fromEntries(
		Object.entries({ ...reading.values, remark }).filter(
			([field, value]) => value !== null && isSaid(field) && !isInRow(row, field, value)
		)
	);
}

function changeOf(row: LedgerRow, reading: RowReading, filled: readonly Cell[]): RowEdit | null {
	const values = changedValues(row, reading, filled);
	const measures = reading.measures ?? null;
	const isOther =
		measures !== null &&
		!isSameList(
			measures,
			row.measures.map(({ text }) => text)
		);
	if (Object.keys(values).length === 0 && !isOther) return null;
	return { id: row.id, values, ...(isOther && { measures }) };
}

/** Numbers that are not this ledger's are set down in the remarks. */
function withForeignCodes(cells: Cell[], codes: ReadonlySet<string>): Cell[] {
	const isForeign = ({ target, text }: Cell): boolean =>
		target === 'code' && plain(text) !== '' && !codes.has(plain(text));
	return cells.map((cell) => (isForeign(cell) ? { ...cell, target: 'keep' } : cell));
}

export function planUpdate(
	block: ReadBlock,
	columns: readonly PasteColumn[],
	now: LedgerNow,
	context: PasteContext
): PastePlan {
	const codes = new Set(now.rows.map((row) => now.codeOf(row)));
	const table = block.data.map((texts) => withForeignCodes(cellsOf(texts, columns), codes));
	const matches = matchRows(table, now, mainField(context.table));
	const additions: RowWrite[] = [];
	const changes: RowEdit[] = [];
	const unread: Unread[] = [];
	let refused = 0;
	table.forEach((cells, index) => {
		const row = matches[index] ?? null;
		if (row === null && now.onlyUpdates) return void (refused += 1);
		const filled = cells.filter(({ text }) => text.trim() !== '');
		const isNews = ({ target, text }: Cell): boolean =>
			!isField(target) || row === null || plain(text) !== plain(now.textIn(row, target));
		const reading = readCells(filled.filter(isNews), index + 1, context);
		unread.push(...reading.unread);
		if (row === null) return void additions.push(additionOf(reading));
		const change = changeOf(row, reading, filled);
		if (change) changes.push(change);
	});
	const same = table.length - additions.length - changes.length - refused;
	return { additions, changes, unread, surplusColumns: 0, same, refused };
}
