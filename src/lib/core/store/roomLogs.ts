/**
 * Where sealed logs are kept on this device: a port with two adapters (IndexedDB, memory) and one
 * contract suite. Nothing else reads or writes a room's stored bytes.
 */
import type * as Y from 'yjs';
import type { RoomId } from '$lib/base/ids.ts';
import type { Observable } from '$lib/base/observable.ts';

export interface WriteState {
	/** Updates of the log that are not yet in a completed transaction. */
	readonly pending: number;
	readonly fault: 'disk-full' | 'store-failed' | null;
}

export interface StoredLog {
	readonly room: RoomId;
	readonly log: Y.Doc;
	readonly writes: Observable<WriteState>;
	/** Tries again what could not be written. */
	retry(): void;
	/** Gives the log back; its Y.Doc is destroyed. */
	release(): void;
}

export interface RoomLogs {
	/** Resolves when everything stored is in the log's Y.Doc. A new room starts empty. */
	open(room: RoomId): Promise<StoredLog>;
	rooms(): Promise<RoomId[]>;
	/** Rooms with changes that the relay has not acknowledged. */
	unsent(): Promise<RoomId[]>;
	markUnsent(room: RoomId, unsent: boolean): Promise<void>;
	/** After the relay has lost its store: everything but these rooms is to be sent again. */
	markAllUnsent(except: readonly RoomId[]): Promise<void>;
	/** The relay's numbering that this device knows, and how far it has caught up with it. */
	readCursor(): Promise<Cursor | null>;
	writeCursor(cursor: Cursor): Promise<void>;
	/** What the checkpoint knew that sealed the room after a retirement or a rotation. */
	readSeal(room: RoomId): Promise<Seal | null>;
	writeSeal(room: RoomId, seal: Seal): Promise<void>;
	/** Forgets the room and all its words on this device. It must not be open. */
	drop(room: RoomId): Promise<void>;
}

export interface Seal {
	readonly epoch: number;
	readonly rosterLength: number;
}

export interface Cursor {
	/** The relay that the rooms were last exchanged with. */
	readonly relayId: string;
	/** Everything up to this commit is stored here; 0 before the first catching up is over. */
	readonly commit: number;
	/** The newest commit the relay has named, when that is further. */
	readonly seen?: number;
}
