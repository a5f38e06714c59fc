// The cleaned source text cut up for showing: which part of a line is a deadline, which looks
// damaged, what was repaired, which task it belongs to.

import type { NoticeImport } from './notice/types.ts';
import type { Span } from './repairMarks.ts';

export type SourceMark = 'deadline' | 'suspect' | 'repair';
export type SourcePart = { text: string; mark?: SourceMark };
export type SourceLine = {
	/** From 0, as `lines` of tasks and sections count. */
	no: number;
	parts: SourcePart[];
	/** Places in `notice.tasks`; a line without a number of its own may serve several. */
	tasks: number[];
	section: number | null;
};
type Range = { from: number; to: number; mark: SourceMark };

function deadlineRanges(line: string, exprs: readonly string[]): Range[] {
	let from = 0;
	return exprs.flatMap((expr) => {
		const at = expr === '' ? -1 : line.indexOf(expr, from);
		if (at === -1) return [];
		from = at + expr.length;
		return [{ from: at, to: from, mark: 'deadline' as const }];
	});
}

function cut(line: string, ranges: readonly Range[]): SourcePart[] {
	const parts: SourcePart[] = [];
	let at = 0;
	for (const { from, to, mark } of [...ranges].sort((a, b) => a.from - b.from)) {
		if (from < at) continue;
		if (from > at) parts.push({ text: line.slice(at, from) });
		parts.push({ text: line.slice(from, to), mark });
		at = to;
	}
	if (at < line.length || parts.length === 0) parts.push({ text: line.slice(at) });
	return parts;
}

const covers = (range: { from: number; to: number }, no: number): boolean =>
	range.from <= no && no <= range.to;

export function sourceLines(
	notice: NoticeImport,
	repaired: ReadonlyMap<number, readonly Span[]>
): SourceLine[] {
	return notice.cleanText.split('\n').map((line, no) => {
		const tasks = notice.tasks.flatMap((task, index) => (covers(task.lines, no) ? [index] : []));
		const exprs = tasks.flatMap((index) =>
			(notice.tasks[index]?.deadlines ?? []).map((each) => each.expr)
		);
		const suspects = notice.suspects
			.filter((suspect) => suspect.line === no)
			.map(({ at, excerpt }): Range => ({ from: at, to: at + excerpt.length, mark: 'suspect' }));
		const repairs = (repaired.get(no) ?? []).map((span): Range => ({ ...span, mark: 'repair' }));
		const section = notice.sections.findIndex((each) => each.lines.from === no);
		return {
			no,
			parts: cut(line, [...suspects, ...repairs, ...deadlineRanges(line, exprs)]),
			tasks,
			section: section === -1 ? null : section
		};
	});
}
