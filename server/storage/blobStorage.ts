/**
 * The port behind which the relay keeps attachments: sealed bytes under their own hash. A blob
 * grows as a part, is checked, and is from then on what it is. Callers add to one blob one at a
 * time. Every adapter passes blobStorageContract.ts.
 */
export interface StoredBlob {
	/** Bytes that are there; 0 of a blob nobody has begun. */
	readonly bytes: number;
	/** Checked against its id and durable. */
	readonly complete: boolean;
}

export interface BlobUsage {
	/** Parts included. */
	readonly bytes: number;
	readonly blobs: number;
	/** How many of the blobs are not complete. */
	readonly parts: number;
}

export interface BlobStorage {
	stat(workspace: string, id: string): Promise<StoredBlob>;
	/** Adds to a part. False, and nothing of it kept, when there is no room for it. */
	append(workspace: string, id: string, chunk: Uint8Array): Promise<boolean>;
	/**
	 * Makes the part whole and durable; false when its SHA-256 is not its id, in which case the part
	 * is gone.
	 */
	finish(workspace: string, id: string): Promise<boolean>;
	/** Bytes `from` up to, without, `to` of a complete blob. */
	read(workspace: string, id: string, from: number, to: number): AsyncIterable<Uint8Array>;
	usage(workspace: string): Promise<BlobUsage>;
	/** Drops the parts nobody has added to since `beforeMs`. */
	dropParts(beforeMs: number): Promise<void>;
}
