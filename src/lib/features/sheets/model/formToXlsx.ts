/**
 * Forms as `.xlsx`, set up to be printed: A4, as wide as the page, the header row on each page. Cells
 * are text, so that Excel and WPS neither calculate nor round what people wrote.
 */
import type { CellStyle, MergeRange, WriteSheet } from 'hucre/xlsx';
import {
	alignOf,
	bodyFont,
	fittedWidths,
	pageMm,
	sealText,
	signatureLine,
	sizesPt,
	titleFont,
	type FormSheet
} from './formSheet.ts';
import { rowHeightPt } from './rowHeight.ts';
import { sheetNames } from './sheetNames.ts';

export const formToXlsx = (sheet: FormSheet): Promise<Uint8Array> => formsToXlsx([sheet]);

export async function formsToXlsx(sheets: readonly FormSheet[]): Promise<Uint8Array> {
	const { writeXlsx } = await import('hucre/xlsx');
	const names = sheetNames(sheets.map(({ title }) => title));
	return writeXlsx({
		sheets: sheets.map((sheet, at) => toSheet(sheet, names[at] ?? '')),
		namedRanges: sheets.map((sheet, at) => repeatedHeader(names[at] ?? '', headerRowOf(sheet))),
		defaultFont: { name: titleFont, size: sizesPt.cell },
		properties: { title: sheets[0]?.title ?? '', creator: sheets[0]?.madeBy ?? '' }
	});
}

/** From one, as Excel counts. */
const headerRowOf = (sheet: FormSheet): number => linesAbove(sheet).length + 1;

/** Spelled here: the library leaves the name unquoted, and Excel repairs a file with `2024年台账!$3:$3`. */
const repeatedHeader = (name: string, row: number) => ({
	name: '_xlnm.Print_Titles',
	range: `'${name.replaceAll("'", "''")}'!$${row}:$${row}`,
	scope: name
});

const inches = (mm: number): number => mm / 25.4;
/** Widths count digits of the default font: 宋体 11 has eight pixels for each, and five beside. */
const toCharacters = (mm: number): number => Math.max(1, (inches(mm) * 96 - 5) / 8);

/** Fitting to the page's width makes a table smaller that is a hair too wide, and the title with it. */
const NOT_TO_SHRINK = 0.95;

type Line = readonly [text: string, style: CellStyle, heightPt: number];

function toSheet(sheet: FormSheet, name: string): WriteSheet {
	const widths = fittedWidths(sheet).map((width) => width * NOT_TO_SHRINK);
	const last = Math.max(0, sheet.columns.length - 1);
	const above = linesAbove(sheet);
	const below = linesBelow(sheet);
	const header = sheet.columns.map(({ title }) => title);
	const rows = [
		...above.map(([text]) => [text]),
		header,
		...sheet.rows,
		...below.map(([text]) => [text])
	];
	const firstBelow = above.length + 1 + sheet.rows.length;
	const lines = new Map([
		...above.map((line, at) => [at, line] as const),
		...below.map((line, at) => [firstBelow + at, line] as const)
	]);
	return {
		name,
		rows: rows.map((row) => row.map(asWritten)),
		cells: styledCells(sheet, rows, lines),
		columns: widths.map((width) => ({ width: toCharacters(width) })),
		rowDefs: new Map(
			rows.map((row, at) => [
				at,
				{ height: lines.get(at)?.[2] ?? rowHeightPt(row, widths, sizesPt.cell) }
			])
		),
		merges: last > 0 ? [...lines.keys()].map((row) => wholeRow(row, last)) : [],
		freezePane: { rows: headerRowOf(sheet) },
		...printSetup(sheet)
	};
}

const wholeRow = (row: number, last: number): MergeRange => ({
	startRow: row,
	endRow: row,
	startCol: 0,
	endCol: last
});

function linesAbove(sheet: FormSheet): Line[] {
	const title = line(sheet.title, titleFont, sizesPt.title, 'center', 36);
	const subtitle = sheet.subtitle;
	return subtitle ? [title, line(subtitle, bodyFont, sizesPt.subtitle, 'left', 22)] : [title];
}

function linesBelow(sheet: FormSheet): Line[] {
	const lines: Line[] = [];
	if (sheet.signature.length > 0)
		lines.push(line(signatureLine(sheet), bodyFont, sizesPt.signature, 'left', 42));
	if (sheet.sealSpace) lines.push(line(sealText, bodyFont, sizesPt.signature, 'right', 84));
	return lines;
}

function line(
	text: string,
	font: string,
	size: number,
	horizontal: 'left' | 'center' | 'right',
	heightPt: number
): Line {
	const style: CellStyle = {
		font: { name: font, size, bold: size === sizesPt.title },
		alignment: { horizontal, vertical: 'center', wrapText: true }
	};
	return [text, style, heightPt];
}

const thin = { style: 'thin', color: { rgb: '000000' } } as const;
const border = { top: thin, right: thin, bottom: thin, left: thin };

function styledCells(
	sheet: FormSheet,
	rows: readonly (readonly string[])[],
	lines: ReadonlyMap<number, Line>
) {
	const cells = new Map<string, { style: CellStyle }>();
	const headerRow = linesAbove(sheet).length;
	rows.forEach((row, r) => {
		const single = lines.get(r);
		sheet.columns.forEach((column, c) => {
			const style =
				single?.[1] ?? (r === headerRow ? headerStyle : cellStyle(alignOf(column), row[c] ?? ''));
			cells.set(`${r},${c}`, { style });
		});
	});
	return cells;
}

const headerStyle: CellStyle = {
	font: { name: titleFont, size: sizesPt.header, bold: true },
	alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
	border
};

/** Excel shows text cells of more than 255 characters as ####; sentences need no such guard anyway. */
const readsAsNumber = (text: string): boolean => text.length <= 255 && /^[\s=+\-@\d.]/.test(text);

const cellStyle = (horizontal: 'left' | 'center', text: string): CellStyle => ({
	font: { name: bodyFont, size: sizesPt.cell },
	alignment: { horizontal, vertical: 'center', wrapText: true },
	border,
	...(readsAsNumber(text) ? { numFmt: '@' } : {})
});

/** A workbook spells odd characters `_x000D_`; a text that happens to read so must be spelled too. */
const asWritten = (text: string): string =>
	text.toWellFormed().replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_');

function printSetup(sheet: FormSheet) {
	const side = inches(pageMm.side);
	return {
		pageSetup: {
			paperSize: 'a4',
			orientation: sheet.page,
			fitToPage: true,
			fitToWidth: 1,
			fitToHeight: 0,
			horizontalCentered: true,
			margins: {
				left: side,
				right: side,
				top: inches(pageMm.top),
				bottom: inches(pageMm.bottom),
				header: inches(pageMm.edge),
				footer: inches(pageMm.edge)
			}
		},
		headerFooter: {
			...(sheet.header ? { oddHeader: `&R&9 ${inHeader(sheet.header)}` } : {}),
			oddFooter: `&L&9 ${inHeader(sheet.madeBy)}&C&10 第 &P 页 共 &N 页`
		}
	} satisfies Partial<WriteSheet>;
}

/** Excel takes 255 characters for header or footer together, and & for a command. */
const inHeader = (text: string): string => text.slice(0, 90).toWellFormed().replaceAll('&', '&&');
