/** Forms about one thing as `.docx`: a table of labels and values that may run over the page. */
import type { ITableCellOptions, ParagraphChild } from 'docx';
import { runs, titleLine, toDocx, twips, type Library } from './docxPage.ts';
import { bodyFont, sizesPt, titleFont } from './formSheet.ts';
import {
	inkMm,
	leastHeightMm,
	leastSignatureMm,
	recordColumnsMm,
	type RecordRow,
	type RecordSheet,
	type SheetSignature
} from './recordSheet.ts';

/** A signature's path as PNG bytes; null leaves its place to the words beside it. */
export type DrawInk = (path: string) => Promise<Uint8Array | null>;

const labelLook = { font: titleFont, size: sizesPt.header, bold: true };
const textLook = { font: bodyFont, size: sizesPt.cell };
/** Word measures pictures in pixels of 1/96 inch. */
const pixels = (mm: number): number => Math.round((mm / 25.4) * 96);

export async function recordToDocx(sheet: RecordSheet, drawInk: DrawInk): Promise<Uint8Array> {
	const paths = sheet.rows
		.flatMap((row) => (row.kind === 'signatures' ? row.cells : []))
		.flatMap(({ ink }) => ink ?? []);
	const drawn = new Map<string, Uint8Array>();
	for (const path of paths) {
		const png = await drawInk(path);
		if (png) drawn.set(path, png);
	}
	return toDocx(sheet, (library) => [
		titleLine(library, sheet.title),
		...(sheet.subtitle
			? [
					new library.Paragraph({
						spacing: { after: 60 },
						children: runs(library, sheet.subtitle, { ...textLook, size: sizesPt.subtitle })
					})
				]
			: []),
		table(library, sheet, drawn)
	]);
}

function table(library: Library, sheet: RecordSheet, drawn: ReadonlyMap<string, Uint8Array>) {
	const { Table, TableLayoutType, WidthType } = library;
	const widths = recordColumnsMm.map(twips);
	return new Table({
		layout: TableLayoutType.FIXED,
		width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
		columnWidths: widths,
		rows: sheet.rows.map((row) => tableRow(library, row, drawn))
	});
}

function tableRow(library: Library, row: RecordRow, drawn: ReadonlyMap<string, Uint8Array>) {
	const { HeightRule, TableRow } = library;
	if (row.kind === 'text') {
		const height = { value: twips(leastHeightMm(row)), rule: HeightRule.ATLEAST };
		return new TableRow({ height, children: textCells(library, row.label, row.lines) });
	}
	if (row.kind === 'signatures')
		return new TableRow({
			cantSplit: true,
			height: { value: twips(leastSignatureMm), rule: HeightRule.ATLEAST },
			children: row.cells.flatMap((cell) => signatureCells(library, cell, drawn))
		});
	const span = row.pairs.length === 1 ? 3 : 1;
	return new TableRow({
		cantSplit: true,
		children: row.pairs.flatMap(({ label, value }) => [
			labelCell(library, label),
			box(library, [runs(library, value, textLook)], span)
		])
	});
}

const textCells = (library: Library, label: string, lines: readonly string[]) => [
	labelCell(library, label),
	box(
		library,
		(lines.length > 0 ? lines : ['']).map((line) => runs(library, line, textLook)),
		3,
		{ vertical: 'top' }
	)
];

function signatureCells(
	library: Library,
	{ label, ink, note }: SheetSignature,
	drawn: ReadonlyMap<string, Uint8Array>
) {
	const png = ink === null ? undefined : drawn.get(ink);
	const picture = png && [
		new library.ImageRun({
			type: 'png',
			data: png,
			transformation: { width: pixels(inkMm.width), height: pixels(inkMm.height) }
		})
	];
	const lines = [...(picture ? [picture] : []), runs(library, note, textLook)];
	return [labelCell(library, label), box(library, lines, 1, { vertical: 'bottom' })];
}

const labelCell = (library: Library, label: string) =>
	box(library, [runs(library, label, labelLook)], 1, { centred: true });

interface BoxLook {
	readonly centred?: boolean;
	readonly vertical?: 'top' | 'center' | 'bottom';
}

function box(
	library: Library,
	paragraphs: readonly (readonly ParagraphChild[])[],
	span: number,
	{ centred = false, vertical = 'center' }: BoxLook = {}
) {
	const { AlignmentType, Paragraph, TableCell } = library;
	const options: ITableCellOptions = {
		columnSpan: span,
		verticalAlign: vertical,
		margins: { left: 80, right: 80, top: 50, bottom: 50 },
		children: paragraphs.map(
			(children) =>
				new Paragraph({
					alignment: centred ? AlignmentType.CENTER : AlignmentType.LEFT,
					children: [...children]
				})
		)
	};
	return new TableCell(options);
}
