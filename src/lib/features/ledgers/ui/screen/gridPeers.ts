import type { GridPeer } from '$lib/ui/grid/gridTypes.ts';
import { colourOf } from '$lib/ui/peerColour.ts';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';
import { peerName } from '../../state/ledgerWords.ts';

/** Colleagues in this ledger, as the grid and the cards show them. */
export const gridPeers = (list: LedgerList): GridPeer[] =>
	list.peers.map(({ client, member, row, field }) => ({
		client,
		name: peerName(list, member),
		colour: colourOf(member),
		rowKey: row,
		columnId: field
	}));
