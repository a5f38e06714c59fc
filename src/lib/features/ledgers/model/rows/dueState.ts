/** Overdue (逾期) and due soon (临期) are worked out, never stored. */
import { addDays, type Ymd } from '$lib/base/typedDate.ts';
import { wordIn, type LedgerRow } from './ledgerRow.ts';
import type { RowValues } from './rowEdit.ts';

const dueSoonDays = 7;
/** 立行立改: the deadline proposed when none is set. */
export const immediateRectDays = 7;

export type DueState = 'overdue' | 'soon' | 'later' | 'none';

/** Nobody is late with what is settled. */
const settled = new Set(['closed', 'rejected', 'merged', 'done', 'replied', 'declined']);
export const isSettled = (row: LedgerRow): boolean => settled.has(row.life.status);

/** What is kept up for good (长期坚持) is looked at again from time to time and has no last day. */
const hasDeadline = (row: LedgerRow): boolean => !isSettled(row) && row.life.status !== 'longTerm';

export const soonUntil = (today: Ymd): Ymd => addDays(today, dueSoonDays);

/** The due day itself is still in time. Over many rows hand in `until`, worked out once. */
export function dueStateOf(row: LedgerRow, today: Ymd, until = soonUntil(today)): DueState {
	const due = wordIn(row, 'due');
	if (due === null || !hasDeadline(row)) return 'none';
	if (due < today) return 'overdue';
	return due <= until ? 'soon' : 'later';
}

/** Whole days from today to the deadline; negative when past. */
export const daysUntil = (due: Ymd, today: Ymd): number =>
	Math.round((Date.parse(due) - Date.parse(today)) / 86_400_000);

/** Something to be put right at once gets a near deadline, unless it has one already. */
export function withDefaultDue(values: RowValues, row: LedgerRow | null, today: Ymd): RowValues {
	const needed = values.rectKind === 'immediate' && values.due === undefined;
	if (!needed || (row !== null && row.values.due !== undefined)) return values;
	return { ...values, due: addDays(today, immediateRectDays) };
}
