import type { WorkspaceId } from '$lib/base/ids.ts';
import { storedChoice } from '$lib/state/storedChoice.ts';
import { keptLook, lookOf } from '../../state/keptLook.ts';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';
import { firstSpec } from '../../state/list/ListView.svelte.ts';
import { LedgerViews } from '../../state/LedgerViews.svelte.ts';

/** What is kept in this browser goes with the workspace: its id is in the keys. */
export function createViews(list: LedgerList, workspace: WorkspaceId): LedgerViews {
	const { ledger } = list;
	const look = keptLook(
		storedChoice(`tongxin.ledger.look.${ledger}.${workspace}`),
		ledger,
		storedChoice('tongxin.ledger.widths'),
		lookOf(firstSpec(ledger))
	);
	return new LedgerViews({ list, own: storedChoice(`tongxin.ledger.views.${workspace}`), look });
}
