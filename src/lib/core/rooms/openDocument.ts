/**
 * What a feature gets to work with: the readable document of one room, who else is in it and how
 * far its words have travelled. Everything below (sealing, storage, sync) stays out of sight.
 */
import type * as Y from 'yjs';
import type { DeviceId, MemberId, RoomId } from '$lib/base/ids.ts';
import type { Observable } from '$lib/base/observable.ts';
import type { ChainProof } from '../roster/chainProof.ts';

/** The three honest answers to "is it safe?", and what stands in the way. */
export interface SaveState {
	/** Every edit made here is in a completed IndexedDB transaction (已存本机). */
	readonly stored: boolean;
	/** Every edit made here is durable on the relay (已送达). */
	readonly delivered: boolean;
	/** People whose devices hold all of it, this one's included; `of` counts everyone (已同步到 n/m). */
	readonly held: { readonly by: number; readonly of: number };
	/** Writing to IndexedDB fails; the text is still on the screen and is tried again. */
	readonly fault: 'disk-full' | 'store-failed' | null;
}

/** Where a person's cursor is, in the feature's own words (a row and a field, say). */
export type Place = { readonly [key: string]: string | number };

export interface Peer {
	/** One per open tab; a person may have several. */
	readonly client: number;
	readonly member: MemberId;
	/** Null from a device that runs the first version. */
	readonly device: DeviceId | null;
	/** Which roster it says it knows; to be checked against its device. */
	readonly chain: ChainProof | null;
	readonly place: Place | null;
}

export interface Presence {
	/** Colleagues in this document now, never oneself. */
	readonly peers: Observable<readonly Peer[]>;
	setPlace(place: Place | null): void;
}

/** `newer-version`: written by a later version of the app; shown, not edited. */
export type Access = 'write' | 'read' | 'newer-version';

export interface OpenDocument {
	readonly room: RoomId;
	readonly kind: string;
	readonly doc: Y.Doc;
	/** What may be done with it now: it narrows when a newer version's words or a retirement arrive. */
	readonly access: Access;
	/** Calls back after `access` has changed; absent where it never does. */
	readonly onAccessChange?: (listener: () => void) => () => void;
	readonly presence: Presence;
	readonly save: Observable<SaveState>;
	/** Gives this use back. The room closes when the last use has gone. */
	close(): void;
}

/** A line of the branch document's index: how documents are found. */
export interface DocumentEntry {
	readonly room: RoomId;
	readonly kind: string;
	readonly title: string;
	/** ISO instant at which it was made, by the maker's clock. */
	readonly createdAt: string;
	readonly trashed: boolean;
}
