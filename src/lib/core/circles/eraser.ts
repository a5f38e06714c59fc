/**
 * Rooms that are no more on this device: forgotten here alone, or erased everywhere. What an erased
 * one still holds at the relay, its history included, is taken out there as often as it comes back;
 * only the notice stays. Rules are numbered K… in SPEC.md.
 */
import type * as Y from 'yjs';
import { bytesEqual } from '$lib/base/bytes.ts';
import type { DeviceId, RoomId, WorkspaceId } from '$lib/base/ids.ts';
import {
	mayWrite,
	writingSpanAt,
	type Roster,
	type RosterCrypto
} from '$lib/protocol/roster/roster.ts';
import { isErasure, parseEntry } from '../crypto/entry.ts';
import type { Signer } from '../crypto/signer.ts';
import { historyRoomOf } from '../rooms/history.ts';
import type { RoomLogs } from '../store/roomLogs.ts';
import type { SyncedLogs } from '../sync/syncedLogs.ts';
import { whenTrue } from '../whenTrue.ts';
import { emptyLog, entriesOf, holdMore } from './emptyLog.ts';
import type { KeysRefusal } from './keysEntry.ts';
import { chooseNotice, readNotice, readOrigin, sealNotice } from './notice.ts';
import type { Ring, RingEntry } from './ring.ts';
import type { RoomRing } from './roomRing.ts';
import { createTurns, type Turns } from './turns.ts';

export interface EraserOptions {
	readonly workspace: WorkspaceId;
	readonly device: DeviceId;
	readonly signer: Signer;
	readonly crypto: RosterCrypto;
	readonly roster: () => Roster;
	readonly ring: Ring;
	readonly viewOf: (room: RoomId) => RoomRing | null;
	/** In which rooms are looked at. */
	readonly turns: Turns<RoomId>;
	readonly synced: SyncedLogs;
	readonly logs: Pick<RoomLogs, 'drop' | 'rooms'>;
	readonly isLeader: () => boolean;
	readonly isOnline: () => boolean;
}

export interface Eraser {
	isGone(room: RoomId): boolean;
	/** Looks for a notice that holds. True when the room is gone. */
	meet(room: RoomId, log: Y.Doc): Promise<boolean>;
	/** Says in its creator's name that the room is no more. Resolves when that is stored here. */
	erase(room: RoomId, view: RoomRing): Promise<void>;
	/** On this device only. */
	forget(room: RoomId): Promise<void>;
	/** The ring's row of a room has changed. */
	onChanged(room: RoomId): void;
	/** The relay is within reach, or this tab leads now: goes on with what is left to do there. */
	resume(): void;
	/** Something was erased that the relay, and so the others, may not have heard of yet. */
	isUnderWay(): boolean;
	/** The relay has lost its store: this person's own notices are to stand there again. */
	forgetDelivery(): Promise<void>;
	/** Rooms with a notice by somebody whom the roster at hand does not know yet. */
	readonly undecided: ReadonlySet<RoomId>;
	/** Notices that were not believed, by reason. */
	readonly refusals: ReadonlyMap<KeysRefusal, number>;
}

const RELAY_WAIT_MS = 60_000;
const CLOSE_WAIT_MS = 20_000;

/**
 * What `seen` of an erased room says: to be emptied at the relay, emptied, and looked at once more
 * on a later connection, since a relay that was killed in between has not tidied its files yet.
 */
const [DUE, EMPTIED, DONE] = ['', 'emptied', 'done'];

/** Null where it stands in another room: that of the document, for its history. */
const noticeIn = ({ notice }: RingEntry) => (notice && notice.length > 0 ? notice : null);

export function createEraser(options: EraserOptions): Eraser {
	const { workspace, device, signer, crypto, roster, ring, synced, logs } = options;
	const leaving = createTurns<RoomId>();
	const emptying = createTurns<'relay'>();
	const undecided = new Set<RoomId>();
	const refusals = new Map<KeysRefusal, number>();
	/** Whose history an erased room without a notice is. */
	const histories = new Map<RoomId, RoomId>();
	/** What was known when it was refused: it is judged again when that has changed. */
	const refused = new WeakMap<Uint8Array, string>();
	const mayNow = (id: DeviceId | undefined) => {
		const known = id && roster().devices.get(id);
		return known ? mayWrite(known) : false;
	};
	const ownAuthor = () => ({ device, signer, rosterLength: roster().length });
	const isGone = (room: RoomId) => ['forgotten', 'erased'].includes(ring.get(room)?.state ?? '');
	const erasedEntry = (room: RoomId) => {
		const entry = ring.get(room);
		return entry?.state === 'erased' ? entry : null;
	};
	const note = (room: RoomId, seen: string, notice: Uint8Array | null) =>
		ring.put(room, {
			...{ state: 'erased', seen, opened: [], closed: [] },
			notice: notice ?? new Uint8Array()
		});

	async function mapHistory(room: RoomId): Promise<RoomId> {
		const history = await historyRoomOf(room, crypto);
		histories.set(history, room);
		return history;
	}

	const authorOf = (room: RoomId) => {
		const entry = erasedEntry(histories.get(room) ?? room);
		const notice = entry && noticeIn(entry);
		return notice ? readOrigin(notice)?.author : undefined;
	};

	async function dropWhenClosed(room: RoomId) {
		const isOpen = () => synced.open().some(({ stored }) => stored.room === room);
		await whenTrue([synced], () => !isOpen(), CLOSE_WAIT_MS);
		if (!isOpen()) await logs.drop(room);
	}

	/** Made offline by a device that then had to come in anew: signed once more. */
	async function renew(room: RoomId, notice: Uint8Array | null): Promise<Uint8Array | null> {
		const origin = notice && readOrigin(notice);
		const parsed = notice && parseEntry(notice);
		const self = roster().devices.get(device);
		if (!origin || !parsed?.ok || origin.author !== device || !self || !mayWrite(self))
			return notice;
		if (writingSpanAt(self, parsed.value.header.rosterLength)) return notice;
		return sealNotice({ workspace, room }, origin, ownAuthor());
	}

	/** Two that say it at once: all devices keep the same one, or they would not stop swapping them. */
	async function agree(
		room: RoomId,
		entries: readonly Uint8Array[],
		entry: RingEntry
	): Promise<Uint8Array | null> {
		const own = noticeIn(entry);
		const others = entries.filter(isErasure);
		if (!own || others.length === 0) return own;
		const known = { roster: roster(), crypto };
		const chosen = await chooseNotice({ workspace, room }, own, others, known);
		if (!bytesEqual(chosen, own)) await note(room, entry.seen, chosen);
		return chosen;
	}

	/** Nothing is done by halves: what the relay has not taken in is due again. */
	async function emptyAtRelay(room: RoomId): Promise<void> {
		const entry = erasedEntry(room);
		if (!entry || entry.seen === DONE || !options.isLeader() || !options.isOnline()) return;
		const { stored, sync, willChange, release } = await synced.acquire(room);
		try {
			await whenTrue([sync.state], () => sync.state.current().synced, RELAY_WAIT_MS);
			if (!sync.state.current().synced) return;
			const agreed = await agree(room, entriesOf(stored.log).toArray(), entry);
			const notice = await renew(room, agreed);
			// In the name of who may not erase any more nothing is taken from others.
			const only = mayNow(authorOf(room)) ? null : device;
			await emptyLog(stored.log, { notice, only, willChange });
			const sources = [sync.state, stored.writes];
			const isThere = () => sync.state.current().delivered && stored.writes.current().pending === 0;
			await whenTrue(sources, isThere, RELAY_WAIT_MS);
			if (isThere()) await note(room, entry.seen === DUE ? EMPTIED : DONE, notice);
		} finally {
			release();
		}
	}

	/** At the relay first, so that what this device still has of it need not come back from there. */
	function leave(room: RoomId, again: boolean): Promise<void> {
		const isDue = () => {
			const seen = erasedEntry(room)?.seen;
			return seen === DUE || (again && seen === EMPTIED);
		};
		return leaving
			.run(room, async () => {
				await mapped;
				if (isDue()) await emptying.run('relay', () => emptyAtRelay(room)).catch(() => undefined);
				await dropWhenClosed(room);
			})
			.catch(() => undefined); // the next start tries again
	}

	/** Its notice stands in the document's room. */
	async function noteHistory(room: RoomId, seen: string) {
		const history = await mapHistory(room);
		if (!erasedEntry(history)) await note(history, seen, null);
	}

	/** Who had the key may have put something in since, and takes it out again; others let go. */
	async function take(
		room: RoomId,
		notice: Uint8Array,
		entries: readonly Uint8Array[]
	): Promise<void> {
		const [wasOurs, isLeft] = [ring.get(room)?.state === 'mine', holdMore(entries, notice)];
		const due = (isDue: boolean) => (isDue && mayNow(device) ? DUE : DONE);
		const isAnybodys = mayNow(readOrigin(notice)?.author);
		await note(room, due(isLeft && (wasOurs || isAnybodys)), notice);
		await noteHistory(room, due(wasOurs));
	}

	/** It could be dated back: then this device has keys that somebody else made since. */
	const isOvertaken = (room: RoomId, ended: number | null) =>
		ended !== null &&
		(ring.get(room)?.opened ?? []).some(
			({ author, rosterLength }) => author !== device && rosterLength > ended
		);

	async function holds(room: RoomId, bytes: Uint8Array): Promise<boolean> {
		const alsoBy = options.viewOf(room)?.statement.circle === 'restricted' ? 'secretary' : null;
		const known = { roster: roster(), crypto };
		const now = `${known.roster.length} ${alsoBy}`;
		if (refused.get(bytes) === now) return false;
		const verdict = await readNotice({ workspace, room }, bytes, alsoBy, known);
		if (verdict.kind === 'waiting') undecided.add(room);
		const isGood = verdict.kind === 'good' && !isOvertaken(room, verdict.ended);
		if (isGood || verdict.kind === 'waiting') return isGood;
		const reason = verdict.kind === 'refused' ? verdict.reason : 'retired-author';
		if (!refused.has(bytes)) refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
		refused.set(bytes, now);
		return false;
	}

	/** It came back from the relay, or from a device that had not heard of it. */
	async function meetAgain(room: RoomId, log: Y.Doc, entry: RingEntry): Promise<void> {
		const entries = entriesOf(log).toArray();
		const notice = await agree(room, entries, entry);
		const isBack = entry.seen !== DUE && holdMore(entries, notice);
		if (isBack && mayNow(device) && mayNow(authorOf(room))) await note(room, DUE, notice);
		else void leave(room, false);
	}

	/** What a process that was killed has left undone. */
	async function takeUp(): Promise<void> {
		for (const room of ring.rooms()) {
			const entry = erasedEntry(room);
			if (entry && noticeIn(entry)) await noteHistory(room, entry.seen);
		}
	}
	const dropStored = async () =>
		(await logs.rooms()).filter(isGone).forEach((room) => void leave(room, false));
	/** Which history is whose is known from here on. */
	let mapped: Promise<unknown> = takeUp().catch(() => undefined);
	void mapped.then(dropStored).catch(() => undefined);

	return {
		isGone,
		async meet(room, log) {
			const entry = ring.get(room);
			if (entry?.state === 'erased') await meetAgain(room, log, entry);
			if (entry?.state === 'forgotten') void leave(room, false);
			if (entry?.state === 'erased' || entry?.state === 'forgotten') return true;
			undecided.delete(room);
			const entries = entriesOf(log).toArray();
			for (const bytes of entries) {
				if (!isErasure(bytes) || !(await holds(room, bytes))) continue;
				await take(room, bytes, entries);
				return true;
			}
			return false;
		},
		async erase(room, { statement }) {
			const notice = await sealNotice({ workspace, room }, statement, ownAuthor());
			await note(room, DUE, notice);
			await noteHistory(room, DUE);
		},
		async forget(room) {
			const gone = { state: 'forgotten', seen: '', opened: [], closed: [] } as const;
			await options.turns.run(room, () => ring.put(room, gone));
			const history = await historyRoomOf(room, crypto);
			await Promise.all([leave(room, false), leave(history, false)]);
		},
		onChanged(room) {
			const entry = erasedEntry(room);
			if (!entry) return;
			if (noticeIn(entry)) mapped = Promise.all([mapped, mapHistory(room)]);
			void leave(room, false);
		},
		resume() {
			for (const room of ring.rooms()) {
				const seen = erasedEntry(room)?.seen ?? DONE;
				if (seen !== DONE) void leave(room, seen === EMPTIED);
			}
		},
		isUnderWay: () => ring.rooms().some((room) => erasedEntry(room)?.seen === DUE),
		async forgetDelivery() {
			const own = roster().devices.get(device)?.member;
			for (const room of ring.rooms()) {
				const entry = erasedEntry(room);
				const notice = entry && noticeIn(entry);
				const by = notice && roster().devices.get(authorOf(room)!);
				if (notice && by?.member === own && mayNow(device)) await note(room, DUE, notice);
			}
		},
		undecided,
		refusals
	};
}
