import type { Snippet } from 'svelte';
import type { MenuItem } from '$lib/ui/menuItem.ts';
import type { LedgerRow } from '../../model/rows/ledgerRow.ts';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';

/** What the ledger's screen shows of a personal list where a shared ledger has its steps. */
export interface PersonalParts {
	/** Before a row's form. */
	readonly rowHead: Snippet<[LedgerList, LedgerRow]>;
	/** What can be done with several rows, by id; undefined for who only reads. */
	readonly selected: Snippet<[LedgerList, readonly string[]]> | undefined;
	menu(list: LedgerList): readonly MenuItem[];
}
