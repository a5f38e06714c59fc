/**
 * Looks at the keys entries of rooms, puts what this device can open into the ring, and knows what
 * the ring comes to for each room.
 */
import { utf8ToBytes } from '$lib/base/bytes.ts';
import type { RoomId, WorkspaceId } from '$lib/base/ids.ts';
import type { Roster, RosterCrypto } from '$lib/protocol/roster/roster.ts';
import type { AgeIdentity } from '../crypto/age.ts';
import { isKeysEntry } from '../crypto/entry.ts';
import { LOG_NAME } from '../rooms/room.ts';
import type { StoredLog } from '../store/roomLogs.ts';
import {
	hashOf,
	readKeysEntry,
	type ClosedKeys,
	type KeysRefusal,
	type OpenedKeys
} from './keysEntry.ts';
import type { Ring } from './ring.ts';
import { readRoomRing, type RoomRing } from './roomRing.ts';

/** Who floods a room with keys entries must not keep its readers busy for ever. */
const MAX_ENTRIES_LOOKED_AT = 500;

export interface RingReaderOptions {
	readonly workspace: WorkspaceId;
	readonly ring: Ring;
	readonly roster: () => Roster;
	/** This device's, and the recovery kit's while its secret is here. */
	readonly identities: () => readonly AgeIdentity[];
	readonly crypto: RosterCrypto;
}

export interface RingReader {
	/** Null where the room is no circle's, or none of this device's. */
	viewOf(room: RoomId): RoomRing | null;
	look(room: RoomId, log: StoredLog['log']): Promise<void>;
	/** An entry of this device's own is in the log now. */
	noteAppended(room: RoomId, hash: string): void;
	/** The roster, or with `room` the ring's row of it, has changed. */
	changed(room?: RoomId): void;
	/** Rooms with entries by authors that the roster at hand does not know yet. */
	readonly undecided: ReadonlySet<RoomId>;
	/** Keys entries that were not believed, by reason. */
	refusals(): ReadonlyMap<KeysRefusal, number>;
}

interface Looked {
	readonly opened: readonly OpenedKeys[];
	readonly closed: readonly ClosedKeys[];
	readonly isWaiting: boolean;
}

export function createRingReader(options: RingReaderOptions): RingReader {
	const { workspace, ring, roster, crypto } = options;
	const views = new Map<RoomId, RoomRing | null>();
	/** Hashes of the keys entries in a log, as last looked at. */
	const present = new Map<RoomId, ReadonlySet<string>>();
	const undecided = new Set<RoomId>();
	const refused = new Map<string, KeysRefusal>();

	async function read(
		room: RoomId,
		fresh: readonly { readonly bytes: Uint8Array; readonly hash: string }[]
	): Promise<Looked> {
		const reader = { roster: roster(), identities: options.identities(), crypto };
		const opened: OpenedKeys[] = [];
		const closed: ClosedKeys[] = [];
		let isWaiting = false;
		for (const { bytes, hash } of fresh.slice(-MAX_ENTRIES_LOOKED_AT)) {
			const verdict = await readKeysEntry({ workspace, room }, bytes, reader);
			if (verdict.kind === 'opened') opened.push(verdict.keys);
			if (verdict.kind === 'closed') closed.push(verdict.keys);
			if (verdict.kind === 'refused') refused.set(`${room} ${hash}`, verdict.reason);
			isWaiting ||= verdict.kind === 'waiting';
		}
		return { opened, closed, isWaiting };
	}

	async function keep(room: RoomId, seen: string, { opened, closed, isWaiting }: Looked) {
		if (isWaiting) undecided.add(room);
		else undecided.delete(room);
		const known = ring.get(room)?.opened ?? [];
		const all = [...known, ...opened];
		if (all.length === 0 && isWaiting) return;
		const state = all.length > 0 ? 'mine' : 'foreign';
		await ring.put(room, { state, seen: isWaiting ? '' : seen, opened: all, closed });
	}

	return {
		viewOf(room) {
			const before = views.get(room);
			if (before !== undefined) return before;
			const entry = ring.get(room);
			const here = present.get(room) ?? null;
			const isMine = entry?.state === 'mine';
			const known = { opened: entry?.opened ?? [], closed: entry?.closed ?? [], present: here };
			const view = isMine ? readRoomRing(known, roster()) : null;
			views.set(room, view);
			return view;
		},
		async look(room, log) {
			const entries = log.getArray(LOG_NAME).toArray().filter(isKeysEntry);
			const known = ring.get(room);
			if (known?.state === 'forgotten' || (entries.length === 0 && !known)) return;
			const hashes = await Promise.all(entries.map((bytes) => hashOf(bytes, crypto)));
			present.set(room, new Set(hashes));
			views.delete(room);
			const seen = await hashOf(utf8ToBytes(hashes.toSorted().join('\n')), crypto);
			if (known?.seen === seen) return;
			const have = new Set(known?.opened.map(({ hash }) => hash));
			const all = entries.map((bytes, i) => ({ bytes, hash: hashes[i]! }));
			const fresh = all.filter(({ hash }) => !have.has(hash));
			await keep(room, seen, await read(room, fresh));
		},
		noteAppended(room, hash) {
			present.set(room, new Set([...(present.get(room) ?? []), hash]));
			views.delete(room);
		},
		changed(room) {
			if (room) views.delete(room);
			else views.clear();
		},
		undecided,
		refusals() {
			const counts = new Map<KeysRefusal, number>();
			for (const reason of refused.values()) counts.set(reason, (counts.get(reason) ?? 0) + 1);
			return counts;
		}
	};
}
