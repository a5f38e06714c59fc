/**
 * Dates of a register as people type them: 1974.6, 1974年6月, 1974-06, 197406, 1974/6/15, an Excel
 * serial number. A day is kept where there is one.
 */
import { realYmd } from '$lib/base/typedDate.ts';

export interface PartialDate {
	readonly date: string;
	/** Excel drops the last 0 of a bare 1974.10: nobody can tell October from January any more. */
	readonly doubtful: boolean;
}

/** Day 0 of Excel's count, which holds 1900 for a leap year. */
const excelEpochMs = Date.UTC(1899, 11, 30);
const dayMs = 86_400_000;

const patterns: readonly RegExp[] = [
	/^(\d{4}|\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/,
	/^(\d{4}|\d{2})[-/.年](\d{1,2})月?$/,
	/^((?:19|20)\d{2})(\d{2})(\d{2})?$/
];

/** 74 is 1974, 21 is 2021: nobody in a register was born or admitted after the present decade. */
const fullYear = (year: string, thisYear: number): number => {
	if (year.length === 4) return Number(year);
	const recent = 2000 + Number(year);
	return recent > thisYear ? recent - 100 : recent;
};

export function parsePartialDate(typed: string, thisYear: number): PartialDate | null {
	const text = typed
		.normalize('NFKC')
		.replace(/[T\s]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$/i, '')
		.replace(/\s+/g, '');
	if (/^[1-5]\d{4}$/.test(text))
		return {
			date: new Date(excelEpochMs + Number(text) * dayMs).toISOString().slice(0, 10),
			doubtful: false
		};
	for (const pattern of patterns) {
		const [, year, month, day] = pattern.exec(text) ?? [];
		if (year === undefined) continue;
		const whole = realYmd(fullYear(year, thisYear), Number(month), Number(day ?? '1'));
		if (whole === null || Number(whole.slice(0, 4)) > thisYear) return null;
		return {
			date: day === undefined ? whole.slice(0, 7) : whole,
			doubtful: /^\d{4}\.1$/.test(text)
		};
	}
	return null;
}

/** To the month: 出生年月 needs no day, so none is kept. */
export function parseYearMonth(typed: string, thisYear: number): PartialDate | null {
	const found = parsePartialDate(typed, thisYear);
	return found && { ...found, date: found.date.slice(0, 7) };
}
