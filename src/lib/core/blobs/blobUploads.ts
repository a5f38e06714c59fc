/**
 * Sends what the relay lacks, one blob after the other, in one tab of a device. Rules A7–A9, A13.
 * A piece shrinks on a line that breaks it off, so that a bad one gets something through at all.
 */
import type { BlobId } from '$lib/base/ids.ts';
import type { BlobPutAnswer } from '$lib/protocol/http.ts';
import type { BlobRow, BlobStore } from '../store/blobStore.ts';
import type { BlobApi } from './blobApi.ts';
import type { BlobStates } from './blobStates.ts';
import { blobIdOf } from './sealBlob.ts';

export interface BlobUploads {
	/** Tries at once, whatever it waited for. */
	nudge(): void;
	stop(): void;
}

export interface BlobUploadsOptions {
	readonly store: BlobStore;
	readonly api: BlobApi;
	readonly states: BlobStates;
	/** The relay that is connected, or null. */
	readonly relayId: () => string | null;
	/** This tab sends for all of the device, and the device may write. */
	readonly maySend: () => boolean;
	readonly firstRetryMs: number;
}

const MAX_PIECE_BYTES = 512 * 1024;
const MIN_PIECE_BYTES = 32 * 1024;
const LAST_RETRY_MS = 60_000;
/** A relay without room is asked again later on. */
const REFUSED_REST_MS = 10 * 60_000;
/** Conflicts without any progress: somebody else is adding to the same blob. */
const MAX_CONFLICTS = 3;

/** `later`: to be tried again after a while. `refused`: not before the rest is over. */
type Outcome = 'sent' | 'later' | 'refused';

export function createBlobUploads(options: BlobUploadsOptions): BlobUploads {
	const { store, api, states, relayId, maySend } = options;
	let pieceBytes = MAX_PIECE_BYTES;
	let failures = 0;
	let isRunning = false;
	let isStopped = false;
	let retry: ReturnType<typeof setTimeout> | undefined;
	let rest: ReturnType<typeof setTimeout> | undefined;

	const canSend = () => !isStopped && maySend() && relayId() !== null;

	/** What the relay throws away may have rotted here: then there is nothing to send. */
	async function onRefusal(
		{ reason }: Extract<BlobPutAnswer, { status: 'refused' }>,
		row: BlobRow,
		bytes: Uint8Array<ArrayBuffer>
	): Promise<Outcome> {
		if (reason === 'busy') return 'later';
		if (reason === 'wrong-hash' && (await blobIdOf(bytes)) === row.id) return 'later';
		return 'refused';
	}

	async function send(row: BlobRow): Promise<Outcome> {
		const bytes = await store.get(row.id);
		const seen = await api.look(row.id);
		if (!bytes || !seen.ok) return 'later';
		if (seen.value.complete) return 'sent';
		let { offset } = seen.value;
		for (let conflicts = 0; conflicts < MAX_CONFLICTS && canSend();) {
			states.setMoving(row.id, { kind: 'sending', share: Math.min(1, offset / bytes.length) });
			const piece = bytes.slice(offset, offset + pieceBytes);
			const put = await api.put(row.id, piece, offset, bytes.length);
			if (!put.ok) {
				pieceBytes = Math.max(MIN_PIECE_BYTES, pieceBytes / 2);
				return 'later';
			}
			if (put.value.status === 'refused') return onRefusal(put.value, row, bytes);
			if (put.value.status === 'ok' && put.value.complete) return 'sent';
			pieceBytes = Math.min(MAX_PIECE_BYTES, pieceBytes * 2);
			if (put.value.offset <= offset) conflicts += 1;
			offset = put.value.offset;
		}
		return 'later';
	}

	async function sendAll(): Promise<'done' | 'later'> {
		for (let row = states.nextToSend(); row && canSend(); row = states.nextToSend()) {
			const [to, { id }] = [relayId()!, row];
			const outcome = await send(row).finally(() => states.setMoving(id, null));
			if (outcome === 'later') return 'later';
			failures = 0;
			if (outcome === 'refused') refuse(id);
			else await store.markSent(id, to);
			await states.reload();
		}
		return 'done';
	}

	function refuse(id: BlobId) {
		states.setWord(id, 'refused');
		clearTimeout(rest);
		rest = setTimeout(() => {
			states.forgetWords('refused');
			void run();
		}, REFUSED_REST_MS);
	}

	async function run(): Promise<void> {
		if (isRunning || !canSend() || !states.nextToSend()) return;
		isRunning = true;
		clearTimeout(retry);
		const end = await sendAll().catch(() => 'later' as const); // the store or the browser refused
		isRunning = false;
		if (isStopped) return;
		if (end === 'done') return run(); // what came while the last one ended
		const wait = Math.min(LAST_RETRY_MS, options.firstRetryMs * 2 ** failures++);
		retry = setTimeout(() => void run(), wait * (0.5 + Math.random() / 2));
	}

	const stopListening = states.subscribe(() => {
		// While it waits after a failure a new file does not cut the wait short.
		if (failures === 0) void run();
	});

	return {
		nudge() {
			failures = 0;
			states.forgetWords('refused');
			void run();
		},
		stop() {
			isStopped = true;
			clearTimeout(retry);
			clearTimeout(rest);
			stopListening();
		}
	};
}
