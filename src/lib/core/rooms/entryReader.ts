/**
 * Decides about each entry of a log: readable, refused for a named reason, or to wait for a key or
 * for the roster. A refused entry is never applied and never stops the rest of the room.
 */
import type { DeviceId } from '$lib/base/ids.ts';
import {
	entrySignedBytes,
	openEntry,
	parseEntry,
	type EntryContent,
	type EntryHeader,
	type EntryScope
} from '../crypto/entry.ts';
import type { SecretKey } from '../crypto/aead.ts';
import { mayWrite, type RosterCrypto, type RosterDevice } from '$lib/protocol/roster/roster.ts';

export type EntryRefusal =
	| 'malformed'
	| 'unknown-format'
	| 'unknown-author'
	| 'not-a-writer'
	| 'bad-signature'
	| 'bad-ciphertext'
	| 'bad-content'
	| 'bad-update';

export type EntryWait = 'key' | 'roster';

export type EntryVerdict =
	| { readonly kind: 'readable'; readonly header: EntryHeader; readonly content: EntryContent }
	| { readonly kind: 'refused'; readonly reason: EntryRefusal }
	| { readonly kind: 'waiting'; readonly for: EntryWait };

/** The roster and the keys as they are now; both only grow. */
export interface ReaderContext {
	readonly rosterLength: number;
	readonly keyOf: (epoch: number) => SecretKey | null;
	readonly deviceOf: (id: DeviceId) => RosterDevice | null;
	readonly crypto: RosterCrypto;
}

const refused = (reason: EntryRefusal): EntryVerdict => ({ kind: 'refused', reason });

export async function readEntry(
	scope: EntryScope,
	bytes: Uint8Array,
	context: ReaderContext
): Promise<EntryVerdict> {
	const parsed = parseEntry(bytes);
	if (!parsed.ok) return refused(parsed.error);
	const entry = parsed.value;
	const author = context.deviceOf(entry.header.author);
	if (!author) {
		const newcomer = entry.header.rosterLength > context.rosterLength;
		return newcomer ? { kind: 'waiting', for: 'roster' } : refused('unknown-author');
	}
	if (!mayWrite(author)) return refused('not-a-writer');
	if (
		!(await context.crypto.verify(author.signKey, entrySignedBytes(scope, entry), entry.signature))
	)
		return refused('bad-signature');
	const key = context.keyOf(entry.header.epoch);
	if (!key) return { kind: 'waiting', for: 'key' };
	const content = await openEntry(scope, entry, key);
	return content.ok
		? { kind: 'readable', header: entry.header, content: content.value }
		: refused(content.error);
}
