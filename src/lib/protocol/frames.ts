/**
 * The multiplexed frame:
 *
 *     ┌─────────────┬────────────┬───────────┐
 *     │ channel: vu │ length: vu │ payload   │ … repeated to the end of the frame
 *     └─────────────┴────────────┴───────────┘
 *
 * vu is lib0's variable-length unsigned integer. Channel 0 carries control messages (control.ts),
 * every other channel y-websocket messages of one room.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export interface ChannelMessage {
	readonly channel: number;
	readonly payload: Uint8Array;
}

export const CONTROL_CHANNEL = 0;

export function encodeFrame(messages: Iterable<ChannelMessage>): Uint8Array<ArrayBuffer> {
	const encoder = encoding.createEncoder();
	for (const { channel, payload } of messages) {
		encoding.writeVarUint(encoder, channel);
		encoding.writeVarUint8Array(encoder, payload);
	}
	return encoding.toUint8Array(encoder);
}

/** Null when the frame does not parse to its last byte or is empty. Payloads are views into it. */
export function parseFrame(frame: Uint8Array): ChannelMessage[] | null {
	const decoder = decoding.createDecoder(frame);
	const messages: ChannelMessage[] = [];
	try {
		while (decoding.hasContent(decoder)) {
			const channel = decoding.readVarUint(decoder);
			const length = decoding.readVarUint(decoder);
			if (length > frame.length - decoder.pos) return null;
			messages.push({ channel, payload: decoding.readUint8Array(decoder, length) });
		}
	} catch {
		return null; // lib0 throws on a varint that runs off the end or past 2^53
	}
	return messages.length > 0 ? messages : null;
}
