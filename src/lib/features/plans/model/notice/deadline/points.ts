// Named spans of the calendar (3月底, 第二季度, 下周五, 本学期): the nouns of the grammar.
// What a sentence does with them (前, 至, 起) is in datedRules.ts.

import {
	addDays,
	addMonths,
	dayOf,
	daysInMonth,
	monthOf,
	monthSpan,
	realYmd,
	yearOf,
	ymd,
	type DateSpan
} from '../calendarDate.ts';
import type { DeadlineContext } from './deadlineContext.ts';
import { namedPointRules } from './namedPoints.ts';
import { fullYear, num, toNumber } from './numerals.ts';
import { oneDay, rule, type Point, type PointRule } from './point.ts';

const relativeYears: Record<string, number> = {
	去: -1,
	上: -1,
	今: 0,
	本: 0,
	当: 0,
	该: 0,
	明: 1,
	次: 1,
	来: 1,
	翌: 1
};
const yearSource = `(?:${fullYear}年|([去今本当明次翌])年)?`;
const part = '(上旬|中旬|下旬|底|末|初)';
type Year = { year: number; yearAssumed?: true; floating?: true };

/** A month more than 6 months before the notice belongs to the next year. */
function yearFor(
	written: string | undefined,
	relative: string | undefined,
	month: number,
	ctx: DeadlineContext,
	base?: Point
): Year {
	if (written) return { year: toNumber(written) };
	const from = base ? yearOf(base.start) : yearOf(ctx.docDate);
	if (relative) return { year: from + (relativeYears[relative] ?? 0) };
	if (base) return { year: from, floating: true };
	const rolls = monthOf(ctx.docDate) - month > 6;
	return rolls
		? { year: from + 1, yearAssumed: true, floating: true }
		: { year: from, floating: true };
}

export function partOfMonth(
	year: number,
	month: number,
	name: string,
	ctx: DeadlineContext
): DateSpan {
	const last = daysInMonth(year, month);
	const parts: Record<string, [number, number]> = {
		上旬: [1, 10],
		中旬: [11, 20],
		下旬: [21, last],
		初: [1, ctx.monthStartDays]
	};
	const [from, to] = parts[name] ?? [last - ctx.monthEndDays + 1, last];
	return { start: ymd(year, month, from), end: ymd(year, month, to) };
}

function flags(year: Year): Pick<Point, 'yearAssumed' | 'floating'> {
	return {
		...(year.yearAssumed && { yearAssumed: true }),
		...(year.floating && { floating: true })
	};
}

function monthPoint(
	year: Year,
	month: number,
	name: string | undefined,
	ctx: DeadlineContext
): Point | null {
	if (month < 1 || month > 12) return null;
	return name
		? { ...partOfMonth(year.year, month, name, ctx), unit: 'edge', ...flags(year) }
		: { ...monthSpan(year.year, month), unit: 'span', ...flags(year) };
}

const dateRules: PointRule[] = [
	rule(`${yearSource}${num}月${num}[日号]`, (m, ctx, base) => {
		const month = toNumber(m[3] ?? '');
		const year = yearFor(m[1], m[2], month, ctx, base);
		return oneDay(realYmd(year.year, month, toNumber(m[4] ?? '')), flags(year));
	}),
	rule(`${fullYear}[-./](\\d{1,2})[-./](\\d{1,2})(?!\\d)`, (m) =>
		oneDay(realYmd(toNumber(m[1] ?? ''), Number(m[2]), Number(m[3])))
	),
	rule(`${yearSource}${num}月${num}(?:日|号)?(?:-|至|到|、)${num}[日号]`, (m, ctx) => {
		const month = toNumber(m[3] ?? '');
		const year = yearFor(m[1], m[2], month, ctx);
		const start = realYmd(year.year, month, toNumber(m[4] ?? ''));
		const end = realYmd(year.year, month, toNumber(m[5] ?? ''));
		return start && end && start <= end ? { start, end, unit: 'edge', ...flags(year) } : null;
	}),
	// A day of the month already named, of this month or of the next one when it has passed.
	rule(`(?<!月)${num}[日号]`, (m, ctx, base) => {
		const day = toNumber(m[1] ?? '');
		const at = base?.start ?? (day < dayOf(ctx.docDate) ? addMonths(ctx.docDate, 1) : ctx.docDate);
		return oneDay(realYmd(yearOf(at), monthOf(at), day), { bare: true });
	}),
	rule('(即日|今[日天]|当[日天]|明[日天]|后天)', (m, ctx) => {
		const ahead = /^明/.test(m[0]) ? 1 : m[0] === '后天' ? 2 : 0;
		return oneDay(addDays(ctx.docDate, ahead), { bare: true });
	})
];

const monthRules: PointRule[] = [
	// The guard keeps a day that does not exist (2月30日) from being read as its month.
	rule(`${yearSource}${num}月(?!${num}[日号])(?:份)?${part}?`, (m, ctx, base) => {
		const month = toNumber(m[3] ?? '');
		return monthPoint(yearFor(m[1], m[2], month, ctx, base), month, m[5], ctx);
	}),
	rule(`${yearSource}${num}(?:月份?)?(?:-+|至|到|、)${num}月份?`, (m, ctx) => {
		const [from, to] = [toNumber(m[3] ?? ''), toNumber(m[4] ?? '')];
		const year = yearFor(m[1], m[2], from, ctx);
		if (from < 1 || from > 12 || to < 1 || to > 12) return null;
		const months = to >= from ? to - from + 1 : to - from + 13;
		return { ...monthSpan(year.year, from, months), unit: 'edge', ...flags(year) };
	}),
	rule(`(本|当|这个?|下下个?|下个?|次|上个?)月(?:份)?(?:${part}|${num}[日号])?`, (m, ctx) => {
		const name = m[1] ?? '';
		const ahead = name.startsWith('下下')
			? 2
			: /^[下次]/.test(name)
				? 1
				: name.startsWith('上')
					? -1
					: 0;
		const at = addMonths(`${ctx.docDate.slice(0, 8)}01`, ahead);
		if (!m[3]) return monthPoint({ year: yearOf(at) }, monthOf(at), m[2], ctx);
		return oneDay(realYmd(yearOf(at), monthOf(at), toNumber(m[3])));
	}),
	rule('(?<![\\d一二三四五六七八九十])月(底|末|初|上旬|中旬|下旬)', (m, ctx) =>
		monthPoint({ year: yearOf(ctx.docDate) }, monthOf(ctx.docDate), m[1], ctx)
	),
	// The second half of a range: 3月上旬至中旬, 3月初至月底.
	rule('月?(上旬|中旬|下旬|底|末)', (m, ctx, base) =>
		base ? monthPoint({ year: yearOf(base.start) }, monthOf(base.start), m[1], ctx) : null
	)
];

function months(
	year: number,
	first: number,
	count: number,
	edge: string | undefined,
	ctx: DeadlineContext
): Point {
	const span = monthSpan(year, first, count);
	if (!edge) return { ...span, unit: 'span' };
	if (edge === '结束') return { start: span.end, end: span.end, unit: 'edge' };
	const month = edge === '初' ? first : first + count - 1;
	return { ...partOfMonth(year, month, edge, ctx), unit: 'edge' };
}

const yearRules: PointRule[] = [
	rule(`${yearSource}(?:第?([一二三四1-4])|([本下]))季度(末|底|初|结束)?`, (m, ctx, base) => {
		const current = Math.ceil(monthOf(ctx.docDate) / 3);
		const quarter = m[3] ? toNumber(m[3]) : m[4] === '下' ? current + 1 : current;
		const { year } = yearFor(m[1], m[2], 12, ctx, base);
		return months(year + (quarter > 4 ? 1 : 0), ((quarter - 1) % 4) * 3 + 1, 3, m[5], ctx);
	}),
	rule(`${yearSource}([上下])半年(末|底|初|结束)?`, (m, ctx, base) => {
		const { year } = yearFor(m[1], m[2], 12, ctx, base);
		return months(year, m[3] === '上' ? 1 : 7, 6, m[4], ctx);
	}),
	rule(`(?:${fullYear}年?|([今本当明次])年?)?年(底|末|终|初)`, (m, ctx, base) => {
		const { year } = yearFor(m[1], m[2], 12, ctx, base);
		return { ...monthSpan(year, m[3] === '初' ? 1 : 12), unit: 'edge' };
	}),
	rule(`${fullYear}(?:年?(?:-+|至|到)${fullYear})?年(?:度(?=以?内|底|末))?(?!度|级|版|龄)`, (m) => {
		const from = toNumber(m[1] ?? '');
		const to = m[2] ? toNumber(m[2]) : from;
		if (to < from) return null;
		return {
			start: ymd(from, 1, 1),
			end: ymd(to, 12, 31),
			unit: 'span',
			...(!m[2] && { year: true })
		};
	}),
	rule('(今|本|明)?年度?(?=(?:以|之)?内)', (m, ctx) => {
		const year = yearOf(ctx.docDate) + (m[1] === '明' ? 1 : 0);
		return { start: ymd(year, 1, 1), end: ymd(year, 12, 31), unit: 'span' };
	})
];

export const pointRules: readonly PointRule[] = [
	...dateRules,
	...monthRules,
	...yearRules,
	...namedPointRules
];
