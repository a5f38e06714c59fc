/**
 * Dates as people type them into a cell: 3.15, 3月15日, 2023/3/15, 明天, 下周五, 月底, an Excel
 * serial number. Calendar dates only, as 'YYYY-MM-DD': they sort as text and carry no time zone.
 * Running text with clauses and windows is the notice importer's business, not this one's.
 */
export type Ymd = string;

const dayMs = 86_400_000;
/** A month and day this far back, typed without a year, means the one to come. */
const typedPastDays = 180;
/** Day 0 of Excel's count, which holds 1900 for a leap year; serials of 1954–2119 are taken. */
const excelEpochMs = Date.UTC(1899, 11, 30);

const toMs = (date: Ymd): number => Date.parse(`${date}T00:00:00Z`);
const fromMs = (ms: number): Ymd => new Date(ms).toISOString().slice(0, 10);
const lastDay = (year: number, month: number): number =>
	new Date(Date.UTC(year, month, 0)).getUTCDate();
const yearOf = (date: Ymd): number => Number(date.slice(0, 4));
const monthOf = (date: Ymd): number => Number(date.slice(5, 7));

export const addDays = (date: Ymd, days: number): Ymd => fromMs(toMs(date) + days * dayMs);

/** Null when the day does not exist (2月30日). */
export function realYmd(year: number, month: number, day: number): Ymd | null {
	if (year < 1900 || year > 2199 || month < 1 || month > 12) return null;
	if (day < 1 || day > lastDay(year, month)) return null;
	return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function isYmd(text: string): boolean {
	const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
	return found !== null && realYmd(Number(found[1]), Number(found[2]), Number(found[3])) === text;
}

/** The day it is where this clock hangs. */
export function localYmd(nowMs: number): Ymd {
	const at = new Date(nowMs);
	return fromMs(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()));
}

const monthEnd = (year: number, month: number): Ymd | null =>
	realYmd(year, month, month >= 1 && month <= 12 ? lastDay(year, month) : 0);

/** The month `months` away from today's, as [year, month]. */
function monthFrom(today: Ymd, months: number): [number, number] {
	const index = yearOf(today) * 12 + monthOf(today) - 1 + months;
	return [Math.floor(index / 12), (index % 12) + 1];
}

function withoutYear(today: Ymd, inYear: (year: number) => Ymd | null): Ymd | null {
	const thisYear = inYear(yearOf(today));
	if (thisYear !== null && thisYear >= addDays(today, -typedPastDays)) return thisYear;
	return inYear(yearOf(today) + 1) ?? thisYear;
}

const chineseDigits = '零一二三四五六七八九';

/** 二十一 → 21, 两 → 2; text without Chinese numerals is left as it is. */
function digitsOf(text: string): string {
	return text
		.replaceAll('两', '二')
		.replace(/([一二三四五六七八九])?十([一二三四五六七八九])?/g, (_, tens: string, ones: string) =>
			String(
				(tens ? chineseDigits.indexOf(tens) : 1) * 10 + (ones ? chineseDigits.indexOf(ones) : 0)
			)
		)
		.replace(/[零〇一二三四五六七八九]/g, (digit) =>
			String(Math.max(0, chineseDigits.indexOf(digit)))
		);
}

const fullYear = (year: string): number => Number(year) + (year.length === 2 ? 2000 : 0);

type Rule = readonly [RegExp, (groups: readonly string[], today: Ymd) => Ymd | null];

const weekOffsets: Readonly<Record<string, number>> = { 上: -7, 本: 0, 这: 0, 下: 7 };
const monthOffsets: Readonly<Record<string, number>> = { 上: -1, 本: 0, 这: 0, 下: 1 };
const dayWords: Readonly<Record<string, number>> = {
	昨天: -1,
	今天: 0,
	今日: 0,
	明天: 1,
	明日: 1,
	后天: 2,
	大后天: 3,
	yesterday: -1,
	today: 0,
	tomorrow: 1
};

function weekday(prefix: string, name: string, today: Ymd): Ymd {
	const wanted = /[日天7]/.test(name) ? 7 : Number(name);
	const now = new Date(toMs(today)).getUTCDay() || 7;
	if (prefix !== '') return addDays(today, wanted - now + (weekOffsets[prefix] ?? 0));
	return addDays(today, (wanted - now + 7) % 7);
}

const rules: readonly Rule[] = [
	[
		/^(\d{4}|\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/,
		([y, m, d]) => realYmd(fullYear(y!), Number(m), Number(d))
	],
	[/^((?:19|20|21)\d{2})(\d{2})(\d{2})$/, ([y, m, d]) => realYmd(Number(y), Number(m), Number(d))],
	[/^([2-7]\d{4})(?:\.\d+)?$/, ([serial]) => fromMs(excelEpochMs + Number(serial) * dayMs)],
	[
		/^(\d{1,2})[-/.月](\d{1,2})[日号]?$/,
		([m, d], today) => withoutYear(today, (year) => realYmd(year, Number(m), Number(d)))
	],
	[/^(\d{4}|\d{2})年(\d{1,2})月(?:底|末)$/, ([y, m]) => monthEnd(fullYear(y!), Number(m))],
	[
		/^(\d{1,2})月(?:底|末)$/,
		([m], today) => withoutYear(today, (year) => monthEnd(year, Number(m)))
	],
	[
		/^([上本这下]?)个?月(?:底|末)$/,
		([which], today) => monthEnd(...monthFrom(today, monthOffsets[which!] ?? 0))
	],
	[
		/^([上本这下])个?月(\d{1,2})[日号]?$/,
		([which, d], today) => realYmd(...monthFrom(today, monthOffsets[which!] ?? 0), Number(d))
	],
	[
		/^(?:(\d{4})年|今年|本年|年)(?:年?)(?:底|末)$/,
		([y], today) => realYmd(y ? Number(y) : yearOf(today), 12, 31)
	],
	[
		/^(\d{1,2})[日号]$/,
		([d], today) => {
			const here = realYmd(...monthFrom(today, 0), Number(d));
			return here !== null && here >= today ? here : realYmd(...monthFrom(today, 1), Number(d));
		}
	],
	[
		/^([上本这下]?)个?(?:周|星期|礼拜)([1-7日天])$/,
		([which, name], today) => weekday(which!, name!, today)
	],
	[
		/^(\d{1,3})(天|日|个?星期|周)(?:后|内|之后|以后|以内)$/,
		([count, unit], today) => addDays(today, Number(count) * (/[天日]/.test(unit!) ? 1 : 7))
	]
];

/** Null when it is not a date one can be sure of; nothing is guessed. */
export function parseTypedDate(typed: string, today: Ymd): Ymd | null {
	const plain = typed
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[T\s]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?z?$/i, '')
		.replace(/\s+/g, '')
		.replace(/(?:之前|以前|前|止|截止)$/, '');
	if (Object.hasOwn(dayWords, plain)) return addDays(today, dayWords[plain]!);
	const text = digitsOf(plain);
	for (const [pattern, read] of rules) {
		const found = pattern.exec(text);
		if (found)
			return read(
				found.slice(1).map((group) => group ?? ''),
				today
			);
	}
	return null;
}

/** A year, or a word that looks ahead: then the day is as it was written. */
const saysWhen = /\d{4}|\d{2}年|[今明后]年|[明后]天|大后|下|后|内|周|星期/;

/** For what has happened: a month and day without a year are the last ones there were, not the next. */
export function parsePastDate(typed: string, today: Ymd): Ymd | null {
	const date = parseTypedDate(typed, today);
	if (date === null || date <= today || saysWhen.test(typed.normalize('NFKC'))) return date;
	return realYmd(yearOf(date) - 1, monthOf(date), Number(date.slice(8))) ?? date;
}
