/**
 * Where the keys of circle rooms are kept on this device: a port with two adapters (IndexedDB,
 * memory) and one contract suite. What it holds is sealed; it knows nothing but rooms.
 */
import type { RoomId } from '$lib/base/ids.ts';

/**
 * `mine`: `sealed` holds the room's keys. `foreign`: its keys are not for this device; `sealed` is
 * empty. `forgotten`: deleted here, and not to be taken up again. `erased`: deleted everywhere;
 * `sealed` is the notice that says so, in the clear, or empty where it stands in another room.
 */
export interface RingRow {
	readonly room: RoomId;
	readonly state: 'mine' | 'foreign' | 'forgotten' | 'erased';
	/** Hash over the keys entries that were looked at; of an erased room how far that has come. */
	readonly seen: string;
	readonly sealed: Uint8Array;
}

export interface RingStore {
	load(): Promise<RingRow[]>;
	put(row: RingRow): Promise<void>;
	/** Calls back after any change, another tab's included. */
	subscribe(listener: () => void): () => void;
}
