/**
 * The port behind which the relay keeps what must survive: sealed updates, roster records and
 * receipts. It sees bytes and counts them; it decodes nothing. Every adapter passes
 * storageContract.ts.
 */
import type { Receipt } from '../../src/lib/protocol/control.ts';

export interface NewUpdate {
	readonly workspace: string;
	readonly room: string;
	readonly update: Uint8Array;
}

export interface StoredRoom {
	/** Newest commit of the room; 0 for one that was never written. */
	readonly commit: number;
	/** In the order of their commits. */
	readonly updates: readonly Uint8Array[];
	readonly bytes: number;
}

export interface StoredWorkspace {
	readonly commit: number;
	readonly bytes: number;
	readonly receipts: readonly Receipt[];
}

export interface Sizes {
	readonly roomBytes: number;
	readonly workspaceBytes: number;
}

export interface RelayStorage {
	/** Random, made when this store was created: names its numbering of commits. */
	readonly relayId: string;
	/**
	 * Stores the whole batch durably or nothing of it, and answers each update's commit. Commits
	 * count up by one a workspace, in the order of the batch.
	 */
	append(batch: readonly NewUpdate[]): Promise<number[]>;
	loadRoom(workspace: string, room: string): Promise<StoredRoom>;
	/** Puts `snapshot` in place of the room's updates up to `upToCommit`; its commit stays. */
	replaceRoom(
		workspace: string,
		room: string,
		upToCommit: number,
		snapshot: Uint8Array
	): Promise<Sizes>;
	/** When it resolves, nothing of what was replaced so far can be read from the disk any more. */
	scrub(): Promise<void>;
	loadWorkspace(workspace: string): Promise<StoredWorkspace>;
	roomsChangedSince(workspace: string, commit: number): Promise<string[]>;
	/** Records as the texts they were appended as, from number `from` on. */
	loadRoster(workspace: string, from: number): Promise<{ length: number; records: string[] }>;
	/** False, and nothing changed, when the chain is not `expectedLength` long. */
	appendRoster(
		workspace: string,
		expectedLength: number,
		records: readonly string[]
	): Promise<boolean>;
	/** Those with a roster whose name begins so, in the order of their names, `limit` at most. */
	findWorkspaces(prefix: string, limit: number): Promise<string[]>;
	/** Keeps the newest receipt of each device. */
	putReceipt(workspace: string, receipt: Receipt): Promise<void>;
	/** Rejects unless a write can be made durable. */
	check(): Promise<void>;
	close(): Promise<void>;
}
