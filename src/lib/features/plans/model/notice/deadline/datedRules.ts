// by and window: what a sentence does with one or two points of the calendar.

import { addDays, addMonths } from '../calendarDate.ts';
import type { DeadlineReading } from '../types.ts';
import type { DeadlineContext } from './deadlineContext.ts';
import type { Point } from './point.ts';
import { pointRules } from './points.ts';

export type Read = { length: number; reading: DeadlineReading };

const prefixRe =
	/(截至|截止(?:时间|日期)?(?:为|:|到|至|于)?|不迟于|不晚于|不得迟于|不得晚于|最迟(?:于|在)?|最晚(?:于|在)?|至迟|赶在)|([自从])|(至|到)/y;
const rangeRe = /(?:起|开始)?,?(?:-+|至|到)/y;
const clock =
	'(上午|下午|中午|晚上?|早上)?(?:(\\d{1,2})(?:[:时点](\\d{2}|半)?(?:分)?)(?:整)?|下班)?';
const beforeRe = new RegExp(
	`${clock}(?:之前|以前|前)(?!期|后|夕|提|沿|列|往|去|来|身|[一二三四五六七八九十两\\d]+个?(?:天|日|周|月|工作日))`,
	'y'
);
const clockRe = new RegExp(clock, 'y');
const within = /(?:(?:以|之)?内|以里)(?!容|部|外|在|涵)/y;
const opening =
	/(?:开始|起|以后起)(?:(?:正式)?(?:施行|执行|实施|试行|启用))?(?!草|到|来|步|点|止|义|底)/y;
const closing = /(?:为止|截止|止)/y;
const during = /(?:期间|假期)/y;
const eve = /前夕/y;
const around = /(?:前后|左右)/y;
const since = /(?:以来|以后|之后)/y;

function matchAt(re: RegExp, text: string, pos: number): RegExpExecArray | null {
	re.lastIndex = pos;
	return re.exec(text);
}

/** Where a dated reading may begin, for the scan to jump to. */
export const datedStart = `(?:${prefixRe.source})?(?:${pointRules.map((each) => each.re.source).join('|')})|(?:当天|今天|今日|当日)?下班`;

/** The longest point that starts at `pos`. */
function readPoint(text: string, pos: number, ctx: DeadlineContext, base?: Point) {
	let best: { length: number; point: Point } | null = null;
	for (const each of pointRules) {
		const m = matchAt(each.re, text, pos);
		if (!m || m[0].length <= (best?.length ?? 0)) continue;
		const point = each.read(m, ctx, base);
		if (point) best = { length: m[0].length, point };
	}
	return best;
}

const assumed = (...points: Point[]) =>
	points.some((point) => point.yearAssumed) ? { yearAssumed: true as const } : {};

function byEnd(point: Point, ctx: DeadlineContext): string {
	if (point.unit === 'festival' || point.unit === 'start' || point.unit === 'span') {
		return addDays(point.start, -1);
	}
	return point.unit === 'day' && ctx.strictBefore ? addDays(point.end, -1) : point.end;
}

function clockTime(m: RegExpExecArray, ctx: DeadlineContext): string | undefined {
	if (m[0].startsWith('下班')) return ctx.offTime;
	if (!m[2])
		return m[1] === '中午' || m[1] === '上午' ? '12:00' : m[1] === '下午' ? ctx.offTime : undefined;
	const hour = Number(m[2]) + (/[下晚]/.test(m[1] ?? '') && Number(m[2]) < 12 ? 12 : 0);
	const minute = m[3] === '半' ? '30' : (m[3] ?? '00');
	return hour < 25 && Number(minute) < 60
		? `${String(hour).padStart(2, '0')}:${minute}`
		: undefined;
}

function readBefore(text: string, pos: number, point: Point, ctx: DeadlineContext): Read | null {
	const m = matchAt(beforeRe, text, pos);
	if (!m) return null;
	const time = clockTime(m, ctx);
	// With a time of day the day itself is always meant.
	const end = time && point.unit === 'day' ? point.end : byEnd(point, ctx);
	return {
		length: m[0].length,
		reading: { kind: 'by', end, ...(time && { time }), ...assumed(point) }
	};
}

type Suffix = {
	re: RegExp;
	when?(point: Point): boolean;
	read(point: Point, ctx: DeadlineContext): DeadlineReading;
};
const suffixes: readonly Suffix[] = [
	{
		re: within,
		when: (p) => p.unit !== 'day',
		read: (p) => ({ kind: 'by', end: p.end, ...assumed(p) })
	},
	{ re: closing, read: (p) => ({ kind: 'by', end: p.end, ...assumed(p) }) },
	{ re: opening, read: (p) => ({ kind: 'window', start: p.start, ...assumed(p) }) },
	{ re: during, read: (p) => ({ kind: 'window', start: p.start, end: p.end }) },
	{
		re: eve,
		read: (p) => ({ kind: 'window', start: addDays(p.start, -7), end: addDays(p.start, -1) })
	},
	{
		re: around,
		read: (p) => ({ kind: 'window', start: addDays(p.start, -3), end: addDays(p.end, 3) })
	},
	{
		re: since,
		when: (p) => !p.bare,
		read: (p, ctx) => ({
			kind: 'window',
			start: p.start,
			...(p.start <= ctx.docDate && { end: ctx.docDate }),
			event: true
		})
	}
];

/** 3月1日至4月15日; an end without a year that falls before the start belongs to the next year. */
function readRange(text: string, pos: number, first: Point, ctx: DeadlineContext): Read | null {
	const link = matchAt(rangeRe, text, pos);
	if (!link) return null;
	const from = pos + link[0].length;
	const second = readPoint(text, from, ctx, first.unit === 'festival' ? undefined : first);
	if (!second) return null;
	let end = second.point.end;
	if (end < first.start && second.point.floating) end = addMonths(end, 12);
	if (end < first.start) return null;
	const stop =
		matchAt(closing, text, from + second.length) ?? matchAt(during, text, from + second.length);
	return {
		length: link[0].length + second.length + (stop?.[0].length ?? 0),
		reading: { kind: 'window', start: first.start, end, ...assumed(first) }
	};
}

function readSuffix(text: string, pos: number, point: Point, ctx: DeadlineContext): Read | null {
	for (const each of suffixes) {
		const m = matchAt(each.re, text, pos);
		if (m && (each.when?.(point) ?? true))
			return { length: m[0].length, reading: each.read(point, ctx) };
	}
	return null;
}

/** A year alone is a deadline only where a phase is planned for it (2023年全面实施). */
const phase =
	/(?:[\u4e00-\u9fa5]{0,2})?(?:试点|全面|巩固|启动|实施|推进|完成|建成|基本|力争|深化|提升)/y;

/** 第一季度工作计划: the span names a paper or an event and sets no date. */
const nameOf =
	/(?:的)?(?:党建|工作|学习|重点|党员|年度)*(?:计划|总结|报告|要点|安排|清单|台账|任务|情况|例会|述职|考核|工作)/y;

function plainWindow(
	text: string,
	pos: number,
	point: Point,
	ctx: DeadlineContext
): DeadlineReading {
	const reading: DeadlineReading = {
		kind: 'window',
		start: point.start,
		end: point.end,
		...assumed(point)
	};
	const ofPhase = /阶段\([^()]{4,12}$/.test(text.slice(Math.max(0, pos - 16), pos));
	if (point.year && !ofPhase && !matchAt(phase, text, pos)) return { ...reading, weak: true };
	if (point.unit !== 'day' && matchAt(nameOf, text, pos)) return { ...reading, weak: true };
	return point.end < ctx.docDate ? { ...reading, event: true } : reading;
}

function readOff(text: string, pos: number, ctx: DeadlineContext): Read | null {
	const m = matchAt(/(?:当天|今天|今日|当日)?下班(?:之前|以前|前)/y, text, pos);
	return m && { length: m[0].length, reading: { kind: 'by', end: ctx.docDate, time: ctx.offTime } };
}

export function readDated(text: string, pos: number, ctx: DeadlineContext): Read | null {
	const off = readOff(text, pos, ctx);
	if (off) return off;
	const prefix = matchAt(prefixRe, text, pos);
	const head = prefix?.[0].length ?? 0;
	const first = readPoint(text, pos + head, ctx);
	if (!first) return null;
	const after = pos + head + first.length;
	const tail =
		readBefore(text, after, first.point, ctx) ??
		readRange(text, after, first.point, ctx) ??
		readSuffix(text, after, first.point, ctx);
	const length = head + first.length + (tail?.length ?? 0);
	if (tail) return fitsPrefix(prefix, tail.reading) ? { length, reading: tail.reading } : null;
	if (prefix?.[1]) return readUntil(text, pos, length, first.point, ctx);
	if (prefix || first.point.bare) return null;
	return { length, reading: plainWindow(text, after, first.point, ctx) };
}

/** 截止4月8日17时: the time of day may follow without 前. */
function readUntil(
	text: string,
	pos: number,
	length: number,
	point: Point,
	ctx: DeadlineContext
): Read {
	const m = matchAt(clockRe, text, pos + length);
	const time = m?.[0] ? clockTime(m, ctx) : undefined;
	return {
		length: length + (time ? (m?.[0].length ?? 0) : 0),
		reading: { kind: 'by', end: point.end, ...(time && { time }), ...assumed(point) }
	};
}

/** 自…起 and 至…止 need their other half; without it the words start later. */
function fitsPrefix(prefix: RegExpExecArray | null, reading: DeadlineReading): boolean {
	if (prefix?.[2]) return reading.kind === 'window' && !reading.event;
	return !prefix?.[3] || reading.kind === 'by';
}
