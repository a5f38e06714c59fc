/**
 * Where sealed attachments are kept on this device: a port with two adapters (IndexedDB, memory)
 * and one contract suite. It knows ids and sizes, and which relay has what; never a name or a key.
 */
import type { BlobId } from '$lib/base/ids.ts';

export interface BlobRow {
	readonly id: BlobId;
	/** Of the sealed bytes. */
	readonly size: number;
	/** The relay that is known to have it, or null. */
	readonly sentTo: string | null;
}

export type BlobFault = 'disk-full' | 'store-failed';

export interface BlobStore {
	/** Stores the bytes durably, or nothing; null when all went well. */
	put(id: BlobId, bytes: Uint8Array<ArrayBuffer>, sentTo: string | null): Promise<BlobFault | null>;
	get(id: BlobId): Promise<Uint8Array<ArrayBuffer> | null>;
	/** Without their bytes. */
	list(): Promise<BlobRow[]>;
	markSent(id: BlobId, relayId: string): Promise<void>;
	/** After the relay has lost its store: every blob is to be sent again. */
	markAllUnsent(): Promise<void>;
	delete(id: BlobId): Promise<void>;
	/** Calls back after any change, another tab's included. */
	subscribe(listener: () => void): () => void;
}
