/**
 * One worker thread with the documents of some workspaces. A request that takes longer than its
 * limit ends the thread: that request is answered `slow`, all others in it `lost` (to be asked
 * again after loading anew), and a fresh thread takes its place.
 */
import { Worker } from 'node:worker_threads';
import { errorName, type Log } from '../log.ts';
import {
	handOver,
	type DocReply,
	type DocRequest,
	type Numbered,
	type RoomWorkerData
} from './workerMessages.ts';

export type LaneReply = DocReply | { readonly result: 'slow' } | { readonly result: 'lost' };

export interface DocLane {
	/** Counts the threads: a document loaded into an earlier one is gone. */
	readonly incarnation: number;
	/** Bytes in the request are given away: they must not be views, nor be used again. */
	post(request: DocRequest, limitMs: number, onReply: (reply: LaneReply) => void): void;
	close(): Promise<void>;
}

export interface LaneOptions {
	readonly log: Log;
	readonly heapMb: number;
	readonly spinOn: string | null;
}

const WATCH_EVERY_MS = 50;
const MAX_ID = 0x7fffffff;

interface Pending {
	readonly limitMs: number;
	readonly onReply: (reply: LaneReply) => void;
}

function bytesIn(request: DocRequest): readonly Uint8Array[] {
	if (request.op === 'load') return request.updates;
	return request.op === 'apply' ? [request.update] : [];
}

export function createDocLane({ log, heapMb, spinOn }: LaneOptions): DocLane {
	const position = new Int32Array(new SharedArrayBuffer(4));
	const pending = new Map<number, Pending>();
	let outgoing: Numbered<DocRequest>[] = [];
	let nextId = 1;
	let incarnation = 0;
	let closed = false;
	let watch: ReturnType<typeof setInterval> | null = null;
	let worker = start();

	function start(): Worker {
		incarnation += 1;
		Atomics.store(position, 0, 0);
		const workerData: RoomWorkerData = { progress: position.buffer, spinOn };
		const started = new Worker(new URL('./roomWorker.ts', import.meta.url), {
			workerData,
			resourceLimits: { maxOldGenerationSizeMb: heapMb }
		});
		started.unref();
		started.on('message', receive);
		started.on('error', (error) => {
			log('error', 'room-worker-failed', { error: errorName(error) });
			if (worker === started) replace(Atomics.load(position, 0));
		});
		return started;
	}

	function receive(replies: readonly Numbered<DocReply>[]): void {
		for (const { id, body } of replies) {
			const request = pending.get(id);
			pending.delete(id);
			request?.onReply(body);
		}
		if (pending.size === 0) stopWatching();
	}

	function stopWatching(): void {
		if (watch) clearInterval(watch);
		watch = null;
	}

	function startWatching(): void {
		let current = 0;
		let since = 0;
		watch ??= setInterval(() => {
			const id = Atomics.load(position, 0);
			if (id !== current) [current, since] = [id, performance.now()];
			const limitMs = pending.get(id)?.limitMs ?? Infinity;
			if (performance.now() - since > limitMs) replace(id);
		}, WATCH_EVERY_MS);
	}

	function replace(guilty: number): void {
		log('warn', 'room-worker-replaced', { pending: pending.size });
		worker.removeAllListeners('message');
		void worker.terminate();
		stopWatching();
		outgoing = [];
		const all = [...pending];
		pending.clear();
		if (closed) return;
		worker = start();
		for (const [id, { onReply }] of all) onReply({ result: id === guilty ? 'slow' : 'lost' });
	}

	function send(): void {
		const batch = outgoing;
		outgoing = [];
		const given = batch.flatMap(({ body }) => bytesIn(body));
		if (batch.length > 0 && !closed) worker.postMessage(batch, handOver(given));
	}

	return {
		get incarnation() {
			return incarnation;
		},
		post(request, limitMs, onReply) {
			const id = nextId;
			nextId = nextId === MAX_ID ? 1 : nextId + 1;
			pending.set(id, { limitMs, onReply });
			if (outgoing.length === 0) setImmediate(send);
			outgoing.push({ id, body: request });
			startWatching();
		},
		async close() {
			closed = true;
			stopWatching();
			await worker.terminate();
		}
	};
}
