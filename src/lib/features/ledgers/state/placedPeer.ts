import type { Peer } from '$lib/core/rooms/openDocument.ts';

/** Where somebody is, as sent to colleagues. */
export interface LedgerPlace {
	readonly row: string;
	readonly field: string;
}

export interface PlacedPeer extends LedgerPlace {
	readonly client: number;
	readonly member: string;
}

/** Nothing for somebody who is in no cell, or whose place we do not understand. */
export function placePeer({ client, member, place }: Peer): PlacedPeer[] {
	const { row, field } = place ?? {};
	return typeof row === 'string' && typeof field === 'string'
		? [{ client, member, row, field }]
		: [];
}
