/** Cells in plain text, tab-separated as on the clipboard or comma-separated as in `.csv` files. */

export type Delimiter = '\t' | ',' | ';';

export const parseTsv = (text: string): string[][] => parseDelimited(text, '\t');

/** Quoted cells may hold delimiters, line ends and doubled quotes. A last line end makes no row. */
export function parseDelimited(text: string, delimiter: Delimiter): string[][] {
	if (text === '') return [];
	const rows: string[][] = [[]];
	let at = 0;
	for (;;) {
		const quoted = text[at] === '"' ? readQuoted(text, at, delimiter) : null;
		const end = quoted ? quoted.end : cellEnd(text, at, delimiter);
		rows.at(-1)?.push(quoted ? quoted.value : text.slice(at, end));
		if (end >= text.length) return rows;
		const lineEnd = text[end] !== delimiter;
		at = end + (text.startsWith('\r\n', end) ? 2 : 1);
		if (lineEnd && at >= text.length) return rows;
		if (lineEnd) rows.push([]);
	}
}

function cellEnd(text: string, from: number, delimiter: Delimiter): number {
	for (let at = from; at < text.length; at++) if (endsCell(text[at], delimiter)) return at;
	return text.length;
}

const endsCell = (char: string | undefined, delimiter: Delimiter) =>
	char === undefined || char === delimiter || char === '\n' || char === '\r';

/** Null when it is no quoted cell after all: a sentence that begins with a quotation. */
function readQuoted(
	text: string,
	from: number,
	delimiter: Delimiter
): { value: string; end: number } | null {
	for (let at = from + 1; at < text.length; at++) {
		if (text[at] !== '"') continue;
		if (text[at + 1] === '"') {
			at++;
			continue;
		}
		if (!endsCell(text[at + 1], delimiter)) return null;
		const value = text
			.slice(from + 1, at)
			.replaceAll('""', '"')
			.replace(/\r\n?/g, '\n');
		return { value, end: at + 1 };
	}
	return null;
}

const LINES_LOOKED_AT = 20;

/** The delimiter under which the first lines fall into the most cells, and evenly so. */
export function guessDelimiter(text: string): Delimiter {
	const start = text.slice(0, 20_000);
	const widthOf = (delimiter: Delimiter) => {
		const widths = parseDelimited(start, delimiter)
			.slice(0, LINES_LOOKED_AT)
			.map((row) => row.length);
		const usual = mostFrequent(widths.filter((width) => width > 1));
		return usual === null ? 0 : widths.filter((width) => width === usual).length * usual;
	};
	const candidates: readonly Delimiter[] = ['\t', ',', ';'];
	return candidates.reduce((best, one) => (widthOf(one) > widthOf(best) ? one : best));
}

function mostFrequent(values: readonly number[]): number | null {
	const counts = new Map<number, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
