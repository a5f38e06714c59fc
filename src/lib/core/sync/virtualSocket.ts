/**
 * A channel of the multiplexed socket in the shape of a WebSocket, so that y-websocket's provider
 * runs on it unchanged. While there is no connection it stays CONNECTING instead of failing again
 * and again; it also keeps count of which of its updates the relay has stored.
 */
import { messageType, parseChannelMessage, syncType } from '$lib/protocol/channelMessages.ts';
import type { RoomId } from '$lib/base/ids.ts';
import type { Channel, MuxSocket } from './muxSocket.ts';

export interface ChannelSource {
	/** Calls back with the socket as soon as there is one; returns how to stop waiting. */
	whenConnected(callback: (mux: MuxSocket) => void): () => void;
}

export interface StoredTracker {
	/** A mark for everything the log holds now. */
	mark(): number;
	/** The relay has made durable all that was marked. */
	stored(mark: number, commit: number): void;
}

const isUpdate = (payload: Uint8Array) =>
	payload[0] === messageType.sync &&
	(payload[1] === syncType.step2 || payload[1] === syncType.update);

const NOTHING = -1;

/** The class y-websocket's provider constructs for this room. */
export function virtualSocketClass(
	room: RoomId,
	source: ChannelSource,
	mayWrite: boolean,
	tracker: StoredTracker
): typeof WebSocket {
	class VirtualSocket {
		static readonly CONNECTING = 0;
		static readonly OPEN = 1;
		static readonly CLOSING = 2;
		static readonly CLOSED = 3;
		readonly CONNECTING = 0;
		readonly OPEN = 1;
		readonly CLOSING = 2;
		readonly CLOSED = 3;
		binaryType = 'arraybuffer';
		readyState: number = VirtualSocket.CONNECTING;
		onopen: (() => void) | null = null;
		onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
		onclose: ((event: { code: number; reason: string }) => void) | null = null;
		onerror: (() => void) | null = null;
		#channel: Channel | null = null;
		#stopWaiting: () => void;
		/** Marks of updates under way; the relay answers them in order. */
		#marks: number[] = [];
		/** Step 2, with all that the relay lacked, has gone out on this connection. */
		#whole = false;

		constructor() {
			this.#stopWaiting = source.whenConnected((mux) => {
				this.#channel = mux.openChannel(room, {
					opened: () => {
						this.readyState = VirtualSocket.OPEN;
						this.onopen?.();
					},
					message: (payload) => this.#receive(payload),
					closed: (code) => this.#end(code)
				});
			});
		}

		#receive(payload: Uint8Array) {
			if (payload[0] === messageType.stored) {
				const content = parseChannelMessage(payload);
				const mark = this.#marks.shift();
				if (content?.kind === 'stored' && mark !== undefined) tracker.stored(mark, content.commit);
				return;
			}
			this.onmessage?.({ data: payload.slice().buffer });
		}

		#end(code: number) {
			if (this.readyState === VirtualSocket.CLOSED) return;
			this.readyState = VirtualSocket.CLOSED;
			this.onclose?.({ code, reason: '' });
		}

		send(data: ArrayBuffer | Uint8Array) {
			if (this.readyState !== VirtualSocket.OPEN) return;
			const payload = new Uint8Array(data);
			if (isUpdate(payload) && !mayWrite) return;
			if (payload[0] === messageType.sync && payload[1] === syncType.step2) this.#whole = true;
			// A key press may overtake what was written offline: its receipt speaks for itself only.
			if (isUpdate(payload)) this.#marks.push(this.#whole ? tracker.mark() : NOTHING);
			this.#channel?.send(payload);
		}

		close() {
			this.#stopWaiting();
			this.#channel?.close();
			this.#end(1000);
		}
	}
	return VirtualSocket as unknown as typeof WebSocket;
}
