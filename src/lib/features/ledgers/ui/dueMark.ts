import { m } from '$lib/paraglide/messages.js';
import { daysUntil, dueStateOf } from '../model/rows/dueState.ts';
import { wordIn, type LedgerRow } from '../model/rows/ledgerRow.ts';

export interface DueMark {
	readonly tone: 'danger' | 'warning';
	readonly label: string;
}

/** Said in words beside the date; null while there is time. */
export function dueMark(row: LedgerRow, today: string): DueMark | null {
	const state = dueStateOf(row, today);
	const due = wordIn(row, 'due');
	if (due === null || (state !== 'overdue' && state !== 'soon')) return null;
	const days = daysUntil(due, today);
	if (state === 'overdue') return { tone: 'danger', label: m.ledgers_overdue({ days: -days }) };
	const label = days === 0 ? m.ledgers_due_today() : m.ledgers_due_soon({ days });
	return { tone: 'warning', label };
}
