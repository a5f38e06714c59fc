/** Forms as `.docx`: A4, the header row on each page, page x of y at the foot. */
import type { ITableCellOptions, Table as WordTable } from 'docx';
import { runs, titleLine, toDocx, twips, type Library, type Look } from './docxPage.ts';
import {
	alignOf,
	bodyFont,
	fittedWidths,
	sealText,
	signatureLine,
	sizesPt,
	titleFont,
	type FormSheet
} from './formSheet.ts';

export const formToDocx = (sheet: FormSheet): Promise<Uint8Array> =>
	toDocx(sheet, (library) => [
		...linesAbove(library, sheet),
		table(library, sheet),
		...linesBelow(library, sheet)
	]);

function linesAbove(library: Library, sheet: FormSheet) {
	const { Paragraph } = library;
	const title = titleLine(library, sheet.title);
	if (!sheet.subtitle) return [title];
	const look = { font: bodyFont, size: sizesPt.subtitle };
	const children = runs(library, sheet.subtitle, look);
	return [title, new Paragraph({ spacing: { after: 60 }, children })];
}

function linesBelow(library: Library, sheet: FormSheet) {
	const { AlignmentType, Paragraph } = library;
	const look = { font: bodyFont, size: sizesPt.signature };
	const signature = new Paragraph({
		spacing: { before: 240 },
		children: runs(library, signatureLine(sheet), look)
	});
	if (!sheet.sealSpace) return [signature];
	return [
		signature,
		new Paragraph({
			alignment: AlignmentType.RIGHT,
			// Room for a round seal above the words.
			spacing: { before: 900 },
			children: runs(library, sealText, look)
		})
	];
}

function table(library: Library, sheet: FormSheet): WordTable {
	const { Table, TableLayoutType, TableRow, WidthType } = library;
	const widths = fittedWidths(sheet).map(twips);
	const header = sheet.columns.map(({ title }, at) =>
		cell(library, title, widths[at] ?? 0, 'center', {
			font: titleFont,
			size: sizesPt.header,
			bold: true
		})
	);
	const rows = sheet.rows.map((row) =>
		sheet.columns.map((column, at) =>
			cell(library, row[at] ?? '', widths[at] ?? 0, alignOf(column), {
				font: bodyFont,
				size: sizesPt.cell
			})
		)
	);
	return new Table({
		layout: TableLayoutType.FIXED,
		width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
		columnWidths: widths,
		rows: [
			new TableRow({ tableHeader: true, cantSplit: true, children: header }),
			...rows.map((children) => new TableRow({ cantSplit: true, children }))
		]
	});
}

function cell(library: Library, text: string, width: number, align: 'left' | 'center', look: Look) {
	const { AlignmentType, Paragraph, TableCell, VerticalAlignTable, WidthType } = library;
	const options: ITableCellOptions = {
		width: { size: width, type: WidthType.DXA },
		verticalAlign: VerticalAlignTable.CENTER,
		margins: { left: 60, right: 60, top: 30, bottom: 30 },
		children: [
			new Paragraph({
				alignment: align === 'center' ? AlignmentType.CENTER : AlignmentType.LEFT,
				children: runs(library, text, look)
			})
		]
	};
	return new TableCell(options);
}
