/**
 * Decides about each entry of a log: readable, refused for a named reason, or to wait for a key or
 * for the roster. A refused entry is never applied and never stops the rest of the room.
 */
import type { DeviceId } from '$lib/base/ids.ts';
import { limits } from '$lib/protocol/limits.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import {
	entrySignedBytes,
	openEntry,
	parseEntry,
	type DocumentEntryKind,
	type EntryContent,
	type EntryHeader,
	type EntryScope,
	type ParsedEntry
} from '../crypto/entry.ts';
import {
	writingSpanAt,
	type RosterCrypto,
	type RosterDevice
} from '$lib/protocol/roster/roster.ts';
import type { RoomKeys } from './roomKeys.ts';

export type EntryRefusal =
	| 'malformed'
	| 'unknown-format'
	| 'unknown-author'
	| 'not-a-writer'
	| 'retired-author'
	| 'not-in-circle'
	| 'stale-epoch'
	/** Of the commons, and newer than any the roster at hand tells of. */
	| 'unknown-epoch'
	| 'bad-signature'
	| 'bad-ciphertext'
	| 'bad-content'
	| 'bad-update';

export type EntryWait = 'key' | 'roster';

/**
 * Where an author's right to write has ended since: the entry gives way to a checkpoint that was
 * written in the knowledge of it.
 */
export type Ended =
	| { readonly by: 'roster'; readonly rosterLength: number }
	| { readonly by: 'circle'; readonly epoch: number };

export type EntryVerdict =
	| {
			readonly kind: 'readable';
			readonly header: EntryHeader & { readonly kind: DocumentEntryKind };
			readonly content: EntryContent;
			readonly ended: Ended | null;
	  }
	/** Keys, and that the room is no more, are judged by the ring and not by the room. */
	| { readonly kind: 'keys' }
	| { readonly kind: 'refused'; readonly reason: EntryRefusal }
	| { readonly kind: 'waiting'; readonly for: EntryWait };

/** The roster and the keys as they are now; both only grow. */
export interface ReaderContext extends Pick<
	RoomKeys,
	'keysOf' | 'minEpochAt' | 'maxEpoch' | 'standingOf'
> {
	readonly rosterLength: number;
	readonly deviceOf: (id: DeviceId) => RosterDevice | null;
	readonly crypto: RosterCrypto;
	/** Somebody in the roster wrote with a longer one than this device has been shown. */
	readonly onAhead?: (rosterLength: number, author: DeviceId) => void;
}

const refused = (reason: EntryRefusal): EntryVerdict => ({ kind: 'refused', reason });

/** When the author's right to write ended, if it did; or why it does not cover this entry. */
export function judgeAuthor(
	author: RosterDevice,
	{ rosterLength, epoch }: Pick<EntryHeader, 'rosterLength' | 'epoch'>,
	context: ReaderContext
): Result<Ended | null, EntryRefusal> {
	const span = writingSpanAt(author, rosterLength);
	const isOver = author.writes.some(({ to }) => to !== null && rosterLength > to);
	if (!span) return err(isOver ? 'retired-author' : 'not-a-writer');
	if (epoch < context.minEpochAt(rosterLength)) return err('stale-epoch');
	if (epoch > context.maxEpoch()) return err('unknown-epoch');
	const standing = context.standingOf(author, epoch);
	if (standing === 'out') return err('not-in-circle');
	if (span.to !== null) return ok({ by: 'roster', rosterLength: span.to });
	return ok(standing === 'former' ? { by: 'circle', epoch } : null);
}

async function openWithAny(scope: EntryScope, entry: ParsedEntry, context: ReaderContext) {
	const keys = context.keysOf(entry.header.epoch);
	let content: Awaited<ReturnType<typeof openEntry>> | null = null;
	for (const key of keys) {
		content = await openEntry(scope, entry, key);
		if (content.ok || content.error !== 'bad-ciphertext') return content;
	}
	return content;
}

export async function readEntry(
	scope: EntryScope,
	bytes: Uint8Array,
	context: ReaderContext
): Promise<EntryVerdict> {
	const parsed = parseEntry(bytes);
	if (!parsed.ok) return refused(parsed.error);
	const { header } = parsed.value;
	const { kind } = header;
	if (kind === 'keys' || kind === 'erasure') return { kind: 'keys' };
	// No roster grows that long: such an entry would wait for ever.
	if (header.rosterLength > limits.maxRosterRecords) return refused('malformed');
	const author = context.deviceOf(header.author);
	const isAhead = header.rosterLength > context.rosterLength;
	if (!author) return isAhead ? { kind: 'waiting', for: 'roster' } : refused('unknown-author');
	const signed = entrySignedBytes(scope, parsed.value);
	if (!(await context.crypto.verify(author.signKey, signed, parsed.value.signature)))
		return refused('bad-signature');
	// Records this device has not seen may say that the author was no writer any more.
	if (isAhead) {
		// Who was taken out does not come back, however long a roster he speaks of.
		if (author.retired !== null) return refused('retired-author');
		context.onAhead?.(header.rosterLength, header.author);
		return { kind: 'waiting', for: 'roster' };
	}
	const judged = judgeAuthor(author, header, context);
	if (!judged.ok) return refused(judged.error);
	const content = await openWithAny(scope, parsed.value, context);
	if (!content) return { kind: 'waiting', for: 'key' };
	if (!content.ok) return refused(content.error);
	return {
		kind: 'readable',
		header: { ...header, kind },
		content: content.value,
		ended: judged.value
	};
}
