/**
 * The y-websocket messages of one room's channel, as far as a blind peer must tell them apart.
 * Types 0–3 are y-websocket's own; 16 is ours.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export const messageType = {
	sync: 0,
	awareness: 1,
	auth: 2,
	queryAwareness: 3,
	stored: 16
} as const;
export const syncType = { step1: 0, step2: 1, update: 2 } as const;

export type ChannelContent =
	| { readonly kind: 'step1'; readonly stateVector: Uint8Array }
	| { readonly kind: 'update'; readonly step2: boolean; readonly update: Uint8Array }
	| { readonly kind: 'awareness'; readonly update: Uint8Array }
	| { readonly kind: 'queryAwareness' }
	| { readonly kind: 'stored'; readonly commit: number };

function readContent(decoder: decoding.Decoder): ChannelContent | null {
	const type = decoding.readVarUint(decoder);
	switch (type) {
		case messageType.sync: {
			const sync = decoding.readVarUint(decoder);
			const bytes = decoding.readVarUint8Array(decoder);
			if (sync === syncType.step1) return { kind: 'step1', stateVector: bytes };
			if (sync === syncType.step2) return { kind: 'update', step2: true, update: bytes };
			return sync === syncType.update ? { kind: 'update', step2: false, update: bytes } : null;
		}
		case messageType.awareness:
			return { kind: 'awareness', update: decoding.readVarUint8Array(decoder) };
		case messageType.queryAwareness:
			return { kind: 'queryAwareness' };
		case messageType.stored:
			return { kind: 'stored', commit: decoding.readVarUint(decoder) };
		default:
			return null;
	}
}

/** Null for anything that does not parse to its last byte. */
export function parseChannelMessage(payload: Uint8Array): ChannelContent | null {
	const decoder = decoding.createDecoder(payload);
	try {
		const content = readContent(decoder);
		return decoding.hasContent(decoder) ? null : content;
	} catch {
		return null;
	}
}

function encodeMessage(
	type: number,
	write: (encoder: encoding.Encoder) => void
): Uint8Array<ArrayBuffer> {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, type);
	write(encoder);
	return encoding.toUint8Array(encoder);
}

function encodeSync(sync: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	return encodeMessage(messageType.sync, (encoder) => {
		encoding.writeVarUint(encoder, sync);
		encoding.writeVarUint8Array(encoder, bytes);
	});
}

export const encodeStep1 = (stateVector: Uint8Array) => encodeSync(syncType.step1, stateVector);
export const encodeStep2 = (update: Uint8Array) => encodeSync(syncType.step2, update);
export const encodeUpdate = (update: Uint8Array) => encodeSync(syncType.update, update);

export const encodeAwareness = (update: Uint8Array) =>
	encodeMessage(messageType.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update));

/** "Everything you sent on this channel up to here is durable; the newest of it is `commit`." */
export const encodeStored = (commit: number) =>
	encodeMessage(messageType.stored, (encoder) => encoding.writeVarUint(encoder, commit));
