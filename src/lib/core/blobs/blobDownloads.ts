/** Brings the bytes of a blob: from this device, or else from the relay. Rules A10, A11. */
import type { BlobId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import type { BlobStore } from '../store/blobStore.ts';
import type { BlobApi } from './blobApi.ts';
import type { OpenFault } from './attachments.ts';
import type { BlobStates } from './blobStates.ts';
import { blobIdOf } from './sealBlob.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface BlobDownloadsOptions {
	readonly store: BlobStore;
	readonly api: BlobApi;
	readonly states: BlobStates;
	/** The relay that is connected, or null. */
	readonly relayId: () => string | null;
}

/** A record may name any number of blobs; the relay is not asked for all at once. */
const MAX_AT_ONCE = 4;

function createGate(max: number) {
	const queue: (() => void)[] = [];
	let inside = 0;
	return async <T>(work: () => Promise<T>): Promise<T> => {
		if (inside >= max) await new Promise<void>((resolve) => queue.push(resolve));
		else inside += 1;
		// Whoever leaves gives the place on.
		return work().finally(() => {
			const next = queue.shift();
			if (next) next();
			else inside -= 1;
		});
	};
}

export function createBlobDownloads({ store, api, states, relayId }: BlobDownloadsOptions) {
	const pass = createGate(MAX_AT_ONCE);
	/** Shared by all who ask for the same one meanwhile. */
	const underWay = new Map<BlobId, Promise<Result<Bytes, OpenFault>>>();

	async function fetchIt(id: BlobId, from: string): Promise<Result<Bytes, OpenFault>> {
		states.setWord(id, null);
		states.setMoving(id, { kind: 'receiving', share: 0 });
		const got = await api.get(id, (share) => states.setMoving(id, { kind: 'receiving', share }));
		if (!got.ok) {
			if (got.error === 'unknown-blob') states.setWord(id, 'absent');
			return err(got.error === 'unknown-blob' ? 'not-sent' : 'not-here');
		}
		if ((await blobIdOf(got.value)) !== id) return err('damaged');
		// On a full disk it is shown all the same, and fetched again the next time.
		await store.put(id, got.value, from).catch(() => undefined);
		await states.reload().catch(() => undefined);
		return got;
	}

	/** Null when there is none; what the disk has damaged goes. */
	async function readHere(id: BlobId): Promise<Bytes | 'damaged' | null> {
		const bytes = await store.get(id).catch(() => null);
		if (!bytes) return null;
		if ((await blobIdOf(bytes)) === id) return bytes;
		await store.delete(id).catch(() => undefined);
		await states.reload().catch(() => undefined);
		return 'damaged';
	}

	async function bring(id: BlobId): Promise<Result<Bytes, OpenFault>> {
		const here = await readHere(id);
		if (here && here !== 'damaged') return ok(here);
		const fetched = await pass(async () => {
			const from = relayId();
			if (!from) return err<OpenFault>('not-here');
			return fetchIt(id, from).finally(() => states.setMoving(id, null));
		});
		return here === 'damaged' && !fetched.ok ? err('damaged') : fetched;
	}

	return (id: BlobId): Promise<Result<Bytes, OpenFault>> => {
		const shared = underWay.get(id);
		if (shared) return shared;
		const own = bring(id).finally(() => underWay.delete(id));
		underWay.set(id, own);
		return own;
	};
}
