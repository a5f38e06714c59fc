/**
 * One websocket that carries many rooms. Each channel looks like a WebSocket to y-websocket's
 * provider. What one turn of the event loop produces leaves in one frame.
 */
import {
	CONTROL_CHANNEL,
	encodeFrame,
	parseFrame,
	type ChannelMessage
} from '$lib/protocol/frames.ts';
import {
	encodeControl,
	parseRelayControl,
	type ClientControl,
	type RelayControl
} from '$lib/protocol/control.ts';
import { messageType } from '$lib/protocol/channelMessages.ts';
import { limits } from '$lib/protocol/limits.ts';
import type { RoomId } from '$lib/base/ids.ts';

/** One room's end of the socket. */
export interface ChannelPort {
	opened(): void;
	message(payload: Uint8Array): void;
	closed(code: number): void;
}

export interface Channel {
	send(payload: Uint8Array): void;
	close(): void;
}

export interface MuxSocket {
	openChannel(room: RoomId, port: ChannelPort): Channel;
	control(message: ClientControl): void;
	close(): void;
}

export interface MuxSocketEvents {
	control(message: RelayControl): void;
	/** The socket is gone, with every channel. */
	closed(code: number): void;
}

/** Shorter than the relay's own patience and than that of proxies between. */
const PING_MS = 20_000;
const ABNORMAL_CLOSE = 1006;

export function createMuxSocket(socket: WebSocket, events: MuxSocketEvents): MuxSocket {
	const ports = new Map<number, ChannelPort>();
	let nextChannel = 1;
	let queue: ChannelMessage[] = [];
	let queuedBytes = 0;
	let awaitingPong = false;
	let gone = false;
	socket.binaryType = 'arraybuffer';

	function flush() {
		const messages = queue;
		queue = [];
		queuedBytes = 0;
		if (messages.length > 0 && socket.readyState === socket.OPEN)
			socket.send(encodeFrame(messages));
	}

	function send(message: ChannelMessage) {
		if (gone) return;
		if (queue.length === 0) queueMicrotask(flush);
		if (queuedBytes + message.payload.length > limits.maxFrameBytes / 2) flush();
		queue.push(message);
		queuedBytes += message.payload.length;
	}

	function sendControl(message: ClientControl) {
		send({ channel: CONTROL_CHANNEL, payload: encodeControl(message) });
	}

	function onControl(payload: Uint8Array) {
		const message = parseRelayControl(payload);
		if (!message) return end(ABNORMAL_CLOSE);
		if (message.type === 'opened') return ports.get(message.channel)?.opened();
		if (message.type === 'refused') {
			const port = ports.get(message.channel);
			ports.delete(message.channel);
			return port?.closed(message.code);
		}
		events.control(message);
	}

	/** What one room cannot digest must not cost the others the rest of the frame. */
	function deliver(channel: number, payload: Uint8Array) {
		const port = ports.get(channel);
		try {
			port?.message(payload);
		} catch {
			if (payload[0] !== messageType.sync) return; // presence: drop it
			ports.delete(channel);
			sendControl({ type: 'close', channel });
			port?.closed(ABNORMAL_CLOSE); // comes back and syncs anew
		}
	}

	function onMessage(event: MessageEvent) {
		awaitingPong = false;
		const messages =
			event.data instanceof ArrayBuffer ? parseFrame(new Uint8Array(event.data)) : null;
		if (!messages) return end(ABNORMAL_CLOSE);
		for (const { channel, payload } of messages) {
			if (channel === CONTROL_CHANNEL) onControl(payload);
			else deliver(channel, payload);
		}
	}

	// Counted in ticks, not in time: in a hidden tab a tick may be a minute apart from the next.
	const timer = setInterval(() => {
		if (awaitingPong) return end(ABNORMAL_CLOSE);
		awaitingPong = true;
		sendControl({ type: 'ping' });
	}, PING_MS);

	function end(code: number) {
		if (gone) return;
		gone = true;
		clearInterval(timer);
		socket.onmessage = socket.onclose = null;
		socket.onerror = () => {}; // closing while connecting reports an error
		socket.close();
		const open = [...ports.values()];
		ports.clear();
		// Whatever ended the socket, each room may come back on the next one.
		for (const port of open) port.closed(ABNORMAL_CLOSE);
		events.closed(code);
	}

	socket.onmessage = onMessage;
	socket.onclose = (event) => end(event.code);
	socket.onerror = () => {};

	return {
		openChannel(room, port) {
			const channel = nextChannel++;
			ports.set(channel, port);
			sendControl({ type: 'open', channel, room });
			return {
				send: (payload) => send({ channel, payload }),
				close() {
					if (ports.delete(channel)) sendControl({ type: 'close', channel });
				}
			};
		},
		control: sendControl,
		close() {
			flush();
			end(1000);
		}
	};
}
