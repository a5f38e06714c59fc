// Points without a month in their name: days of the week, terms, school holidays, festivals.

import { addDays, weekSpan, yearOf, type DateSpan } from '../calendarDate.ts';
import { festivalDate, festivalNames } from './festivals.ts';
import { fullYear, toNumber } from './numerals.ts';
import { oneDay, rule, type Point, type PointRule } from './point.ts';
import { nextTermStart, schoolHoliday, termAt, termSpan } from './schoolYear.ts';

const weekdays = '一二三四五六日';
const weekdayNumber = (char: string): number =>
	/[天末]/.test(char) ? 7 : weekdays.indexOf(char) + 1;

const weekRules: PointRule[] = [
	rule('(本|这|下下|下|上)(?:个)?(?:周|星期|礼拜)([一二三四五六日天末])?', (m, ctx) => {
		const ahead = { 下: 7, 下下: 14, 上: -7 }[m[1] ?? ''] ?? 0;
		const week = weekSpan(addDays(ctx.docDate, ahead));
		if (!m[2]) return { ...week, unit: 'span' };
		return oneDay(addDays(week.start, weekdayNumber(m[2]) - 1));
	}),
	rule('(?:周|星期)([一二三四五六日天])', (m, ctx) => {
		const date = addDays(weekSpan(ctx.docDate).start, weekdayNumber(m[1] ?? '') - 1);
		return oneDay(date < ctx.docDate ? addDays(date, 7) : date, { bare: true });
	})
];

const schoolRules: PointRule[] = [
	rule('(本|这个?|下个?|新)?学期(末|初|结束|底)', (m, ctx) =>
		termPart(termAt(ctx.docDate, ctx, /^[下新]/.test(m[1] ?? '') ? 1 : 0), m[2])
	),
	rule('(本|这个?|下个?|新)学期', (m, ctx) =>
		termPart(termAt(ctx.docDate, ctx, /^[下新]/.test(m[1] ?? '') ? 1 : 0), undefined)
	),
	rule(`(?:${fullYear}年?)?([春秋])季学期(末|初|结束|底)?`, (m, ctx) => {
		const season = m[2] === '春' ? 'spring' : 'autumn';
		const span = termSpan(m[1] ? toNumber(m[1]) : yearOf(ctx.docDate), season, ctx);
		return termPart(span, m[3]);
	}),
	rule('期末(?:考试)?', (_m, ctx) => {
		const point = termPart(termAt(ctx.docDate, ctx), '末');
		return point && { ...point, bare: true };
	}),
	rule('([暑寒])假(结束)?', (m, ctx) => {
		const span = schoolHoliday(ctx.docDate, m[1] === '暑' ? 'summer' : 'winter', ctx);
		return m[2] ? { start: span.end, end: span.end, unit: 'edge' } : { ...span, unit: 'span' };
	}),
	rule('开学', (_m, ctx) => {
		const start = nextTermStart(ctx.docDate, ctx);
		return start ? { start, end: start, unit: 'start', bare: true } : null;
	})
];

function termPart(term: DateSpan | null, name: string | undefined): Point | null {
	if (!term) return null;
	if (name === '初') return { start: term.start, end: addDays(term.start, 13), unit: 'edge' };
	if (name === '结束') return { start: term.end, end: term.end, unit: 'edge' };
	return name
		? { start: addDays(term.end, -13), end: term.end, unit: 'edge' }
		: { ...term, unit: 'span' };
}

const festivalRule = rule(
	`(?:${fullYear}年|([今明])年)?["“”'‘’]?(${festivalNames.join('|')})["“”'‘’]?(?:国际)?节?(?:假期|放假)?`,
	(m, ctx) => {
		const asked = m[1] ? toNumber(m[1]) : yearOf(ctx.docDate) + (m[2] === '明' ? 1 : 0);
		const date = festivalDate(m[3] ?? '', asked);
		const passed = !m[1] && !m[2] && date !== null && date < ctx.docDate;
		const day = passed ? festivalDate(m[3] ?? '', asked + 1) : date;
		return day ? { start: day, end: day, unit: 'festival', bare: true } : null;
	}
);

export const namedPointRules: readonly PointRule[] = [...weekRules, ...schoolRules, festivalRule];
