/**
 * Where the table begins in a sheet from an office: below a title and a line about who fills it in,
 * under a header of one to three rows, and above the lines to sign on. Merged cells are expected to
 * stand in every cell they cover; pasted text, where they are empty but for the first, is read too.
 */

export interface TableBlock {
	/** First and last row of the header; null when no title was recognised. */
	readonly headerRows: readonly [from: number, to: number] | null;
	/** One a column; '' where there is none. */
	readonly titles: readonly string[];
	/** As long as `titles`, each of them. */
	readonly data: readonly (readonly string[])[];
}

type Row = readonly string[];
type Rows = readonly Row[];

const ROWS_LOOKED_AT = 40;
const HEADER_ROWS = 3;
/** Longer ones are sentences above the table, not headings of it. */
const TITLE_LENGTH = 16;

export function findHeader(rows: Rows, knowsTitle: (cell: string) => boolean): TableBlock {
	const width = Math.max(0, ...rows.map((row) => row.length));
	const knows = (cell: string) => cell !== '' && knowsTitle(cell);
	const anchor = mostKnown(rows, knows, width);
	if (anchor === null)
		return { headerRows: null, titles: Array<string>(width).fill(''), data: body(rows, [], width) };
	const [from, to] = grow(rows, anchor, knows);
	const header = rows.slice(from, to + 1);
	const titles = flatten(header, width, knows);
	return { headerRows: [from, to], titles, data: body(rows.slice(to + 1), header, width, titles) };
}

const tidy = (cell: string): string => cell.replace(/\s*\n\s*/g, '').trim();
const filled = (row: Row): string[] => row.map(tidy).filter((cell) => cell !== '');

function mostKnown(rows: Rows, knows: (cell: string) => boolean, width: number): number | null {
	let best: number | null = null;
	let most = Math.min(2, width) - 1;
	rows.slice(0, ROWS_LOOKED_AT).forEach((row, at) => {
		const known = new Set(filled(row).filter(knows)).size;
		if (known > most) [best, most] = [at, known];
	});
	return best;
}

function grow(rows: Rows, anchor: number, knows: (cell: string) => boolean): [number, number] {
	let [from, to] = [anchor, anchor];
	while (to - from + 1 < HEADER_ROWS && isOneHeader(rows[from - 1], rows[from], knows)) from--;
	while (to - from + 1 < HEADER_ROWS && isOneHeader(rows[to], rows[to + 1], knows)) to++;
	return [from, to];
}

/**
 * Whether two rows are levels of one header: what the lower one says anew stands under a heading
 * over several columns, and the rest is merged downwards (pasted: empty).
 */
function isOneHeader(
	upper: Row | undefined,
	lower: Row | undefined,
	knows: (cell: string) => boolean
): boolean {
	if (!upper || !lower || !looksLikeTitles(upper) || !looksLikeTitles(lower)) return false;
	if (new Set(filled(upper)).size < 2) return false;
	const above = upper.map(tidy);
	const isNew = (cell: string, at: number) => cell !== '' && cell !== above[at];
	const isUnderSeveral = (at: number) =>
		above[at] === '' ||
		above[at + 1] === '' ||
		above[at] === above[at - 1] ||
		above[at] === above[at + 1];
	const below = lower.map(tidy);
	const added = below.flatMap((cell, at) => (isNew(cell, at) ? [at] : []));
	if (added.length === 0 || !added.every(isUnderSeveral)) return false;
	const isMergedDown = below.some((cell, at) => cell !== '' && cell === above[at]);
	return isMergedDown || added.some((at) => knows(below[at] ?? ''));
}

const looksLikeTitles = (row: Row): boolean =>
	filled(row).every((cell) => cell.length <= TITLE_LENGTH && !/[：:]|\d{4}年/.test(cell));

/** The lowest level names a column; the one above stays where the name alone would say too little. */
function flatten(header: Rows, width: number, knows: (cell: string) => boolean): string[] {
	const paths = Array.from({ length: width }, (_, column) => pathOf(header, column));
	const lasts = paths.map((path) => path.at(-1) ?? '');
	return paths.map((path) => {
		const last = path.at(-1) ?? '';
		const parent = path.at(-2);
		if (parent === undefined) return last;
		if (!knows(last) && knows(parent + last)) return parent + last;
		return lasts.filter((one) => one === last).length > 1 ? `${parent}/${last}` : last;
	});
}

function pathOf(header: Rows, column: number): string[] {
	const path: string[] = [];
	header.forEach((row, level) => {
		let cell = tidy(row[column] ?? '');
		// Pasted: the heading of several columns stands over the first of them only.
		const below = header.slice(level + 1).some((one) => tidy(one[column] ?? '') !== '');
		for (let left = column - 1; cell === '' && below && left >= 0; left--)
			cell = tidy(row[left] ?? '');
		if (cell !== '' && cell !== path.at(-1)) path.push(cell);
	});
	return path;
}

function body(rows: Rows, header: Rows, width: number, titles: Row = []): string[][] {
	const repeated = new Set(header.map((row) => JSON.stringify(row)));
	const kept = rows.filter((row) => !isBlank(row, titles) && !repeated.has(JSON.stringify(row)));
	while (kept.length > 0 && isFooter(kept.at(-1) ?? [])) kept.pop();
	return kept.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? ''));
}

/** Forms come with numbers in the first column of rows that nobody has filled in. */
const isBlank = (row: Row, titles: Row): boolean =>
	row.every((cell, at) => cell.trim() === '' || /^(?:序\s*号|编\s*号)$/.test(titles[at] ?? ''));

const SIGNED =
	/(?:签\s*[字名章]|盖\s*章|填\s*[报表]\s*人|制\s*表\s*人?|审\s*[核批]\s*人?|负\s*责\s*人|填\s*[报表]\s*(?:日期|时间|单位)|联系(?:人|电话))\s*[）)】]?\s*[：:]|^[（(]\s*(?:盖\s*章|公\s*章).{0,6}[）)]$|^\s*(?:注|说明|备注|填表说明)\s*[：:]/;
const TOTAL = /^(?:合|总|小)\s*计[：:]?$/;

/** A line to sign on, a note or a sum: only below the table, and never among its rows. */
function isFooter(row: Row): boolean {
	const cells = filled(row);
	if (TOTAL.test(cells[0] ?? '')) return true;
	// A merged line stands in every cell; several parts of one stand beside each other.
	return cells.length > 0 && new Set(cells).size <= 4 && cells.every((cell) => SIGNED.test(cell));
}
