/** The relay's addresses of blobs, with answers parsed, bounded, and failures as values. */
import { concatBytes } from '$lib/base/bytes.ts';
import type { BlobId, WorkspaceId } from '$lib/base/ids.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { blobHeaders, blobPutAnswer, relayPaths, type BlobPutAnswer } from '$lib/protocol/http.ts';
import { limits } from '$lib/protocol/limits.ts';

export type BlobApiFault = 'unreachable' | 'not-admitted' | 'bad-answer';

export interface BlobApi {
	/** How much of it the relay has. */
	look(id: BlobId): Promise<Result<{ offset: number; complete: boolean }, BlobApiFault>>;
	put(
		id: BlobId,
		piece: Uint8Array<ArrayBuffer>,
		offset: number,
		length: number
	): Promise<Result<BlobPutAnswer, BlobApiFault>>;
	/** Whole, as the relay gives it; what it is, is for the caller to check. */
	get(
		id: BlobId,
		progress: (share: number) => void
	): Promise<Result<Uint8Array<ArrayBuffer>, BlobApiFault | 'unknown-blob'>>;
}

export interface BlobApiOptions {
	/** Without a trailing slash. */
	readonly origin: string;
	readonly workspace: WorkspaceId;
	readonly fetch: typeof globalThis.fetch;
	readonly token: () => Promise<string>;
	/** Fires when the session ends. */
	readonly signal: AbortSignal;
}

const LOOK_TIMEOUT_MS = 8_000;
const PUT_TIMEOUT_MS = 45_000;
/** A download may last; it may not stand still. */
const IDLE_MS = 20_000;
const GET_TRIES = 4;

interface Download {
	readonly pieces: Uint8Array<ArrayBuffer>[];
	bytes: number;
	/** Of the whole, once the relay has said it. */
	size: number | null;
}

const numberIn = (text: string | null | undefined) =>
	text && /^\d{1,15}$/.test(text) ? Number(text) : null;

export function createBlobApi(options: BlobApiOptions): BlobApi {
	const { origin, workspace, fetch, token, signal } = options;

	async function ask(id: BlobId, init: RequestInit & { headers?: Record<string, string> }) {
		const authorization = `Bearer ${await token()}`;
		return fetch(origin + relayPaths.blob(workspace, id), {
			cache: 'no-store',
			...init,
			headers: { ...init.headers, authorization }
		});
	}
	/** What begins in it ends with the session. */
	async function stoppable<T>(work: (stop: AbortController) => Promise<T>): Promise<T> {
		const stop = new AbortController();
		const onEnd = () => stop.abort();
		if (signal.aborted) onEnd();
		signal.addEventListener('abort', onEnd);
		return work(stop).finally(() => signal.removeEventListener('abort', onEnd));
	}
	const within = <T>(ms: number, work: (stop: AbortSignal) => Promise<T>) =>
		stoppable((stop) => {
			const timer = setTimeout(() => stop.abort(), ms);
			return work(stop.signal).finally(() => clearTimeout(timer));
		});
	const isRefused = ({ status }: Response) => status === 401;

	/** Adds what comes to the download; rejects when it breaks off or stands still. */
	async function receive(
		body: ReadableStream<Uint8Array<ArrayBuffer>>,
		download: Download,
		stop: AbortController,
		progress: (share: number) => void
	): Promise<void> {
		const reader = body.getReader();
		for (;;) {
			const timer = setTimeout(() => stop.abort(), IDLE_MS);
			const part = await reader.read().finally(() => clearTimeout(timer));
			if (part.done) return;
			download.bytes += part.value.length;
			if (download.bytes > limits.maxBlobBytes) return stop.abort();
			download.pieces.push(part.value);
			if (download.size) progress(Math.min(1, download.bytes / download.size));
		}
	}

	function begin(response: Response, download: Download): boolean {
		const { status, headers } = response;
		if (status === 200) {
			download.pieces.length = 0;
			download.bytes = 0;
			download.size = numberIn(headers.get('content-length'));
		} else if (status !== 206) return false;
		const isBounded = download.size !== null && download.size <= limits.maxBlobBytes;
		return isBounded && response.body !== null;
	}

	/** One request for what is still missing. Null: to be tried again. */
	async function getOnce(
		id: BlobId,
		download: Download,
		progress: (share: number) => void,
		stop: AbortController
	): Promise<BlobApiFault | 'unknown-blob' | 'done' | null> {
		const timer = setTimeout(() => stop.abort(), IDLE_MS);
		const headers: Record<string, string> =
			download.bytes > 0 ? { range: `bytes=${download.bytes}-` } : {};
		const response = await ask(id, { headers, signal: stop.signal }).finally(() =>
			clearTimeout(timer)
		);
		if (isRefused(response)) return 'not-admitted';
		if (response.status === 404) return 'unknown-blob';
		if (response.status >= 500) return null;
		if (!begin(response, download)) return 'bad-answer';
		await receive(response.body!, download, stop, progress);
		return download.bytes === download.size ? 'done' : null;
	}

	return {
		async look(id) {
			try {
				const response = await within(LOOK_TIMEOUT_MS, (stop) =>
					ask(id, { method: 'HEAD', signal: stop })
				);
				if (isRefused(response)) return err('not-admitted');
				const offset = numberIn(response.headers.get(blobHeaders.offset));
				if (!response.ok || offset === null)
					return err(response.status >= 500 ? 'unreachable' : 'bad-answer');
				return ok({ offset, complete: response.headers.get(blobHeaders.complete) === '1' });
			} catch {
				return err('unreachable');
			}
		},
		async put(id, piece, offset, length) {
			try {
				const headers = { [blobHeaders.offset]: `${offset}`, [blobHeaders.length]: `${length}` };
				const body = await within(PUT_TIMEOUT_MS, async (stop) => {
					const response = await ask(id, { method: 'PUT', body: piece, headers, signal: stop });
					return isRefused(response) ? null : ((await response.json()) as unknown);
				});
				if (body === null) return err('not-admitted');
				const answer = blobPutAnswer.safeParse(body);
				return answer.success ? ok(answer.data) : err('bad-answer');
			} catch {
				return err('unreachable');
			}
		},
		async get(id, progress) {
			const download: Download = { pieces: [], bytes: 0, size: null };
			for (let tries = 0; tries < GET_TRIES && !signal.aborted; tries++) {
				const before = download.bytes;
				const end = await stoppable((stop) => getOnce(id, download, progress, stop)).catch(
					() => null
				);
				if (end === 'done') return ok(concatBytes(...download.pieces));
				if (end) return err(end);
				if (download.bytes > limits.maxBlobBytes) return err('bad-answer');
				if (download.bytes > before) tries = 0; // as long as something comes
			}
			return err('unreachable');
		}
	};
}
