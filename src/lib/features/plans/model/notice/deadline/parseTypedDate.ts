// A date as a person types it into a form. The year defaults to the one that makes it near:
// more than six months back means the next year.

import { addDays, addMonths, monthOf, realYmd, yearOf, type Ymd } from '../calendarDate.ts';
import { foldWidth } from './compactText.ts';
import { deadlineContext } from './deadlineContext.ts';
import { num, toNumber } from './numerals.ts';
import { scanDeadlines } from './scanDeadlines.ts';

type Rule = { re: RegExp; read(m: RegExpExecArray, today: Ymd): Ymd | null };

const days: Record<string, number> = {
	前天: -2,
	昨天: -1,
	昨日: -1,
	今天: 0,
	今日: 0,
	明天: 1,
	明日: 1,
	后天: 2,
	大后天: 3
};

function nearYear(month: number, today: Ymd): number {
	return yearOf(today) + (monthOf(today) - month > 6 ? 1 : 0);
}

const rules: readonly Rule[] = [
	{
		re: /^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?$/,
		read: (m) => realYmd(Number(m[1]), Number(m[2]), Number(m[3]))
	},
	{ re: /^(\d{4})(\d{2})(\d{2})$/, read: (m) => realYmd(Number(m[1]), Number(m[2]), Number(m[3])) },
	{
		re: /^(\d{1,2})[-./](\d{1,2})$/,
		read: (m, today) => realYmd(nearYear(Number(m[1]), today), Number(m[1]), Number(m[2]))
	},
	{
		re: new RegExp(`^${num}[日号]$`),
		read: (m, today) => realYmd(yearOf(today), monthOf(today), toNumber(m[1] ?? ''))
	},
	{
		re: /^(?:大?[前后]天|[昨今明][天日])$/,
		read: (m, today) => (m[0] in days ? addDays(today, days[m[0]] ?? 0) : null)
	},
	{
		re: new RegExp(`^${num}(天|日|个?星期|周|个月)(?:之|以)?后$`),
		read: (m, today) => {
			const n = toNumber(m[1] ?? '');
			return m[2] === '个月'
				? addMonths(today, n)
				: addDays(today, /[天日]/.test(m[2] ?? '') ? n : n * 7);
		}
	}
];

export function parseTypedDate(text: string, today: Ymd): Ymd | null {
	const typed = foldWidth(text)
		.replace(/\s+/g, '')
		.replace(/[,。]+$/, '')
		.replace(/前$/, '');
	if (!typed || typed.length > 20) return null;
	for (const { re, read } of rules) {
		const m = re.exec(typed);
		if (m) return read(m, today);
	}
	// Whatever the grammar reads as a whole (下周五, 月底, 国庆节) has its last day as the date.
	return (
		readWhole(typed, today) ?? readWhole(`${typed}期间`, today) ?? readWhole(`${typed}前`, today)
	);
}

function readWhole(typed: string, today: Ymd): Ymd | null {
	const [found] = scanDeadlines(typed, deadlineContext(today));
	const whole = found?.from === 0 && found.to === typed.length;
	return whole && !found.reading.weak ? (found.reading.end ?? null) : null;
}
