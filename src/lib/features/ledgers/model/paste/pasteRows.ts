/**
 * A block of cells → what it would write. Nothing of it is lost: what a field cannot take, and
 * columns the list does not have, go to the remarks and are counted for the preview.
 */
import type { LedgerRow } from '../rows/ledgerRow.ts';
import { wordsIn } from '../rows/ledgerRow.ts';
import type { RowEdit, RowValues, RowWrite } from '../rows/rowEdit.ts';
import type { FieldValue } from '../rows/value.ts';
import {
	columnsOfHeader,
	guessColumns,
	headerAt,
	type Block,
	type PasteColumn,
	type PasteTarget,
	type TitleContext
} from './pasteColumns.ts';
import { readCell, type CellContext, type CellReading } from './readCell.ts';

export interface Unread {
	/** From 1, counting the block's own rows of data. */
	readonly row: number;
	readonly field: string;
	readonly text: string;
}

/** The same words in the same column, however often: a name that is no member's, say. */
export interface UnreadGroup extends Unread {
	readonly count: number;
}

export function groupUnread(unread: readonly Unread[]): UnreadGroup[] {
	const groups = new Map<string, UnreadGroup>();
	for (const each of unread) {
		const key = `${each.field}\n${each.text}`;
		const known = groups.get(key);
		groups.set(key, known ? { ...known, count: known.count + 1 } : { ...each, count: 1 });
	}
	return [...groups.values()];
}

export interface PastePlan {
	readonly additions: readonly RowWrite[];
	readonly changes: readonly RowEdit[];
	readonly unread: readonly Unread[];
	/** Cells to the right of the list's last column, which have nowhere to go. */
	readonly surplusColumns: number;
	/** Rows found in the ledger in which nothing would change. */
	readonly same: number;
	/** Rows that are not in a ledger which takes no new ones. */
	readonly refused?: number;
}

export interface PasteContext extends CellContext, TitleContext {
	/** The name of a field as the person reads it, to say in the remarks what stood there. */
	labelOf(field: string): string;
}

/** A block with its columns named, as the preview shows it. */
export interface ReadBlock {
	readonly columns: readonly PasteColumn[];
	readonly hasHeader: boolean;
	readonly data: Block;
}

const isEmptyRow = (row: readonly string[]): boolean => row.every((cell) => cell.trim() === '');

export function readBlock(block: Block, context: PasteContext): ReadBlock {
	const header = headerAt(block, context);
	const data = block.slice(header + 1).filter((row) => !isEmptyRow(row));
	const columns =
		header < 0 ? guessColumns(data, context) : columnsOfHeader(block[header]!, context);
	return { columns, hasHeader: header >= 0, data };
}

export const joinLines = (...lines: readonly (string | null | undefined)[]): string | null =>
	lines.filter((line) => line).join('\n') || null;

interface FieldReading {
	readonly field: string;
	readonly reading: CellReading;
}

/** What one column implies for another field (item → aspect) yields to what that column says. */
function mergeReadings(readings: readonly FieldReading[]): RowValues {
	const merged: Record<string, FieldValue | null> = {};
	for (const { field, reading } of readings)
		for (const [other, value] of Object.entries(reading.values))
			if (other !== field) merged[other] = value;
	for (const { field, reading } of readings) {
		const value = reading.values[field];
		if (value !== undefined && (value !== null || merged[field] === undefined))
			merged[field] = value;
	}
	return merged;
}

export interface RowReading extends RowWrite {
	/** Fields that have a cell of their own among those read. */
	readonly read: ReadonlySet<string>;
	/** Lines for the remarks. */
	readonly kept: readonly string[];
	readonly unread: readonly Unread[];
}

const notFields = new Set(['skip', 'number', 'code', 'keep']);
export const isField = (target: PasteTarget): boolean => !notFields.has(target);

export interface Cell {
	readonly target: PasteTarget;
	readonly title: string;
	readonly text: string;
}

export const cellsOf = (cells: readonly string[], targets: readonly PasteColumn[]): Cell[] =>
	cells.map((cell, at) => ({ ...(targets[at] ?? { target: 'keep', title: '' }), text: cell }));

/** `row` from 1, for what is said about it. */
export function readCells(cells: readonly Cell[], row: number, context: PasteContext): RowReading {
	const readings = cells
		.filter(({ target }) => isField(target))
		.map(({ target, text }) => ({ field: target, reading: readCell(target, text, context) }));
	const kept = cells
		.filter(({ target, text }) => target === 'keep' && text.trim() !== '')
		.map(({ title, text }) => (title === '' ? text.trim() : `${title}：${text.trim()}`));
	const unread = readings
		.filter(({ reading }) => reading.left !== '')
		.map(({ field, reading }) => ({ row, field, text: reading.left }));
	const measures = readings.find(({ reading }) => reading.measures)?.reading.measures;
	return {
		values: mergeReadings(readings),
		...(measures && { measures }),
		read: new Set(readings.map(({ field }) => field)),
		kept: [...kept, ...unread.map(({ field, text }) => `${context.labelOf(field)}：${text}`)],
		unread
	};
}

const withoutEmpty = (values: RowValues): RowValues =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

const textOf = (value: FieldValue | null | undefined): string | null =>
	typeof value === 'string' ? value : null;

export function additionOf({ values, measures, kept }: RowReading): RowWrite {
	const remark = joinLines(textOf(values.remark), ...kept);
	return {
		values: withoutEmpty({ ...values, remark }),
		...(measures && measures.length > 0 && { measures })
	};
}

/** Rows to be added, by the names of their columns. */
export function planAdditions(
	block: ReadBlock,
	columns: readonly PasteColumn[],
	context: PasteContext
): PastePlan {
	const rows = block.data.map((cells, index) =>
		readCells(cellsOf(cells, columns), index + 1, context)
	);
	return {
		additions: rows.map(additionOf),
		changes: [],
		unread: rows.flatMap((row) => row.unread),
		surplusColumns: 0,
		same: 0
	};
}

export interface PasteOver {
	/** Rows shown from the selected cell down. */
	readonly rows: readonly LedgerRow[];
	/** Fields from the selected cell to the right; `number` takes nothing. */
	readonly targets: readonly PasteTarget[];
}

/** Words set down in the remarks by an earlier import of the same table are not set down again. */
function changeOf(row: LedgerRow, { values, measures, kept }: RowReading): RowEdit {
	const change = { id: row.id, values, ...(measures && { measures }) };
	const remark = 'remark' in values ? textOf(values.remark) : wordsIn(row, 'remark');
	const missing = kept.filter((words) => !(remark ?? '').includes(words));
	if (missing.length === 0) return change;
	return { ...change, values: { ...values, remark: joinLines(remark, ...missing) } };
}

/** Cells laid down from a selected one, as in a spreadsheet; rows beyond the end are added. */
export function planOverwrite(block: Block, over: PasteOver, context: PasteContext): PastePlan {
	const width = Math.max(0, ...block.map((row) => row.length));
	const columns = over.targets.map((target): PasteColumn => ({ target, title: '' }));
	const rows = block.map((cells, index) =>
		readCells(cellsOf(cells.slice(0, columns.length), columns), index + 1, context)
	);
	const existing = over.rows.slice(0, rows.length);
	return {
		additions: rows.slice(existing.length).map(additionOf),
		changes: existing.map((row, index) => changeOf(row, rows[index]!)),
		unread: rows.flatMap((row) => row.unread),
		surplusColumns: Math.max(0, width - columns.length),
		same: 0
	};
}
