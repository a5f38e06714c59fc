/** A pasted block of cells, to lines of the register: what was read, and what could not be. */
import { maxNameLength, tidyName, type MemberEdit } from './member.ts';
import { readCell, type CellTrouble } from './registerCell.ts';
import { targetsOfContent, targetsOfHeader, type ColumnTarget } from './registerColumns.ts';

export type Block = readonly (readonly string[])[];

export interface RegisterBlock {
	/** Headings as they stand in the table; empty without a header row. */
	readonly titles: readonly string[];
	readonly targets: readonly ColumnTarget[];
	readonly hasHeader: boolean;
	/** Rows with something in them, the header and titles above it left out. */
	readonly rows: Block;
}

export interface Trouble {
	readonly column: number;
	readonly text: string;
	readonly why: CellTrouble;
}

export interface RegisterLine {
	/** Its place in `rows`. */
	readonly at: number;
	/** Empty when there is none to be read. */
	readonly name: string;
	readonly edit: MemberEdit;
	readonly troubles: readonly Trouble[];
}

/** Above the header may stand a title and a date. */
const headerWithin = 6;

function headerRow(block: Block): number {
	return block.slice(0, headerWithin).findIndex((row) => targetsOfHeader(row).includes('name'));
}

export function readBlock(block: Block, thisYear: number): RegisterBlock {
	const header = headerRow(block);
	const rows = block.slice(header + 1).filter((row) => row.some((cell) => cell.trim() !== ''));
	const width = Math.max(0, ...rows.map((row) => row.length), block[header]?.length ?? 0);
	const titles = Array.from({ length: width }, (_, at) => block[header]?.[at]?.trim() ?? '');
	const columns = titles.map((_, at) => rows.map((row) => row[at] ?? ''));
	const targets = header >= 0 ? targetsOfHeader(titles) : targetsOfContent(columns, thisYear);
	return { titles, targets, hasHeader: header >= 0, rows };
}

function readLine(
	row: readonly string[],
	at: number,
	targets: readonly ColumnTarget[],
	thisYear: number
): RegisterLine {
	const troubles: Trouble[] = [];
	let edit: MemberEdit = {};
	let name = '';
	for (const [column, target] of targets.entries()) {
		const text = row[column] ?? '';
		if (target === 'name') {
			name = tidyName(text);
			if (name.length > maxNameLength) troubles.push({ column, text, why: 'too-long' });
			continue;
		}
		const read = readCell(target, text, thisYear);
		// A column of its own says more than a mere 职务.
		edit = target === 'duty' ? { ...read.edit, ...edit } : { ...edit, ...read.edit };
		if (read.trouble) troubles.push({ column, text, why: read.trouble });
	}
	return { at, name: name.length > maxNameLength ? '' : name, edit, troubles };
}

export const readLines = (
	rows: Block,
	targets: readonly ColumnTarget[],
	thisYear: number
): RegisterLine[] => rows.map((row, at) => readLine(row, at, targets, thisYear));
