/** Tables in HTML, as Office puts them on the clipboard and into files named `.xls`. No DOM. */

const TOKEN = /<!--[\s\S]*?-->|<(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|[^<]+|</gi;
const UNSEEN = new Set(['style', 'script', 'head', 'title', 'xml']);
const BREAKING = new Set(['p', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'h4']);
const MOST_SPAN = 1000;
/** From here on spans count as one: a small page could ask for any amount of memory. */
const MOST_CELLS = 2_000_000;

/** A block of cells that were merged into one: zero-based, both ends inside. */
export interface CellSpan {
	readonly top: number;
	readonly left: number;
	readonly bottom: number;
	readonly right: number;
}

/** Every row of every outermost table, covered cells empty; null when there is no table. */
export const parseHtmlTable = (html: string): string[][] | null =>
	readHtmlTable(html)?.rows ?? null;

export function readHtmlTable(html: string): { rows: string[][]; spans: CellSpan[] } | null {
	if (!/<table[\s>]/i.test(html)) return null;
	const rows: string[][] = [];
	const spans: CellSpan[] = [];
	/** Column to the number of rows below that a cell above still covers. */
	const covered = new Map<number, number>();
	let row: string[] | null = null;
	let cell: string | null = null;
	let span = { columns: 1, rows: 1 };
	let attributesOf = '';
	let depth = 0;
	let cells = 0;
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
		cells += span.columns * span.rows;
		if (cells > MOST_CELLS) span = { columns: 1, rows: 1 };
		if (span.columns > 1 || span.rows > 1)
			spans.push({
				top: rows.length,
				left: row.length,
				bottom: rows.length + span.rows - 1,
				right: row.length + span.columns - 1
			});
		for (let i = 0; i < span.columns; i++) {
			if (span.rows > 1) covered.set(row.length, span.rows - 1);
			row.push(i === 0 ? wholeNumber(tidyCell(cell), attributesOf) : '');
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
				attributesOf = attributes ?? '';
				span = { columns: spanOf('colspan', attributes), rows: spanOf('rowspan', attributes) };
			}
		} else if (cell !== null && (tag === 'br' || BREAKING.has(tag))) {
			if (tag === 'br' || (cell !== '' && !cell.endsWith('\n'))) cell += '\n';
		}
	}
	endRow();
	const width = Math.max(0, ...rows.map((one) => one.length));
	return {
		rows: rows.map((one) => [...one, ...Array<string>(width - one.length).fill('')]),
		spans
	};
}

function spanOf(name: string, attributes = ''): number {
	const found = new RegExp(`\\b${name}\\s*=\\s*["']?(\\d+)`, 'i').exec(attributes);
	return Math.min(MOST_SPAN, Math.max(1, Number(found?.[1] ?? 1)));
}

/** Excel and WPS show a long number as 1.23E+17; its digits stand in the cell's attribute. */
function wholeNumber(text: string, attributes: string): string {
	if (!/^\d(?:\.\d+)?E\+\d+$/i.test(text)) return text;
	return /\bx:(?:num|str)\s*=\s*["']?(\d+)/i.exec(attributes)?.[1] ?? text;
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
