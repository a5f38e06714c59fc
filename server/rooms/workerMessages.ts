/** What the main thread and a room worker say to each other. Ids count up within one worker. */

export type DocRequest =
	| { readonly op: 'load'; readonly room: string; readonly updates: readonly Uint8Array[] }
	| { readonly op: 'apply'; readonly room: string; readonly update: Uint8Array }
	| { readonly op: 'vector'; readonly room: string }
	| { readonly op: 'diff'; readonly room: string; readonly stateVector: Uint8Array }
	| { readonly op: 'snapshot'; readonly room: string }
	| { readonly op: 'drop'; readonly room: string };

export type DocReply =
	/** `freed`: what was loaded holds content that was deleted since. */
	| { readonly result: 'done'; readonly freed: boolean }
	/**
	 * `update`: what to keep in place of what came, when that is smaller; null to keep it as it is.
	 * `freed`: it deleted content that the store still holds.
	 */
	| { readonly result: 'changed'; readonly update: Uint8Array | null; readonly freed: boolean }
	| { readonly result: 'unchanged' }
	| { readonly result: 'malformed' }
	/** Decoded but failed half way: the worker's document is no longer to be trusted. */
	| { readonly result: 'torn' }
	| { readonly result: 'bytes'; readonly bytes: Uint8Array };

export interface Numbered<T> {
	readonly id: number;
	readonly body: T;
}

/** Copying beats handing over up to about this size. */
const HAND_OVER_BYTES = 64 * 1024;

/** The buffers behind some bytes that the sender gives away with a message. */
export const handOver = (bytes: readonly Uint8Array[]): ArrayBuffer[] =>
	bytes.flatMap(({ buffer, length }) =>
		length > HAND_OVER_BYTES && buffer instanceof ArrayBuffer ? [buffer] : []
	);

export interface RoomWorkerData {
	/** One Int32: the id of the request the worker is at, so that a hanging one can be named. */
	readonly progress: SharedArrayBuffer;
	/** Test hook: an update that holds this text spins for ever, as a crafted one may. */
	readonly spinOn: string | null;
}
