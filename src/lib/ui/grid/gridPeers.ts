/** Colleagues by the cell they are in: row key, then column id. */
import type { GridPeer } from './gridTypes.ts';

export function peersByCell(
	peers: readonly GridPeer[]
): ReadonlyMap<string, ReadonlyMap<string, readonly GridPeer[]>> {
	const found = new Map<string, Map<string, GridPeer[]>>();
	for (const peer of peers) {
		let row = found.get(peer.rowKey);
		if (!row) found.set(peer.rowKey, (row = new Map<string, GridPeer[]>()));
		const cell = row.get(peer.columnId);
		if (cell) cell.push(peer);
		else row.set(peer.columnId, [peer]);
	}
	return found;
}
