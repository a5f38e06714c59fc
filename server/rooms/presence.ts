/**
 * Who is present in a room, as far as a blind relay must know it: the client numbers and clocks in
 * the head of y-websocket's awareness messages. The states between them are sealed and stay so.
 *
 *     count: vu, then count × (client: vu, clock: vu, state: length vu + bytes)
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { bytesEqual, utf8ToBytes } from '../../src/lib/base/bytes.ts';

interface Entry {
	readonly client: number;
	readonly clock: number;
	readonly state: Uint8Array;
}

export interface Presence<Owner> {
	/** Takes an awareness update in: whether anything in it is news, or null when it is malformed. */
	take(owner: Owner, update: Uint8Array): boolean | null;
	/** The newest states, for somebody who joins; null when nobody is present. */
	states(): Uint8Array | null;
	/** Forgets what `owner` brought: the update that says so to the others, null if it was nothing. */
	leave(owner: Owner): Uint8Array | null;
}

const GONE = utf8ToBytes('null');

function parseEntries(update: Uint8Array): Entry[] | null {
	const decoder = decoding.createDecoder(update);
	try {
		const count = decoding.readVarUint(decoder);
		if (count > update.length) return null;
		const entries = Array.from({ length: count }, () => ({
			client: decoding.readVarUint(decoder),
			clock: decoding.readVarUint(decoder),
			state: decoding.readVarUint8Array(decoder)
		}));
		return decoding.hasContent(decoder) ? null : entries;
	} catch {
		return null;
	}
}

function encodeEntries(entries: readonly Entry[]): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, entries.length);
	for (const { client, clock, state } of entries) {
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarUint8Array(encoder, state);
	}
	return encoding.toUint8Array(encoder);
}

export function createPresence<Owner>(maxClients: number): Presence<Owner> {
	const present = new Map<number, Entry & { readonly owner: Owner }>();

	function takeEntry(owner: Owner, { client, clock, state }: Entry): boolean {
		const known = present.get(client);
		const leaves = bytesEqual(state, GONE);
		// y-websocket's own rule. It also ends the echo of clients that send on what they heard.
		const isNews = known ? clock > known.clock || (leaves && clock === known.clock) : !leaves;
		if (isNews && leaves) present.delete(client);
		// A copy: the entry is a view into a frame that need not be kept.
		else if (isNews && (known || present.size < maxClients))
			present.set(client, { client, clock, state: state.slice(), owner });
		return isNews;
	}

	return {
		take(owner, update) {
			const entries = parseEntries(update);
			return entries && entries.map((entry) => takeEntry(owner, entry)).includes(true);
		},
		states: () => (present.size > 0 ? encodeEntries([...present.values()]) : null),
		leave(owner) {
			const left = [...present.values()].filter((entry) => entry.owner === owner);
			for (const { client } of left) present.delete(client);
			return left.length > 0
				? encodeEntries(left.map(({ client, clock }) => ({ client, clock, state: GONE })))
				: null;
		}
	};
}
