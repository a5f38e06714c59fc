/**
 * The keys of one room, whoever keeps them: the session for the commons, the ring for a circle.
 * A room never learns which of the two it has.
 */
import type * as Y from 'yjs';
import type { RosterDevice } from '$lib/protocol/roster/roster.ts';
import type { SecretKey } from '../crypto/aead.ts';

/**
 * What an entry is sealed with, and how long a roster it may say it knows: one value, because a
 * longer roster than the key belongs to makes everybody refuse the entry.
 */
export interface EpochKey {
	readonly epoch: number;
	readonly key: SecretKey;
	readonly rosterLength: number;
}

/**
 * `in`: belongs to those who share the room. `former`: did when this epoch was made. `out`: never
 * had the key from one who may give it.
 */
export type Standing = 'in' | 'former' | 'out';

export interface RoomKeys {
	/** Two devices may have made the same epoch at once: then there are two keys, both to be tried. */
	keysOf(epoch: number): readonly SecretKey[];
	/** What new entries are sealed with. */
	current(): EpochKey;
	/** Awaited before sealing: a new epoch may be due, or on its way. */
	settled(): Promise<void>;
	/** The oldest epoch that an author who knew a roster of this length may use. */
	minEpochAt(rosterLength: number): number;
	/** The newest epoch there can be; no limit where epochs are the room's own. */
	maxEpoch(): number;
	standingOf(author: RosterDevice, epoch: number): Standing;
	/** False for somebody who is not, or no longer, among those who share the room. */
	mayWrite(): boolean;
	/** Looks at the keys entries of the room's log; null where the room has none of its own. */
	readonly learn: ((log: Y.Doc) => Promise<void>) | null;
	/** Who is in a confidential room is nobody's business, not even sealed. */
	readonly hasPresence: boolean;
}
