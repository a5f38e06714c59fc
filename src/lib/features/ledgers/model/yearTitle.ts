/**
 * What a year's ledgers are called in their document: the bare year, so that it reads well in any
 * language, and `2026（2）` for what was begun beside it. Whatever else stands there, somebody named.
 */
export interface YearTitle {
	readonly year: string;
	/** 1 for the first of the year. */
	readonly number: number;
}

const SHAPE = /^(\d{4})(?:（([1-9]\d{0,2})）)?$/;

/** Null for a name that somebody gave. */
export function parseYearTitle(title: string): YearTitle | null {
	const [, year, number = '1'] = SHAPE.exec(title) ?? [];
	return year === undefined ? null : { year, number: Number(number) };
}

/** For one more of a year: after the last there is, those put away included. */
export function nextYearTitle(year: number, titles: readonly string[]): string {
	const numbers = titles
		.map(parseYearTitle)
		.filter((one) => one !== null && Number(one.year) === year)
		.map((one) => one!.number);
	return numbers.length === 0 ? String(year) : `${year}（${Math.max(...numbers) + 1}）`;
}
