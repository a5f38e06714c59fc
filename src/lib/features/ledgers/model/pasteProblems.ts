/**
 * A block of cells → what it would write. Nothing of it is lost: what a field cannot take, and
 * columns the list does not have, go to the remarks and are counted for the preview.
 */
import { readCell, type CellContext, type CellReading } from './pasteCell.ts';
import {
	columnsOfHeader,
	guessColumns,
	headerAt,
	type Block,
	type PasteColumn,
	type PasteTarget
} from './pasteColumns.ts';
import { readable, type Problem, type ProblemField } from './problem.ts';
import type { RowEdit } from './problemDocument.ts';
import type { ProblemEdit } from './problemRow.ts';

export interface Unread {
	/** From 1, counting the block's own rows of data. */
	readonly row: number;
	readonly field: ProblemField;
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
	readonly additions: readonly ProblemEdit[];
	readonly changes: readonly RowEdit[];
	readonly unread: readonly Unread[];
	/** Cells to the right of the list's last column, which have nowhere to go. */
	readonly surplusColumns: number;
}

export interface PasteContext extends CellContext {
	/** The name of a field as the person reads it, to say in the remarks what stood there. */
	labelOf(field: ProblemField): string;
}

/** A block with its columns named, as the preview shows it. */
export interface ReadBlock {
	readonly columns: readonly PasteColumn[];
	readonly hasHeader: boolean;
	readonly data: Block;
}

const isEmptyRow = (row: readonly string[]): boolean => row.every((cell) => cell.trim() === '');

export function readBlock(block: Block, context: CellContext): ReadBlock {
	const header = headerAt(block);
	const data = block.slice(header + 1).filter((row) => !isEmptyRow(row));
	const columns = header < 0 ? guessColumns(data, context) : columnsOfHeader(block[header]!);
	return { columns, hasHeader: header >= 0, data };
}

const joinLines = (...lines: readonly (string | null | undefined)[]): string | null =>
	lines.filter((line) => line).join('\n') || null;

interface FieldReading {
	readonly field: ProblemField;
	readonly reading: CellReading;
}

/** What one column implies for another field (item → aspect) yields to what that column says. */
function mergeReadings(readings: readonly FieldReading[]): ProblemEdit {
	const merged: Partial<Record<ProblemField, unknown>> = {};
	for (const { field, reading } of readings)
		for (const [other, value] of Object.entries(reading.edit))
			if (other !== field) merged[other as ProblemField] = value;
	for (const { field, reading } of readings) {
		const value = reading.edit[field];
		if (value !== undefined && (value !== null || merged[field] === undefined))
			merged[field] = value;
	}
	return merged as ProblemEdit;
}

interface RowReading {
	readonly edit: ProblemEdit;
	readonly kept: readonly string[];
	readonly unread: readonly Unread[];
}

function readRow(
	cells: readonly string[],
	targets: readonly PasteColumn[],
	row: number,
	context: PasteContext
): RowReading {
	const readings: FieldReading[] = [];
	const kept: string[] = [];
	cells.forEach((cell, at) => {
		const { target, title } = targets[at] ?? { target: 'keep', title: '' };
		const text = cell.trim();
		if (target === 'skip' || target === 'number') return;
		if (target !== 'keep')
			readings.push({ field: target, reading: readCell(target, cell, context) });
		else if (text !== '') kept.push(title === '' ? text : `${title}：${text}`);
	});
	const unread = readings
		.filter(({ reading }) => reading.left !== '')
		.map(({ field, reading }) => ({ row, field, text: reading.left }));
	return {
		edit: mergeReadings(readings),
		kept: [...kept, ...unread.map(({ field, text }) => `${context.labelOf(field)}：${text}`)],
		unread
	};
}

const withoutEmpty = (edit: ProblemEdit): ProblemEdit =>
	Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== null));

const additionOf = ({ edit, kept }: RowReading): ProblemEdit =>
	withoutEmpty({ ...edit, remark: joinLines(edit.remark, ...kept) });

/** Rows to be added, by the names of their columns. */
export function planAdditions(
	block: ReadBlock,
	columns: readonly PasteColumn[],
	context: PasteContext
): PastePlan {
	const rows = block.data.map((cells, index) => readRow(cells, columns, index + 1, context));
	return {
		additions: rows.map(additionOf),
		changes: [],
		unread: rows.flatMap((row) => row.unread),
		surplusColumns: 0
	};
}

export interface PasteOver {
	/** Rows shown from the selected cell down. */
	readonly rows: readonly Problem[];
	/** Fields from the selected cell to the right; `number` takes nothing. */
	readonly targets: readonly PasteTarget[];
}

function changeOf(problem: Problem, { edit, kept }: RowReading): RowEdit {
	if (kept.length === 0) return { id: problem.id, edit };
	const remark = 'remark' in edit ? edit.remark : readable(problem.remark);
	return { id: problem.id, edit: { ...edit, remark: joinLines(remark, ...kept) } };
}

/** Cells laid down from a selected one, as in a spreadsheet; rows beyond the end are added. */
export function planOverwrite(block: Block, over: PasteOver, context: PasteContext): PastePlan {
	const width = Math.max(0, ...block.map((row) => row.length));
	const columns = over.targets.map((target): PasteColumn => ({ target, title: '' }));
	const rows = block.map((cells, index) =>
		readRow(cells.slice(0, columns.length), columns, index + 1, context)
	);
	const existing = over.rows.slice(0, rows.length);
	return {
		additions: rows.slice(existing.length).map(additionOf),
		changes: existing.map((problem, index) => changeOf(problem, rows[index]!)),
		unread: rows.flatMap((row) => row.unread),
		surplusColumns: Math.max(0, width - columns.length)
	};
}
