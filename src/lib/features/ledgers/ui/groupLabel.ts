import { m } from '$lib/paraglide/messages.js';
import type { RowGroup } from '../model/view/group.ts';
import type { LedgerList } from '../state/LedgerList.svelte.ts';

/** Ticks and files are groups without words of their own. */
function labelOf(list: LedgerList, { key, label }: RowGroup): string {
	const field = list.view.spec.group?.field ?? '';
	const kind = list.columns.byId(field)?.kind;
	if (kind === 'check') return key === 'true' ? list.columns.titleOf(field) : m.views_group_not();
	if (kind === 'files' && key !== '') return m.views_ask_has();
	return label || m.ledgers_group_empty();
}

/** The groups as the grid and the cards show them. */
export const labelledGroups = (list: LedgerList): RowGroup[] =>
	list.view.groups.map((group) => ({ ...group, label: labelOf(list, group) }));
