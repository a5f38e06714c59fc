/** Takes sealed attachments from a backup into this device's store. Rule B17. */
import type { BlobId } from '$lib/base/ids.ts';
import { blobIdOf } from '../blobs/sealBlob.ts';
import type { BlobStore } from './blobStore.ts';

/** How many were stored, or were here already. Goes on past what does not fit or is damaged. */
export async function importBlobs(
	store: BlobStore,
	blobs: ReadonlyMap<BlobId, Uint8Array<ArrayBuffer>>
): Promise<number> {
	const known = new Set((await store.list()).map(({ id }) => id));
	let stored = 0;
	for (const [id, bytes] of blobs) {
		const isHere = known.has(id);
		const isRight = isHere || (await blobIdOf(bytes)) === id;
		if (isHere || (isRight && (await store.put(id, bytes, null)) === null)) stored += 1;
	}
	return stored;
}
