/**
 * A room's history: checkpoints that left the log, kept in a companion room of their own, one a
 * day for 30 days, then one a week for a year. It is opened only when a person looks for an
 * earlier version.
 */
import { bytesToBase64Url, utf8ToBytes } from '$lib/base/bytes.ts';
import type { RoomId } from '$lib/base/ids.ts';
import type { RosterCrypto } from '$lib/protocol/roster/roster.ts';
import {
	openEntry,
	parseEntry,
	sealEntry,
	type EntryContent,
	type EntryScope
} from '../crypto/entry.ts';
import type { LogEntry } from './checkpoint.ts';
import { LOG_NAME, type Sealing } from './room.ts';
import { readEntry, type ReaderContext } from './entryReader.ts';
import type * as Y from 'yjs';

const DAY_MS = 86_400_000;
const DAILY_DAYS = 30;
const WEEKLY_DAYS = 365;

/** Deterministic, so that every device finds it; unlinkable to the room for who lacks the room's id. */
export async function historyRoomOf(room: RoomId, { sha256 }: RosterCrypto): Promise<RoomId> {
	return bytesToBase64Url(
		(await sha256(utf8ToBytes(`tongxin.history.1\n${room}`))).subarray(0, 16)
	) as RoomId;
}

/** Indexes of the instants (oldest first) to let go: all but the first of each day, later of each week. */
export function planThinning(instantsMs: readonly number[], nowMs: number): ReadonlySet<number> {
	const taken = new Set<string>();
	const drop = new Set<number>();
	instantsMs.forEach((at, i) => {
		const ageDays = (nowMs - at) / DAY_MS;
		const day = Math.floor(at / DAY_MS);
		const slot = ageDays <= DAILY_DAYS ? `day ${day}` : `week ${Math.floor(day / 7)}`;
		if (ageDays > WEEKLY_DAYS || taken.has(slot)) drop.add(i);
		else taken.add(slot);
	});
	return drop;
}

export interface Version {
	readonly at: number;
	/** Yjs v2 update of the whole document. */
	readonly state: Uint8Array;
}

export interface HistoryRoom {
	readonly scope: EntryScope;
	readonly log: Y.Doc;
}

/** Readable versions, oldest first, with the entry that holds each. */
export async function readVersions(
	{ scope, log }: HistoryRoom,
	context: ReaderContext
): Promise<{ bytes: Uint8Array; version: Version }[]> {
	const versions: { bytes: Uint8Array; version: Version }[] = [];
	for (const bytes of log.getArray<Uint8Array>(LOG_NAME).toArray()) {
		if (!(bytes instanceof Uint8Array)) continue;
		const verdict = await readEntry(scope, bytes, context);
		const state = verdict.kind === 'readable' ? verdict.content.updates[0] : undefined;
		if (verdict.kind === 'readable' && state)
			versions.push({ bytes, version: { at: verdict.content.at, state } });
	}
	return versions.sort((a, b) => a.version.at - b.version.at);
}

/** Its author was judged when it was applied. */
async function openApplied(
	from: EntryScope,
	bytes: Uint8Array,
	{ keysOf }: ReaderContext
): Promise<EntryContent | null> {
	const parsed = parseEntry(bytes);
	if (!parsed.ok) return null;
	for (const key of keysOf(parsed.value.header.epoch)) {
		const content = await openEntry(from, parsed.value, key);
		if (content.ok) return content.value;
	}
	return null;
}

/** Moves checkpoints that leave the log into the history and thins it. */
export async function keepInHistory(
	from: EntryScope,
	retired: readonly LogEntry[],
	history: HistoryRoom,
	sealing: Sealing,
	context: ReaderContext,
	nowMs: number
): Promise<void> {
	const kept = await readVersions(history, context);
	await sealing.keysSettled();
	const entries = history.log.getArray<Uint8Array>(LOG_NAME);
	for (const { bytes } of retired) {
		const content = await openApplied(from, bytes, context);
		const days = kept.map(({ version }) => Math.floor(version.at / DAY_MS));
		if (!content || days.includes(Math.floor(content.at / DAY_MS))) continue;
		const { epoch, key, rosterLength } = sealing.current();
		const author = sealing.device;
		const header = { kind: 'checkpoint', epoch, rosterLength, author } as const;
		const moved = await sealEntry(history.scope, header, content, key, sealing.signer);
		history.log.transact(() => entries.push([moved]));
		kept.push({
			bytes: moved,
			version: { at: content.at, state: content.updates[0]! }
		});
	}
	kept.sort((a, b) => a.version.at - b.version.at);
	const drop = planThinning(
		kept.map(({ version }) => version.at),
		nowMs
	);
	const gone = new Set(kept.filter((_, i) => drop.has(i)).map(({ bytes }) => bytes));
	history.log.transact(() => {
		const all = entries.toArray();
		for (let i = all.length - 1; i >= 0; i--) if (gone.has(all[i]!)) entries.delete(i, 1);
	});
}
