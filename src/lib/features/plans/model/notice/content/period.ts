// The window a plan covers, which tasks without a date of their own inherit.

import type { DeadlineContext } from '../deadline/deadlineContext.ts';
import { scanDeadlines } from '../deadline/scanDeadlines.ts';
import type { Deadline, NoticeDocument } from '../types.ts';
import { ymd } from '../calendarDate.ts';

type Period = NoticeDocument['period'];

/** `sources` from the most to the least telling: brackets under the list's title, titles. */
export function findPeriod(
	sources: readonly (string | null)[],
	preamble: readonly Deadline[],
	ctx: DeadlineContext
): Period {
	for (const source of sources) {
		const found = source ? (windowIn(source, ctx) ?? yearIn(source)) : null;
		if (found) return found;
	}
	const stated = preamble.find((each) => each.kind === 'window' && each.start && each.end);
	return stated?.start && stated.end
		? { expr: stated.expr, start: stated.start, end: stated.end }
		: null;
}

/** A year alone needs more to be a plan's window; see yearIn. */
export const spansMonths = (expr: string): boolean => /[月季半日]|学期|\d{4}\D+\d{4}/.test(expr);

function windowIn(text: string, ctx: DeadlineContext): Period {
	for (const { expr, reading } of scanDeadlines(text, ctx)) {
		const { kind, start, end } = reading;
		if (kind === 'window' && start && end && spansMonths(expr)) return { expr, start, end };
	}
	return null;
}

/** 2023年度党建工作要点 plans a year; 关于召开2022年度…的通知 only names one. */
function yearIn(text: string): Period {
	const m = /((?:19|20)\d{2})年度?(?=[^,，。]*(?:要点|计划|安排|清单|任务))/.exec(text);
	const year = Number(m?.[1]);
	return m ? { expr: m[0], start: ymd(year, 1, 1), end: ymd(year, 12, 31) } : null;
}
