/**
 * One accepted connection as bytes in and out: batching by turn, and every bound on what its peer
 * can make the relay hold or do. It knows frames, not what they mean.
 */
import type { Socket } from 'node:net';
import { WebSocket, type RawData } from 'ws';
import { closeCodes, closeName, type CloseCode } from '../../src/lib/protocol/closeCodes.ts';
import type { ChannelMessage } from '../../src/lib/protocol/frames.ts';
import type { Tuning } from '../relayOptions.ts';
import type { Log } from '../log.ts';

const TOO_BIG = 1009; // what ws says of a frame over maxPayload, before reading it

/** The class the websocket server makes its connections of: names an over-long frame our way. */
export class RelayWebSocket extends WebSocket {
	override close(code?: number, reason?: string | Buffer): void {
		if (code === TOO_BIG) super.close(closeCodes.frameTooLarge, 'frameTooLarge');
		else super.close(code, reason);
	}
}

export interface LineEvents {
	/** A binary frame, as a view that must not be kept. */
	onFrame(frame: Uint8Array): void;
	/** Once, as soon as the end is decided on. */
	onEnd(): void;
}

export interface SocketLine {
	queue(message: ChannelMessage): void;
	/** Unsent bytes the relay holds for this peer. */
	heldBytes(): number;
	/** Takes flood tokens beyond the one of each frame; false when that ended the connection. */
	charge(tokens: number): boolean;
	/** Counts bytes that wait to be decoded, and stops reading while there are too many. */
	pending(bytes: number): void;
	close(code: CloseCode): void;
	/** Closes without another byte of what was to be sent: the peer may not read it any more. */
	cut(code: CloseCode): void;
	isClosed(): boolean;
	/** Closed by the relay because of what the peer did. */
	isFailed(): boolean;
	/** Pings, or ends a connection that is dead; `now` in milliseconds of a steady clock. */
	tick(now: number): void;
}

export interface LineOptions {
	readonly ws: WebSocket;
	readonly socket: Socket;
	readonly tuning: Tuning;
	readonly log: Log;
	/** The messages of one turn as the frames to send. */
	readonly toFrames: (messages: readonly ChannelMessage[]) => readonly Uint8Array[];
}

const FLUSH_BYTES = 1024 * 1024;
const GOING_AWAY = 1001;

function viewOf(data: RawData): Uint8Array {
	const buffer = Array.isArray(data) ? Buffer.concat(data) : data;
	return buffer instanceof ArrayBuffer
		? new Uint8Array(buffer)
		: new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function createBucket(perSecond: number) {
	const burst = perSecond * 10;
	let tokens = burst;
	let filledAt = performance.now();
	return (wanted: number): boolean => {
		const now = performance.now();
		tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond) - wanted;
		filledAt = now;
		return tokens >= 0;
	};
}

export function createSocketLine(options: LineOptions, events: LineEvents): SocketLine {
	const { ws, socket, tuning, log, toFrames } = options;
	const take = createBucket(tuning.framesPerSecond);
	let outbox: ChannelMessage[] = [];
	let outboxBytes = 0;
	let pendingBytes = 0;
	let ended = false;
	let failed = false;
	let heardAt = performance.now();
	let pingedAt = heardAt;

	const heldBytes = () => ws.bufferedAmount + outboxBytes;

	function flush(): void {
		const messages = outbox;
		outbox = [];
		outboxBytes = 0;
		if (messages.length === 0 || ws.readyState !== WebSocket.OPEN) return;
		socket.cork(); // one write for the frames of one turn
		for (const frame of toFrames(messages)) ws.send(frame);
		socket.uncork();
	}

	function end(): void {
		if (ended) return;
		ended = true;
		events.onEnd();
	}

	function close(code: number): void {
		if (ended) return;
		const name = closeName(code);
		failed = name !== null && name !== 'shuttingDown';
		if (name) log(failed ? 'warn' : 'info', 'socket-closed', { code, name });
		flush();
		end();
		ws.close(code, name ?? '');
		setTimeout(() => ws.terminate(), tuning.closeGraceMs).unref();
	}

	function cut(code: CloseCode): void {
		if (ended) return;
		outbox = [];
		outboxBytes = 0;
		// The goodbye would come after what is on its way to a slow reader.
		const isBehind = ws.bufferedAmount > 0;
		close(code);
		if (isBehind) ws.terminate();
	}

	function charge(tokens: number): boolean {
		if (ended) return false;
		if (!take(tokens)) close(closeCodes.flood);
		return !ended;
	}

	ws.on('message', (data, isBinary) => {
		heardAt = performance.now();
		if (!charge(1)) return;
		if (isBinary) events.onFrame(viewOf(data));
		else close(closeCodes.malformedFrame);
	});
	ws.on('ping', () => charge(1));
	ws.on('pong', () => {
		heardAt = performance.now();
		charge(1);
	});
	// The close handshake that follows says what there is to say.
	ws.on('error', () => {
		if (!ended) failed = true;
		end();
		setTimeout(() => ws.terminate(), tuning.closeGraceMs).unref();
	});
	ws.on('close', end);

	return {
		heldBytes,
		charge,
		close,
		cut,
		isClosed: () => ended,
		isFailed: () => failed,
		queue(message) {
			if (ended) return;
			// A single long answer may pass; what may not grow is a heap of unread ones.
			if (heldBytes() > tuning.maxUnsentBytes) return close(closeCodes.slowReader);
			if (outbox.length === 0) setImmediate(flush);
			outbox.push(message);
			outboxBytes += message.payload.length;
			if (outboxBytes > FLUSH_BYTES) flush();
		},
		pending(bytes) {
			pendingBytes += bytes;
			if (ended) return;
			if (pendingBytes > tuning.maxPendingBytes) ws.pause();
			else if (ws.isPaused) ws.resume();
		},
		tick(now) {
			if (ended) return;
			if (now - heardAt > tuning.silentMs) return close(GOING_AWAY);
			if (now - pingedAt < tuning.pingEveryMs) return;
			pingedAt = now;
			ws.ping();
		}
	};
}
