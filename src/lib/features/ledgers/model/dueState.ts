import { addDays, type Ymd } from '$lib/base/typedDate.ts';
import { readable, type Problem } from './problem.ts';
import type { ProblemEdit } from './problemRow.ts';

const dueSoonDays = 7;
/** 立行立改: the deadline proposed when none is set. */
const immediateRectDays = 7;

export type DueState = 'overdue' | 'soon' | 'later' | 'none';

export const soonUntil = (today: Ymd): Ymd => addDays(today, dueSoonDays);

/** The due day itself is still in time. Over many rows hand in `until`, worked out once. */
export function dueStateOf(problem: Problem, today: Ymd, until = soonUntil(today)): DueState {
	const due = readable(problem.due);
	if (due === null) return 'none';
	if (due < today) return 'overdue';
	return due <= until ? 'soon' : 'later';
}

/** Whole days from today to the deadline; negative when past. */
export const daysUntil = (due: Ymd, today: Ymd): number =>
	Math.round((Date.parse(due) - Date.parse(today)) / 86_400_000);

/** Something to be put right at once gets a near deadline, unless it has one already. */
export function withDefaultDue(
	edit: ProblemEdit,
	problem: Problem | null,
	today: Ymd
): ProblemEdit {
	const needed = edit.rectKind === 'immediate' && edit.due === undefined;
	if (!needed || (problem !== null && problem.due !== null)) return edit;
	return { ...edit, due: addDays(today, immediateRectDays) };
}
