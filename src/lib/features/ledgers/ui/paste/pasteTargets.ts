import type { SelectOption } from '$lib/ui/Select.svelte';
import { officialOrder } from '../../model/paste/pasteColumns.ts';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';

/** What a pasted column can be taken for: the form's columns first, then every other field. */
export function pasteTargets(list: LedgerList): SelectOption[] {
	const shared = list.table === 'opinions' ? 'reply' : 'measures';
	const known = new Set(list.columns.fields.map(({ id }) => id).concat(shared));
	const first = officialOrder(list.table).filter((id) => known.has(id));
	const rest = [...known].filter((id) => !first.includes(id) && id !== 'problemId');
	return [...first, ...rest].map((id) => ({ value: id, label: list.columns.titleOf(id) }));
}
