/**
 * Blocks of cells on the clipboard, as Excel and WPS write and read them: an HTML table and
 * tab-separated text. Pure text work: no DOM, so that it also runs in tests and workers.
 */

import { parseTsv } from '$lib/base/delimitedText.ts';
import { parseHtmlTable } from '$lib/base/htmlTable.ts';

export type CellBlock = readonly (readonly string[])[];

/** The HTML wins where it has a table: only there do several lines in a cell survive everywhere. */
export function parseClipboard(html: string, text: string): string[][] {
	return parseHtmlTable(html) ?? parseTsv(text);
}

export function blockToTsv(block: CellBlock): string {
	const quote = (cell: string) =>
		/[\t\r\n]|^"/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
	return block.map((row) => row.map(quote).join('\t')).join('\r\n');
}

// Marked as text, so that a long number or "3.15" is not turned into something else.
const CELL_STYLE = `mso-number-format:'\\@';white-space:pre-wrap`;

export function blockToHtml(block: CellBlock): string {
	const rows = block.map((row) => {
		const cells = row.map((cell) => `<td style="${CELL_STYLE}">${cellToHtml(cell)}</td>`);
		return `<tr>${cells.join('')}</tr>`;
	});
	return `<meta charset="utf-8"><table>${rows.join('')}</table>`;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const cellToHtml = (cell: string) =>
	cell
		.replace(/[&<>"]/g, (char) => escapes[char] ?? char)
		.replace(/^ | $|(?<=[ \n]) | (?=\n)/g, '&nbsp;')
		.replace(/\r\n?|\n/g, '<br style="mso-data-placement:same-cell">');

/** One cell copied fills a selection; so does a block that fits into it a whole number of times. */
export function tileBlock(block: CellBlock, rows: number, columns: number): CellBlock {
	const height = block.length;
	const width = block[0]?.length ?? 0;
	if (height === 0 || width === 0 || rows % height !== 0 || columns % width !== 0) return block;
	return Array.from({ length: rows }, (_, r) =>
		Array.from({ length: columns }, (_, c) => block[r % height]?.[c % width] ?? '')
	);
}
