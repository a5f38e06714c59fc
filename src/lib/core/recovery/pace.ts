/** Long work in the page, in pieces: between them people type, and may call it off. */
const PIECE_BYTES = 256 * 1024;

export interface LongWork {
	/** Share done, 0 to 1. */
	readonly progress?: (share: number) => void;
	readonly signal?: AbortSignal;
}

/** A turn of the event loop. Not a timer: a tab in the background gets one of those a second. */
const nextTurn = () =>
	new Promise<void>((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});

export type Pace = (bytes: number) => Promise<void>;

/** Called with what was just worked through; rejects with the signal's reason when called off. */
export function createPace({ signal }: LongWork): Pace {
	let sinceTurn = 0;
	return async (bytes) => {
		signal?.throwIfAborted();
		sinceTurn += bytes;
		if (sinceTurn < PIECE_BYTES) return;
		sinceTurn = 0;
		await nextTurn();
		signal?.throwIfAborted();
	};
}

export function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
	for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

/** Not Blob.stream(): that may hand over the whole file as one piece. */
export async function* piecesOfFile(file: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	for (let at = 0; at < file.size; at += PIECE_BYTES)
		yield new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
}

/** Asks for the next piece only when the one before is used up. */
export const streamOf = (pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> =>
	new ReadableStream({
		async pull(controller) {
			const next = await pieces.next();
			if (next.done) controller.close();
			else controller.enqueue(next.value);
		},
		cancel: async () => void (await pieces.return(undefined))
	});
