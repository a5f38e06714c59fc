/** Forms as `.docx`: A4, the header row on each page, page x of y at the foot. */
import type { ISectionOptions, ITableCellOptions, Table as WordTable } from 'docx';
import {
	alignOf,
	bodyFont,
	fittedWidths,
	pageMm,
	paperMm,
	sealText,
	signatureLine,
	sizesPt,
	titleFont,
	type FormSheet
} from './formSheet.ts';

type Library = typeof import('docx');

export async function formToDocx(sheet: FormSheet): Promise<Uint8Array> {
	const library = await import('docx');
	const document = new library.Document({
		title: sheet.title,
		creator: sheet.madeBy,
		sections: [toSection(library, sheet)]
	});
	return library.Packer.pack(document, 'uint8array');
}

/** Word counts twentieths of a point. */
const twips = (mm: number): number => Math.round((mm / 25.4) * 1440);

function toSection(library: Library, sheet: FormSheet): ISectionOptions {
	const { Footer, Header, PageOrientation } = library;
	return {
		properties: {
			page: {
				size: {
					// The library turns the page itself.
					width: twips(pageMm.short),
					height: twips(pageMm.long),
					orientation:
						sheet.page === 'landscape' ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT
				},
				margin: {
					left: twips(pageMm.side),
					right: twips(pageMm.side),
					top: twips(pageMm.top),
					bottom: twips(pageMm.bottom),
					header: twips(pageMm.edge),
					footer: twips(pageMm.edge)
				}
			}
		},
		...(sheet.header
			? { headers: { default: new Header({ children: [note(library, sheet.header)] }) } }
			: {}),
		footers: { default: new Footer({ children: [pageFoot(library, sheet)] }) },
		children: [...linesAbove(library, sheet), table(library, sheet), ...linesBelow(library, sheet)]
	};
}

type Look = { font: string; size: number; bold?: boolean };

/** Line ends stay line ends. */
function runs({ TextRun }: Library, text: string, { font, size, bold = false }: Look) {
	return text
		.toWellFormed()
		.split('\n')
		.map(
			(part, at) =>
				new TextRun({
					text: part,
					bold,
					// In half points.
					size: size * 2,
					font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: font },
					...(at > 0 ? { break: 1 } : {})
				})
		);
}

const note = (library: Library, text: string) =>
	new library.Paragraph({
		alignment: library.AlignmentType.RIGHT,
		children: runs(library, text, { font: titleFont, size: sizesPt.note })
	});

function pageFoot(library: Library, sheet: FormSheet) {
	const { PageNumber, Paragraph, TabStopType, TextRun } = library;
	const room = paperMm(sheet.page).width - 2 * pageMm.side;
	return new Paragraph({
		tabStops: [{ type: TabStopType.CENTER, position: twips(room / 2) }],
		children: [
			...runs(library, sheet.madeBy, { font: titleFont, size: sizesPt.note }),
			new TextRun({
				size: sizesPt.note * 2,
				font: { eastAsia: titleFont },
				children: ['\t第 ', PageNumber.CURRENT, ' 页 共 ', PageNumber.TOTAL_PAGES, ' 页']
			})
		]
	});
}

function linesAbove(library: Library, sheet: FormSheet) {
	const { AlignmentType, Paragraph } = library;
	const title = new Paragraph({
		alignment: AlignmentType.CENTER,
		spacing: { after: 120 },
		children: runs(library, sheet.title, { font: titleFont, size: sizesPt.title, bold: true })
	});
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
