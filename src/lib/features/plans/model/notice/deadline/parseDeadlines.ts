// From words to deadlines: the public face of the grammar.

import type { Deadline, DeadlineReading } from '../types.ts';
import { clauseRange, segmentsOf } from './clauseOf.ts';
import type { DeadlineContext } from './deadlineContext.ts';
import { scanDeadlines, type FoundDeadline } from './scanDeadlines.ts';

/** Every expression in the text in reading order, told dates (`event`) and bare names (`weak`) included. */
export function parseDeadlines(text: string, ctx: DeadlineContext): Deadline[] {
	return describeDeadlines(text, scanDeadlines(text, ctx));
}

/** The same for a text that has been scanned already. */
export function describeDeadlines(text: string, found: readonly FoundDeadline[]): Deadline[] {
	const segments = segmentsOf(text);
	return found.map((each) => toDeadline(text, segments, each));
}

/** One expression by itself; `none` when it is no deadline (2022年度, 学制5天). */
export function parseDeadlineExpression(
	expr: string,
	ctx: DeadlineContext
): DeadlineReading | { kind: 'none' } {
	return scanDeadlines(expr, ctx)[0]?.reading ?? { kind: 'none' };
}

function toDeadline(
	text: string,
	segments: ReturnType<typeof segmentsOf>,
	found: FoundDeadline
): Deadline {
	const range = clauseRange(text, segments, found.from, found.to);
	const of =
		found.reading.kind === 'recurring'
			? subjectOf(text.slice(range.from, found.from), text.slice(found.to, range.to))
			: undefined;
	const clause = text.slice(range.from, range.to).trim();
	return {
		...found.reading,
		expr: found.expr,
		clause: clause.length > longClause ? untilTitle(clause, found.expr) : clause,
		...(of && { of })
	};
}

const longClause = 60;

/** Long titles in 《》 say nothing about the date. */
function untilTitle(clause: string, expr: string): string {
	const at = clause.indexOf('《');
	return at > clause.indexOf(expr) ? clause.slice(0, at) : clause;
}

const duty =
	/^(?:[前要应须并]|按照?要求|及时|认真|组织|做好|,|，)*(?:上报|报送|提交|完成|召开|开展|举办|填报|撰写|报)(?:[1一]个?(?:次|期|场|篇))?/;
const notSubject = /[要应须,，]|^(?:各|并|明确|做到|确保)/;

/** What the rhythm is of: the noun before it (党课每季度安排1次), else the object after it. */
function subjectOf(before: string, after: string): string | undefined {
	const subject = before.replace(/(?:一般|原则上|至少|坚持|应|要)+$/, '').replace(/^[\s并]+/, '');
	if (subject && subject.length <= 12 && !notSubject.test(subject)) return subject;
	const object = after.replace(duty, '').match(/^[^,，。;；(（<]+/)?.[0] ?? '';
	if (!duty.test(after) || object.length > 30) return undefined;
	const bare = object
		.replace(/(?:任务|工作|等)$/, '')
		.replace(/^.*”(?=.{3,}$)/, (quoted) => (/^“/.test(quoted) ? quoted : ''));
	return bare.length > 1 ? bare : undefined;
}
