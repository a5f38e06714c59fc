import { m } from '$lib/paraglide/messages.js';
import type { Card } from '$lib/ui/CardList.svelte';
import type { CellMark } from '$lib/ui/grid/gridTypes.ts';
import type { LedgerRow } from '../../model/rows/ledgerRow.ts';
import { unreadable } from '../../model/rows/value.ts';
import type { ViewLedger } from '../../model/view/savedView.ts';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';
import { dueMark } from '../dueMark.ts';

const facts: Readonly<Record<ViewLedger, readonly string[]>> = {
	problems: ['status', 'aspect', 'responsibleId', 'due'],
	rectification: ['status', 'responsibleId', 'due', 'code'],
	opinions: ['status', 'on', 'group', 'responsibleId'],
	personal: ['submitted', 'aspect', 'due']
};

/** A row as a card: what it is about, how far it is, who sees to it and by when. */
export function rowCard(row: LedgerRow, list: LedgerList): Card {
	const lines = facts[list.ledger]
		.map((id) => list.columns.textIn(row, id))
		.filter((text) => text !== '');
	const marks: (CellMark | false | null)[] = [
		row.life.openConflicts.length > 0 && { tone: 'danger', label: m.ledgers_conflict_mark() },
		dueMark(row, list.today),
		row.values.urgent === true && { tone: 'warning', label: m.ledgers_field_urgent() },
		Object.values(row.values).includes(unreadable) && {
			tone: 'warning',
			label: m.ledgers_unreadable()
		}
	];
	return {
		title: list.columns.textIn(row, list.columns.main) || m.ledgers_not_filled(),
		lines,
		marks: marks.filter((mark) => mark !== null && mark !== false)
	};
}
