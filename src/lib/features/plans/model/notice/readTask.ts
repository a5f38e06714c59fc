// One leaf of the outline read as a task.

import { addDays, addMonths, type Ymd } from './calendarDate.ts';
import { findDeliverables } from './content/deliverables.ts';
import { findEnumerations } from './content/enumerations.ts';
import { evidenceFor, meetingsOf, moduleOf } from './content/evidence.ts';
import { findQuotas } from './content/quotas.ts';
import { findAppliesTo, findResponsible, findRoles } from './content/roles.ts';
import type { DeadlineContext } from './deadline/deadlineContext.ts';
import { describeDeadlines } from './deadline/parseDeadlines.ts';
import { scanDeadlines } from './deadline/scanDeadlines.ts';
import { titleOf } from './structure/outline.ts';
import type { Deadline, LineRange, NoticeTask, TaskQuestion } from './types.ts';

export type TaskSource = { path: string[]; text: string; lines: LineRange };
export type TaskContext = {
	deadlines: DeadlineContext;
	issuedOn: Ymd | null;
	period: { start: Ymd; end: Ymd } | null;
	/** Who answers when the task names nobody: the section's actor, else the addressee. */
	responsible: string | null;
};

export function readTask(source: TaskSource, ctx: TaskContext): NoticeTask {
	const { path, text, lines } = source;
	const title = titleOf(text);
	const found = scanDeadlines(text, ctx.deadlines);
	const all = describeDeadlines(text, found);
	const deadlines = all.filter((each) => isDuty(each, ctx));
	const roles = findRoles(text);
	const appliesTo = findAppliesTo(text);
	const due = latestDue(deadlines, ctx);
	const inherited = deadlines.length === 0 ? ctx.period?.end : undefined;
	return {
		path,
		title,
		text,
		lines,
		deadlines,
		deliverables: findDeliverables(text),
		roles,
		quotas: findQuotas(text, found),
		...findEnumerations(text),
		...(due ? { due } : inherited && { due: inherited, dueInherited: true as const }),
		...responsibleFor(text, roles, ctx.responsible),
		...(appliesTo && { appliesTo }),
		module: moduleOf(title, text),
		meetings: meetingsOf(text),
		userSettings: settingsIn(all, text),
		suggestedEvidence: evidenceFor(text),
		questions: questionsFor(appliesTo, all, deadlines)
	};
}

/** A told date, a bare year or the name of a meeting is no duty; vague words become a question. */
function isDuty(deadline: Deadline, ctx: TaskContext): boolean {
	if (deadline.kind === 'vague' || deadline.weak || deadline.unresolved) return false;
	if (!deadline.event) return true;
	const recent = ctx.period?.start ?? addDays(ctx.deadlines.docDate, -14);
	return !/[来后]$/.test(deadline.expr) && (deadline.end ?? '') >= recent;
}

function latestDue(deadlines: readonly Deadline[], ctx: TaskContext): Ymd | undefined {
	const ends = deadlines.map((each) => {
		if (each.kind === 'by' || each.kind === 'window') return each.end;
		return each.anchor === 'notice.issued' ? fromIssue(each, ctx.issuedOn) : undefined;
	});
	return ends
		.filter((end) => end !== undefined)
		.sort()
		.at(-1);
}

/** Working days need a holiday table; they stay for people to resolve. */
function fromIssue(deadline: Deadline, issuedOn: Ymd | null): Ymd | undefined {
	const m = /^P(\d+)([DM])$/.exec(deadline.offset ?? '');
	if (!m || !issuedOn || deadline.businessDays) return undefined;
	return m[2] === 'D' ? addDays(issuedOn, Number(m[1])) : addMonths(issuedOn, Number(m[1]));
}

function responsibleFor(text: string, roles: readonly string[], inherited: string | null) {
	const own = findResponsible(text, roles);
	if (own) return { responsible: own };
	return inherited ? { responsible: inherited, responsibleInherited: true as const } : {};
}

function settingsIn(all: readonly Deadline[], text: string): string[] {
	return all
		.filter((each) => each.unresolved)
		.map((each) =>
			each.expr === '统一活动日' && text.includes('主题党日') ? '主题党日统一活动日' : each.expr
		);
}

function questionsFor(
	appliesTo: string | null,
	all: readonly Deadline[],
	deadlines: readonly Deadline[]
): TaskQuestion[] {
	const exprs = all.filter((each) => each.kind === 'vague').map((each) => each.expr);
	const questions: TaskQuestion[] = appliesTo ? [{ code: 'applies-to-others', appliesTo }] : [];
	return deadlines.length === 0 && exprs.length > 0
		? [...questions, { code: 'vague-deadline', exprs: [...new Set(exprs)] }]
		: questions;
}
