/**
 * Office files in, plain text out. The content decides what a file is, not its name: exports named
 * `.xls` are often HTML or CSV. Nothing a file holds can throw out of here.
 */
import { decodeTextFile } from '$lib/base/decodeTextFile.ts';
import { guessDelimiter, parseDelimited } from '$lib/base/delimitedText.ts';
import { readHtmlTable, type CellSpan } from '$lib/base/htmlTable.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { valueToText } from './cellText.ts';
import { unguardCell } from './guardedCsv.ts';
import { isEncrypted, isOle } from './legacyXls.ts';
import { unpackXlsx } from './unpackXlsx.ts';
import {
	maxColumns,
	maxFileBytes,
	maxRows,
	type Workbook,
	type WorkbookFault,
	type WorkbookSheet
} from './workbook.ts';

export async function readWorkbook(
	bytes: Uint8Array,
	name: string
): Promise<Result<Workbook, WorkbookFault>> {
	if (bytes.length > maxFileBytes) return err('too-large');
	if (bytes.length === 0) return err('empty');
	try {
		if (isOle(bytes)) return isEncrypted(bytes) ? err('password') : await readXls(bytes);
		if (bytes[0] === 0x50 && bytes[1] === 0x4b) return await readXlsx(bytes);
		return readText(bytes, name);
	} catch {
		return err('damaged');
	}
}

/** What was copied in Excel, WPS or a web page: HTML where there is a table in it, else text. */
export function readPasted(html: string, text: string): Result<Workbook, WorkbookFault> {
	if (Math.max(html.length, text.length) > maxFileBytes) return err('too-large');
	const table = readHtmlTable(html);
	return toWorkbook([
		table
			? rawSheet('', table.rows, table.spans)
			: rawSheet('', parseDelimited(text, text.includes('\t') ? '\t' : guessDelimiter(text)))
	]);
}

interface RawSheet {
	readonly name: string;
	readonly hidden: boolean;
	readonly rows: readonly (readonly string[] | undefined)[];
	readonly merges: readonly CellSpan[];
}

const rawSheet = (
	name: string,
	rows: RawSheet['rows'],
	merges: readonly CellSpan[] = [],
	hidden = false
): RawSheet => ({ name, rows, merges, hidden });

type FileSheet = import('hucre/xlsx').Sheet;

/** Some beyond what is taken, so that more than the limit is noticed and empty rows are not. */
const RANGE = `A1:IV${maxRows + 200}`;

async function readXlsx(bytes: Uint8Array): Promise<Result<Workbook, WorkbookFault>> {
	const parts = unpackXlsx(bytes);
	if (!parts.ok) return parts;
	const library = await import('hucre/xlsx');
	const { sheets } = await library.readXlsx(parts.value, { range: RANGE, readStyles: true });
	return toWorkbook(sheets.map(fromLibrary));
}

async function readXls(bytes: Uint8Array): Promise<Result<Workbook, WorkbookFault>> {
	const library = await import('hucre/xlsx');
	const { sheets } = await library.readXls(bytes);
	return toWorkbook(sheets.map(fromLibrary));
}

function fromLibrary(sheet: FileSheet): RawSheet {
	const formatOf = (row: number, column: number) =>
		sheet.cells?.get(`${row},${column}`)?.style?.numFmt;
	// Rows without a cell are holes in what the library gives for .xls.
	const rows = Array.from(sheet.rows, (row, r) =>
		Array.from(row ?? [], (value, c) => valueToText(value, formatOf(r, c)))
	);
	const merges = (sheet.merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({
		top: startRow,
		left: startCol,
		bottom: endRow,
		right: endCol
	}));
	return rawSheet(sheet.name, rows, merges, sheet.hidden ?? sheet.veryHidden ?? false);
}

function readText(bytes: Uint8Array, name: string): Result<Workbook, WorkbookFault> {
	const { text } = decodeTextFile(bytes);
	// No text file has a zero in it; a picture or a program has many.
	if (text.includes('\0')) return err('unknown-format');
	const title = name.replace(/\.[^.]*$/, '');
	const table = /^\s*</.test(text) ? readHtmlTable(text) : null;
	if (table) return toWorkbook([rawSheet(title, table.rows, table.spans)]);
	// An XML workbook of 2003 and the like: its markup is not what anybody wants to import.
	if (/^\s*<(?:\?xml|!doctype|html)/i.test(text)) return err('unknown-format');
	const rows = parseDelimited(text, guessDelimiter(text));
	return toWorkbook([
		rawSheet(
			title,
			rows.map((row) => row.map(unguardCell))
		)
	]);
}

function toWorkbook(raw: readonly RawSheet[]): Result<Workbook, WorkbookFault> {
	const sheets: WorkbookSheet[] = [];
	for (const sheet of raw) {
		const rows = trimmed(sheet.rows);
		if (rows.length > maxRows || (rows[0]?.length ?? 0) > maxColumns) return err('too-large');
		if (rows.length === 0) continue;
		const merges = sheet.merges
			.map((span) => within(span, rows.length, rows[0]?.length ?? 0))
			.filter((span) => span !== null);
		// Merged areas lie side by side, so together they are no larger than the sheet.
		if (merges.reduce((sum, span) => sum + areaOf(span), 0) > rows.length * maxColumns)
			return err('damaged');
		for (const span of merges) fill(rows, span);
		sheets.push({ name: sheet.name, hidden: sheet.hidden, rows, merges });
	}
	return sheets.length > 0 ? ok({ sheets }) : err('empty');
}

/** Without the empty rows and columns at the end: files carry formats far beyond their content. */
function trimmed(rows: RawSheet['rows']): string[][] {
	let height = 0;
	let width = 0;
	rows.forEach((row, at) => {
		const last = row?.findLastIndex((cell) => cell.trim() !== '') ?? -1;
		if (last >= 0) height = at + 1;
		width = Math.max(width, last + 1);
	});
	if (height > maxRows || width > maxColumns) width = Math.min(width, maxColumns + 1);
	return Array.from({ length: height }, (_, r) =>
		Array.from({ length: width }, (_, c) => rows[r]?.[c] ?? '')
	);
}

function within(span: CellSpan, height: number, width: number): CellSpan | null {
	const { top, left } = span;
	if (!(top >= 0 && left >= 0 && top < height && left < width)) return null;
	return {
		top,
		left,
		bottom: Math.max(top, Math.min(span.bottom, height - 1)),
		right: Math.max(left, Math.min(span.right, width - 1))
	};
}

const areaOf = ({ top, left, bottom, right }: CellSpan): number =>
	(bottom - top + 1) * (right - left + 1);

function fill(rows: string[][], { top, left, bottom, right }: CellSpan): void {
	const text = rows[top]?.[left] ?? '';
	for (let r = top; r <= bottom; r++) rows[r]?.fill(text, left, right + 1);
}
