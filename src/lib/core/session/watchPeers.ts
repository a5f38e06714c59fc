/** Who has the branch document open now: notes that they were there, and compares chains with them. */
import type { WorkspaceId } from '$lib/base/ids.ts';
import type { Observable } from '$lib/base/observable.ts';
import type { Roster, RosterCrypto } from '$lib/protocol/roster/roster.ts';
import type { Peer } from '../rooms/openDocument.ts';
import { isProven } from '../roster/chainProof.ts';
import type { RelayLink } from '../sync/relayLink.ts';
import type { SightingBook } from '../sync/sightings.ts';

export interface WatchPeersOptions {
	readonly workspace: WorkspaceId;
	readonly peers: Observable<readonly Peer[]>;
	readonly sightings: SightingBook;
	readonly roster: () => Roster;
	readonly link: Pick<RelayLink, 'compareRoster'>;
	readonly crypto: RosterCrypto;
}

/** Gives how to stop. */
export function watchPeers(options: WatchPeersOptions): () => void {
	const { workspace, peers, sightings, roster, link, crypto } = options;

	async function compareWith({ device: id, chain }: Peer) {
		if (!id || !chain) return;
		const known = roster().devices.get(id);
		if (await isProven(workspace, chain, known, crypto)) link.compareRoster(chain, id);
	}

	return peers.subscribe(() => {
		const present = peers.current();
		sightings.setOnline(present.flatMap(({ device: id }) => id ?? []));
		for (const peer of present) void compareWith(peer);
	});
}
