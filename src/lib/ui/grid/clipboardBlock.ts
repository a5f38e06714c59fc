/**
 * Blocks of cells on the clipboard, as Excel and WPS write and read them: an HTML table and
 * tab-separated text. Pure text work: no DOM, so that it also runs in tests and workers.
 */

export type CellBlock = readonly (readonly string[])[];

/** The HTML wins where it has a table: only there do several lines in a cell survive everywhere. */
export function parseClipboard(html: string, text: string): string[][] {
	return parseHtmlTable(html) ?? parseTsv(text);
}

/** Quoted cells may hold tabs, line ends and doubled quotes. A last line end makes no row. */
export function parseTsv(text: string): string[][] {
	if (text === '') return [];
	const rows: string[][] = [[]];
	let at = 0;
	for (;;) {
		const quoted = text[at] === '"' ? readQuoted(text, at) : null;
		const end = quoted ? quoted.end : cellEnd(text, at);
		rows.at(-1)?.push(quoted ? quoted.value : text.slice(at, end));
		if (end >= text.length) return rows;
		const lineEnd = text[end] !== '\t';
		at = end + (text.startsWith('\r\n', end) ? 2 : 1);
		if (lineEnd && at >= text.length) return rows;
		if (lineEnd) rows.push([]);
	}
}

function cellEnd(text: string, from: number): number {
	for (let at = from; at < text.length; at++) if (isDelimiter(text[at])) return at;
	return text.length;
}

const isDelimiter = (char: string | undefined) =>
	char === undefined || char === '\t' || char === '\n' || char === '\r';

/** Null when it is no quoted cell after all: a sentence that begins with a quotation. */
function readQuoted(text: string, from: number): { value: string; end: number } | null {
	for (let at = from + 1; at < text.length; at++) {
		if (text[at] !== '"') continue;
		if (text[at + 1] === '"') {
			at++;
			continue;
		}
		if (!isDelimiter(text[at + 1])) return null;
		const value = text
			.slice(from + 1, at)
			.replaceAll('""', '"')
			.replace(/\r\n?/g, '\n');
		return { value, end: at + 1 };
	}
	return null;
}

const TOKEN = /<!--[\s\S]*?-->|<(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|[^<]+|</gi;
const UNSEEN = new Set(['style', 'script', 'head', 'title', 'xml']);
const BREAKING = new Set(['p', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'h4']);
const MOST_SPAN = 1000;

/** Every row of every outermost table; null when there is no table. */
export function parseHtmlTable(html: string): string[][] | null {
	if (!/<table[\s>]/i.test(html)) return null;
	const rows: string[][] = [];
	/** Column to the number of rows below that a cell above still covers. */
	const covered = new Map<number, number>();
	let row: string[] | null = null;
	let cell: string | null = null;
	let span = { columns: 1, rows: 1 };
	let depth = 0;
	let unseen: string | null = null;

	const skipCovered = (into: string[]) => {
		for (let left = covered.get(into.length); left; left = covered.get(into.length)) {
			covered.set(into.length, left - 1);
			into.push('');
		}
	};
	const endCell = () => {
		if (cell === null || row === null) return;
		skipCovered(row);
		for (let i = 0; i < span.columns; i++) {
			if (span.rows > 1) covered.set(row.length, span.rows - 1);
			row.push(i === 0 ? tidyCell(cell) : '');
		}
		cell = null;
	};
	const endRow = () => {
		endCell();
		if (row !== null) {
			skipCovered(row);
			if (row.length > 0) rows.push(row);
		}
		row = null;
	};

	for (const [token, slash, name, attributes] of html.matchAll(TOKEN)) {
		const tag = name?.toLowerCase();
		if (unseen) {
			if (slash && tag === unseen) unseen = null;
		} else if (tag === undefined) {
			// Line ends of the source are layout; those of the cell are <br>.
			if (cell !== null && !token.startsWith('<!--'))
				cell += decodeEntities(token.replace(/[ \t\r\n\f]+/g, ' '));
		} else if (tag === 'table') {
			depth += slash ? -1 : 1;
			if (slash && depth === 0) {
				endRow();
				covered.clear();
			}
		} else if (!slash && UNSEEN.has(tag)) {
			unseen = attributes?.endsWith('/') ? null : tag;
		} else if (depth === 1 && tag === 'tr') {
			endRow();
			if (!slash) row = [];
		} else if (depth === 1 && (tag === 'td' || tag === 'th')) {
			endCell();
			row ??= [];
			if (!slash) {
				cell = '';
				span = { columns: spanOf('colspan', attributes), rows: spanOf('rowspan', attributes) };
			}
		} else if (cell !== null && (tag === 'br' || BREAKING.has(tag))) {
			if (tag === 'br' || (cell !== '' && !cell.endsWith('\n'))) cell += '\n';
		}
	}
	endRow();
	const width = Math.max(0, ...rows.map((one) => one.length));
	return rows.map((one) => [...one, ...Array<string>(width - one.length).fill('')]);
}

function spanOf(name: string, attributes = ''): number {
	const found = new RegExp(`\\b${name}\\s*=\\s*["']?(\\d+)`, 'i').exec(attributes);
	return Math.min(MOST_SPAN, Math.max(1, Number(found?.[1] ?? 1)));
}

const tidyCell = (cell: string) =>
	cell
		.replace(/ *\n */g, '\n')
		.replace(/^[ \n]+|[ \n]+$/g, '')
		.replaceAll('\u00a0', ' ');

const named: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: '\u00a0',
	ensp: '\u2002',
	emsp: '\u2003',
	ldquo: '“',
	rdquo: '”',
	lsquo: '‘',
	rsquo: '’',
	middot: '·',
	hellip: '…',
	mdash: '—',
	ndash: '–',
	times: '×'
};

function decodeEntities(text: string): string {
	return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name: string) => {
		if (name) return named[name] ?? whole;
		const code = decimal ? Number(decimal) : parseInt(String(hex), 16);
		return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
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
