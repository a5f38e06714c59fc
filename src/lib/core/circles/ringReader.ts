/**
 * Looks at the keys entries of rooms, puts what this device can open into the ring, and knows what
 * the ring comes to for each room.
 */
import { utf8ToBytes } from '$lib/base/bytes.ts';
import type { RoomId, WorkspaceId } from '$lib/base/ids.ts';
import type { Roster, RosterCrypto } from '$lib/protocol/roster/roster.ts';
import type { AgeIdentity } from '../crypto/age.ts';
import { isKeysEntry, parseEntry } from '../crypto/entry.ts';
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

/**
 * So many of one author's are tried at a time, the newest first: who floods a room with keys entries
 * keeps nobody busy for ever, and hides nobody else's.
 */
const MAX_TRIED_PER_AUTHOR = 64;

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

const authorOf = (bytes: Uint8Array): string => {
	const parsed = parseEntry(bytes);
	return parsed.ok ? parsed.value.header.author : '';
};

export function createRingReader(options: RingReaderOptions): RingReader {
	const { workspace, ring, roster, crypto } = options;
	const views = new Map<RoomId, RoomRing | null>();
	/** Hashes of the keys entries in a log, as last looked at. */
	const present = new Map<RoomId, ReadonlySet<string>>();
	const undecided = new Set<RoomId>();
	const refused = new Map<string, KeysRefusal>();
	/** Those that are not for this device, of foreign rooms too; and with how many identities tried. */
	const closedIn = new Map<RoomId, ReadonlyMap<string, ClosedKeys>>();
	const triedWith = new Map<RoomId, number>();
	const hashes = new WeakMap<Uint8Array, Promise<string>>();

	function hashOnce(bytes: Uint8Array): Promise<string> {
		const hash = hashes.get(bytes) ?? hashOf(bytes, crypto);
		hashes.set(bytes, hash);
		return hash;
	}

	/** Closed ones are tried again when a recovery kit has come to hand. */
	function knownClosed(room: RoomId): ReadonlyMap<string, ClosedKeys> {
		if (options.identities().length > (triedWith.get(room) ?? 1)) return new Map();
		const stored = (ring.get(room)?.closed ?? []).map((keys) => [keys.hash, keys] as const);
		return new Map([...stored, ...(closedIn.get(room) ?? [])]);
	}

	async function read(
		room: RoomId,
		fresh: readonly { readonly bytes: Uint8Array; readonly hash: string }[]
	): Promise<Looked> {
		const reader = { roster: roster(), identities: options.identities(), crypto };
		const opened: OpenedKeys[] = [];
		const closed: ClosedKeys[] = [];
		let isWaiting = false;
		const tried = new Map<string, number>();
		for (const { bytes, hash } of fresh.toReversed()) {
			const author = authorOf(bytes);
			const before = tried.get(author) ?? 0;
			if (before >= MAX_TRIED_PER_AUTHOR) continue;
			const verdict = await readKeysEntry({ workspace, room }, bytes, reader);
			if (verdict.kind === 'opened') opened.push(verdict.keys);
			if (verdict.kind === 'closed') closed.push(verdict.keys);
			// In his name, but not his: it does not count for him.
			if (verdict.kind !== 'refused') tried.set(author, before + 1);
			else refused.set(`${room} ${hash}`, verdict.reason);
			isWaiting ||= verdict.kind === 'waiting';
		}
		return { opened, closed, isWaiting };
	}

	async function keep(
		room: RoomId,
		seen: string,
		{ opened, closed: fresh, isWaiting }: Looked,
		before: ReadonlyMap<string, ClosedKeys>
	) {
		const closed = new Map([...before, ...fresh.map((keys) => [keys.hash, keys] as const)]);
		if (isWaiting) undecided.add(room);
		else undecided.delete(room);
		const known = ring.get(room);
		const all = [...(known?.opened ?? []), ...opened];
		const here = [...closed.values()].filter(({ hash }) => present.get(room)?.has(hash));
		closedIn.set(room, new Map(here.map((keys) => [keys.hash, keys])));
		triedWith.set(room, options.identities().length);
		if (all.length === 0 && isWaiting) return;
		const state = all.length > 0 ? 'mine' : 'foreign';
		const next = { state, seen: isWaiting ? '' : seen, opened: all, closed: here } as const;
		const isNews =
			known?.state !== state ||
			known.seen !== next.seen ||
			opened.length > 0 ||
			(state === 'mine' && known.closed?.length !== here.length);
		if (isNews) await ring.put(room, next);
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
			const isGone = known?.state === 'forgotten' || known?.state === 'erased';
			if (isGone || (entries.length === 0 && !known)) return;
			const names = await Promise.all(entries.map(hashOnce));
			present.set(room, new Set(names));
			views.delete(room);
			const seen = await hashOf(utf8ToBytes(names.toSorted().join('\n')), crypto);
			if (known?.seen === seen) return;
			const closed = knownClosed(room);
			const opened = new Set(known?.opened.map(({ hash }) => hash));
			const isJudged = (hash: string) =>
				opened.has(hash) || closed.has(hash) || refused.has(`${room} ${hash}`);
			const all = entries.map((bytes, i) => ({ bytes, hash: names[i]! }));
			const fresh = all.filter(({ hash }) => !isJudged(hash));
			await keep(room, seen, await read(room, fresh), closed);
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
