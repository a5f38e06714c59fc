/** The table alone, for other programs: with a mark, so that Excel and WPS see UTF-8. */
import { concatBytes, utf8ToBytes } from '$lib/base/bytes.ts';
import type { FormSheet } from './formSheet.ts';
import { guardCell } from './guardedCsv.ts';

const BOM = Uint8Array.of(0xef, 0xbb, 0xbf);

const quoted = (cell: string): string =>
	/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const toLine = (cells: readonly string[]): string =>
	cells.map((cell) => quoted(guardCell(cell))).join(',');

export function formToCsv(sheet: FormSheet): Uint8Array<ArrayBuffer> {
	const lines = [sheet.columns.map(({ title }) => title), ...sheet.rows].map(toLine);
	return concatBytes(BOM, utf8ToBytes(lines.map((line) => `${line}\r\n`).join('')));
}
