// 每…: rhythms. `period` is the bucket in which `times` must happen; each RRULE date is a due date.

import type { DeadlineReading, RecurrencePeriod } from '../types.ts';
import { addMonths, monthSpan, yearOf, monthOf, daysInMonth } from '../calendarDate.ts';
import type { DeadlineContext } from './deadlineContext.ts';
import { num, toNumber } from './numerals.ts';

export type PhraseRule = {
	re: RegExp;
	read(m: RegExpExecArray, ctx: DeadlineContext): DeadlineReading | 'none' | null;
};
export const phrase = (source: string, read: PhraseRule['read']): PhraseRule => ({
	re: new RegExp(source, 'y'),
	read
});

const byDay: Record<string, string> = {
	一: 'MO',
	二: 'TU',
	三: 'WE',
	四: 'TH',
	五: 'FR',
	六: 'SA',
	日: 'SU',
	天: 'SU'
};
const before = '(?:之前|以前|前)?';
const tally = '(?:次|期|场|篇|节|课时|学时|堂|轮|遍|回|份|条)';
const gap = '[^,，。;；:：、!?每\\d()<>\\n]{0,16}?';
const least = '(至少|不少于|不低于|最少|原则上不少于)?';
const week = '(?:周|星期|礼拜)';

function every(
	rrule: string,
	period: RecurrencePeriod,
	extra: Partial<DeadlineReading> = {}
): DeadlineReading {
	return { kind: 'recurring', rrule, times: 1, period, ...extra };
}

/** Months and last day of the terms, from the school calendar. */
function termRule(ctx: DeadlineContext): string {
	const ends = [ctx.terms.spring[1], ctx.terms.autumn[1]].sort();
	const months = ends.map((end) => Number(end.slice(0, 2)));
	const days = [...new Set(ends.map((end) => Number(end.slice(3))))];
	return `FREQ=YEARLY;BYMONTH=${months.join(',')};BYMONTHDAY=${days.length === 1 ? days[0] : -1}`;
}

function lastOf(unit: string, ctx: DeadlineContext): DeadlineReading {
	if (/^[日天]$/.test(unit)) return every('FREQ=DAILY', 'day');
	if (/^(?:两|双|隔)(?:周|星期)$/.test(unit))
		return every('FREQ=WEEKLY;INTERVAL=2;BYDAY=SU', 'week');
	if (/周|星期|礼拜/.test(unit)) return every('FREQ=WEEKLY;BYDAY=SU', 'week');
	if (unit === '旬') return every('FREQ=MONTHLY;BYMONTHDAY=10,20,-1', 'month');
	if (/^(?:两|双|隔)(?:个)?月$/.test(unit))
		return every('FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1', 'month');
	if (/季/.test(unit)) return every('FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1', 'quarter');
	if (unit === '半年') return every('FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1', 'halfyear');
	if (unit === '学期') return every(termRule(ctx), 'term');
	if (/年/.test(unit)) return every('FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31', 'year');
	return every('FREQ=MONTHLY;BYMONTHDAY=-1', 'month');
}

const unit = '(两周|双周|隔周|两个?月|隔月|半年|学期|学年|年度?|季度?|月|旬|周|星期|日|天)';
const each = '(?:每一?个?|每隔)';
// 每周三下午开展1次 is a day of the week; 每周一次 is a number.
const weekdayAhead = `[一二三四五六日天](?!个?${tally})`;

const counted: PhraseRule[] = [
	// 每月至少开展2次, 每季度召开1次, 每两周1次
	phrase(
		`${each}${unit}(?!第|首|末|最后|底|初|中旬|上旬|下旬|${weekdayAhead})${gap}${least}${num}(?:(?:-|至|到)${num})?个?${tally}(以上)?`,
		(m, ctx) => ({
			...lastOf(m[1] ?? '', ctx),
			times: toNumber(m[3] ?? ''),
			...((m[2] || m[4] || m[5] || /至少|不少于|不低于|最少/.test(m[0])) && { min: true as const })
		})
	),
	phrase(`${each}${unit}(?:度)?(?:实现)?全覆盖`, (m, ctx) => ({
		...lastOf(m[1] ?? '', ctx),
		coverage: true
	})),
	phrase(`${each}${unit}(?!第|首|末|最后|[的人位名间])`, (m, ctx) => lastOf(m[1] ?? '', ctx)),
	phrase(`(?:按|逐)(月|季度?|周|年|学期|旬)(?!份|期)`, (m, ctx) => lastOf(m[1] ?? '', ctx)),
	phrase(`[一每](周|月|季度?|年|学期|旬)[一1](?=[\\u4e00-\\u9fa5])(?!级)`, (m, ctx) =>
		lastOf(m[1] ?? '', ctx)
	),
	phrase(`半年[一1](?=[\\u4e00-\\u9fa5])`, (_m, ctx) => lastOf('半年', ctx)),
	phrase(`(周|月|季度?|年度)(?:例会|督导|调度会?|研判|通报)`, (m, ctx) => ({
		...lastOf(m[1] ?? '', ctx),
		weak: true
	})),
	phrase(`年度(?:述职|民主评议|考核测评|测评)(?:测评|评议|考核)?`, (_m, ctx) => ({
		...lastOf('年', ctx),
		weak: true
	}))
];

const weekly: PhraseRule[] = [
	phrase(
		`${each}${week}([一二三四五六日天](?:、[一二三四五六日天])*)(?:上午|下午|晚上?)?${before}`,
		(m) => {
			const days = (m[1] ?? '').split('、').map((day) => byDay[day]);
			return every(
				`FREQ=WEEKLY;BYDAY=${days.join(',')}`,
				'week',
				days.length > 1 ? { times: days.length } : {}
			);
		}
	),
	phrase(`(?:隔周|双周|每两周)(?:${week})?([一二三四五六日天])`, (m) =>
		every(`FREQ=WEEKLY;INTERVAL=2;BYDAY=${byDay[m[1] ?? '']}`, 'week')
	)
];

const parts: Record<string, number> = { 底: -1, 末: -1, 上旬: 10, 中旬: 20, 下旬: -1 };
const dayOfPart = (part: string, ctx: DeadlineContext): number => parts[part] ?? ctx.monthStartDays;
const okDay = (day: number): boolean => day >= 1 && day <= 31;

const monthly: PhraseRule[] = [
	phrase(`${each}月(?:的)?${num}(?:[日号]?(?:-|至|到)${num})?[日号]${before}`, (m) => {
		const day = toNumber(m[2] ?? m[1] ?? '');
		return okDay(day) ? every(`FREQ=MONTHLY;BYMONTHDAY=${day}`, 'month') : null;
	}),
	phrase(`${each}月(?:份)?(底|末|初|上旬|中旬|下旬)${before}`, (m, ctx) =>
		every(`FREQ=MONTHLY;BYMONTHDAY=${dayOfPart(m[1] ?? '', ctx)}`, 'month')
	),
	phrase(
		`${each}月(?:的)?(最后一|倒数第[一1]|第[一二三四1-4]|首)个?${week}([一二三四五六日天])`,
		(m) => {
			const which = m[1] ?? '';
			const nth = which === '首' ? 1 : which.startsWith('第') ? toNumber(which.slice(1)) : -1;
			return every(`FREQ=MONTHLY;BYDAY=${nth}${byDay[m[2] ?? '']}`, 'month');
		}
	),
	phrase(`${each}月(?:的)?最后一?个?工作日${before}`, () =>
		every('FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'month')
	),
	phrase(`${each}?(单|双)月`, (m) => evenOdd(m[1] ?? '')),
	phrase(`逢(单|双)月`, (m) => evenOdd(m[1] ?? '')),
	// The monthly cycle: the spot check comes before the circular of the last day.
	phrase(`月初(?:部署|安排|计划|布置)`, (_m, ctx) =>
		every(`FREQ=MONTHLY;BYMONTHDAY=${ctx.monthStartDays}`, 'month')
	),
	phrase(`月中(?:督查|督导|检查|调度|推进)`, () => every('FREQ=MONTHLY;BYMONTHDAY=15', 'month')),
	phrase(`月[底末](?:抽查|检查|督查)`, () => every('FREQ=MONTHLY;BYMONTHDAY=-3', 'month')),
	phrase(`月[底末](?:通报|点评|小结|总结|考核)`, () =>
		every('FREQ=MONTHLY;BYMONTHDAY=-1', 'month')
	),
	phrase(`统一活动日`, () => ({
		kind: 'recurring',
		rrule: null,
		times: 1,
		period: 'month',
		unresolved: true
	}))
];

function evenOdd(which: string): DeadlineReading {
	const months = which === '单' ? '1,3,5,7,9,11' : '2,4,6,8,10,12';
	return every(`FREQ=YEARLY;BYMONTH=${months};BYMONTHDAY=-1`, 'month');
}

const quarterMonths: Record<string, number> = { 首: 1, 末: 3, 中间: 2, 最后一: 3 };

const quarterly: PhraseRule[] = [
	phrase(
		`${each}季度?(?:的)?(?:(首|末|最后一|中间)个?月|第?([一二三1-3])个?月)(?:份)?(?:的)?(?:${num}[日号]|(底|末|初|上旬|中旬|下旬))?${before}`,
		(m, ctx) => {
			const nth = m[1] ? (quarterMonths[m[1]] ?? 3) : toNumber(m[2] ?? '');
			const day = m[3] ? toNumber(m[3]) : m[4] ? dayOfPart(m[4], ctx) : -1;
			const months = [0, 3, 6, 9].map((first) => first + nth).join(',');
			if (m[3] && !okDay(day)) return null;
			return every(`FREQ=YEARLY;BYMONTH=${months};BYMONTHDAY=${day}`, 'quarter');
		}
	),
	phrase(`(?:${each}季度?|季度)(末|底|结束)${before}`, (_m, ctx) => lastOf('季度', ctx)),
	phrase(`${each}季度?初`, (_m, ctx) =>
		every(`FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=${ctx.monthStartDays}`, 'quarter')
	)
];

function yearlyDay(month: number, day: number): DeadlineReading | null {
	if (month < 1 || month > 12 || day > daysInMonth(2024, month)) return null;
	return every(`FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=${day}`, 'year');
}

const yearly: PhraseRule[] = [
	phrase(
		`${each}年(?:的)?${num}月(?:份)?(?:${num}[日号]|(底|末|初|上旬|中旬|下旬))?${before}`,
		(m, ctx) => {
			const month = toNumber(m[1] ?? '');
			const part = m[3] ? dayOfPart(m[3], ctx) : -1;
			const last = month === 2 ? -1 : daysInMonth(2023, Math.min(Math.max(month, 1), 12));
			return yearlyDay(month, m[2] ? toNumber(m[2]) : part === -1 ? last : part);
		}
	),
	phrase(`${each}年(?:的)?(${num}月(?:份)?(?:[、和及]${num}月(?:份)?)+)`, (m) => {
		const months = [...(m[1] ?? '').matchAll(new RegExp(`${num}月`, 'g'))].map((each) =>
			toNumber(each[1] ?? '')
		);
		if (months.some((month) => month < 1 || month > 12)) return null;
		return every(`FREQ=YEARLY;BYMONTH=${months.join(',')};BYMONTHDAY=-1`, 'month');
	}),
	phrase(`${each}年(?:的)?年?(底|末|终|初)${before}`, (m, ctx) =>
		m[1] === '初' ? every(`FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31`, 'year') : lastOf('年', ctx)
	),
	phrase(`${each}学期(末|初|结束|开学初?)${before}`, (m, ctx) => {
		if (!/[初开]/.test(m[1] ?? '')) return lastOf('学期', ctx);
		const months = [ctx.terms.spring[0], ctx.terms.autumn[0]].map((day) => Number(day.slice(0, 2)));
		return every(`FREQ=YEARLY;BYMONTH=${months.join(',')};BYMONTHDAY=-1`, 'term');
	}),
	phrase(`(?:${each}届)?任期(?:一般|原则上)?(?:为|是)?${num}年`, (m) =>
		every(`FREQ=YEARLY;INTERVAL=${toNumber(m[1] ?? '')}`, 'term-of-office', {
			anchor: 'election.date'
		})
	),
	// 3月、4月分别开展1期: once in each month that is named.
	phrase(
		`${num}月(?:份)?((?:[、和及]${num}月(?:份)?)+)(?:分别|各)(?:(?=[^,，。;；\\d]{0,8}\\d{1,2}(?:次|期|场)))?`,
		(m, ctx) => namedMonths(m[0], ctx)
	)
];

function namedMonths(words: string, ctx: DeadlineContext): DeadlineReading | null {
	const months = [...words.matchAll(new RegExp(`${num}月`, 'g'))].map((m) => toNumber(m[1] ?? ''));
	const [first, last] = [months[0] ?? 0, months.at(-1) ?? 0];
	if (
		months.some((month, i) => month < 1 || month > 12 || (i > 0 && month <= (months[i - 1] ?? 0)))
	)
		return null;
	const year = yearOf(addMonths(ctx.docDate, monthOf(ctx.docDate) - first > 6 ? 12 : 0));
	return every(
		`FREQ=YEARLY;BYMONTH=${months.join(',')};BYMONTHDAY=-1;COUNT=${months.length}`,
		'month',
		{
			start: monthSpan(year, first).start,
			end: monthSpan(year, last).end
		}
	);
}

export const recurringRules: readonly PhraseRule[] = [
	...counted,
	...weekly,
	...monthly,
	...quarterly,
	...yearly
];
