/**
 * The bridge between one document and its sealed log, both ways and nothing else: local changes
 * are sealed and appended, foreign entries are read and applied. It knows neither IndexedDB nor the
 * network: both hang on the log's Y.Doc. Rules are numbered L… in SPEC.md.
 */
import * as Y from 'yjs';
import type { Clock } from '$lib/base/clock.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import type { Journal } from '../store/journal.ts';
import {
	isErasure,
	isKeysEntry,
	sealEntry,
	type DocumentEntryKind,
	type EntryHeader,
	type EntryScope
} from '../crypto/entry.ts';
import type { Signer } from '../crypto/signer.ts';
import type { DeviceId } from '$lib/base/ids.ts';
import {
	judgeAuthor,
	readEntry,
	type Ended,
	type EntryRefusal,
	type EntryVerdict,
	type ReaderContext
} from './entryReader.ts';
import type { EpochKey } from './roomKeys.ts';

export const LOG_NAME = 'log';

/** Transaction origin of everything that came from the log: an undo manager must not track it. */
export const FROM_LOG = Symbol('from the sealed log');

export interface Sealing {
	readonly device: DeviceId;
	readonly signer: Signer;
	/** Resolves when `current` may be used: a rotation that is due comes first. */
	keysSettled(): Promise<void>;
	/** Asked for in the turn in which `keysSettled` resolves. */
	current(): EpochKey;
}

export interface AppliedEntry {
	readonly kind: 'applied';
	readonly entry: DocumentEntryKind;
	readonly at: number;
	readonly author: DeviceId;
	readonly epoch: number;
	readonly rosterLength: number;
}

export type EntryState =
	| AppliedEntry
	/** Not the document's; the ring judges it. */
	| { readonly kind: 'keys' }
	| { readonly kind: 'refused'; readonly reason: EntryRefusal }
	| { readonly kind: 'waiting' };

export interface RoomOptions {
	readonly scope: EntryScope;
	readonly log: Y.Doc;
	readonly context: () => ReaderContext;
	/** Null where this device may only read. */
	readonly sealing: Sealing | null;
	/** False once the document may no longer be written to: what is changed then stays unsealed. */
	readonly mayWrite: () => boolean;
	/** Looks at the log's keys entries; null where the room has none. */
	readonly learn: (() => Promise<void>) | null;
	readonly clock: Clock;
	/** Keeps each local change until it is stored; null where there is nothing to keep it in. */
	readonly journal: Journal | null;
	/**
	 * The log no longer says all that this device has read from it: entries vanished without a
	 * checkpoint, or gave way to one that does not cover them. Their words may be written again.
	 */
	readonly onErased: () => void;
	/** Awaited before an entry is appended. */
	readonly willChange: () => Promise<void>;
	/** Resolves with true when what was appended is stored, with false when that fails or takes long. */
	readonly settled: () => Promise<boolean>;
}

export interface Room {
	readonly scope: EntryScope;
	readonly doc: Y.Doc;
	readonly log: Y.Doc;
	/** Resolves when the entries that were there at the start are applied; only then may be written. */
	readonly opened: Promise<void>;
	/** True while local changes are not yet in the log. */
	readonly sealing: Observable<boolean>;
	readonly refusals: ReadonlyMap<EntryRefusal, number>;
	entries(): readonly { readonly bytes: Uint8Array; readonly state: EntryState }[];
	/** Looks again at entries that waited for a key or for the roster. */
	recheck(): Promise<void>;
	/**
	 * Resolves when every change made so far is in the log and every entry so far was looked at, or
	 * the room is closed.
	 */
	idle(): Promise<void>;
	/** Appends and deletes in one transaction of the log. */
	replace(append: Uint8Array, state: AppliedEntry, remove: ReadonlySet<Uint8Array>): void;
	/** What is not sealed by now stays in the journal. */
	close(): void;
}

/** A sustained pace of about ten entries a second: people type, they do not stream. */
const PACE_WINDOW = 10;
const PACE_WINDOW_MS = 1000;
const PACE_GAP_MS = 100;
const SEAL_RETRY_MS = 1000;

const appliedFrom = (
	{ kind, epoch, rosterLength, author }: EntryHeader & { readonly kind: DocumentEntryKind },
	at: number
): AppliedEntry => ({ kind: 'applied', entry: kind, at, author, epoch, rosterLength });

/** Refused by keys or a roster that may have grown since. */
const mayChange: ReadonlySet<EntryRefusal> = new Set(['not-in-circle', 'unknown-epoch']);

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export function createRoom(options: RoomOptions): Room {
	const { scope, log, context, sealing, clock, journal, settled, willChange } = options;
	/** Origin, on the log, of what this room wrote; another room on the same log must read it. */
	const ownEntry = Symbol('own entry');
	const doc = new Y.Doc();
	const entries = log.getArray<Uint8Array>(LOG_NAME);
	const states = new Map<Uint8Array, EntryState>();
	const refusals = new Map<EntryRefusal, number>();
	const sealingNow = createSource(false);
	let pending: Uint8Array[] = [];
	/** Names in the journal of changes that are not yet known to be stored. */
	let journalled: string[] = [];
	let sealRun = Promise.resolve();
	let readRun = Promise.resolve();
	let appendedAt: number[] = [];
	let closed = false;
	/** Of those who wait for the room to be idle. */
	const wakers = new Set<() => void>();
	/** What the checkpoints of authors in good standing knew. */
	const sealed = { rosterLength: 0, epoch: 0 };

	function count(reason: EntryRefusal, by: number) {
		refusals.set(reason, (refusals.get(reason) ?? 0) + by);
	}

	function setState(bytes: Uint8Array, state: EntryState) {
		const before = states.get(bytes);
		if (before?.kind === 'refused') count(before.reason, -1);
		if (state.kind === 'refused') count(state.reason, 1);
		states.set(bytes, state);
	}

	const refuse = (bytes: Uint8Array, reason: EntryRefusal) =>
		setState(bytes, { kind: 'refused', reason });

	function noteSeal({ entry, epoch, rosterLength }: AppliedEntry) {
		if (entry !== 'checkpoint') return;
		sealed.epoch = Math.max(sealed.epoch, epoch);
		sealed.rosterLength = Math.max(sealed.rosterLength, rosterLength);
	}

	const isOverruled = (ended: Ended | null) =>
		ended !== null &&
		(ended.by === 'roster' ? sealed.rosterLength > ended.rosterLength : sealed.epoch > ended.epoch);

	/** Applied while it held, and by what is known now a reader who opens the log refuses it. */
	function isLeftOut(state: EntryState | undefined): boolean {
		if (state?.kind !== 'applied') return false;
		const author = context().deviceOf(state.author);
		const judged = author && judgeAuthor(author, state, context());
		return Boolean(judged?.ok && isOverruled(judged.value));
	}

	function apply(bytes: Uint8Array, verdict: EntryVerdict) {
		if (verdict.kind === 'refused') return refuse(bytes, verdict.reason);
		if (verdict.kind !== 'readable') return setState(bytes, { kind: verdict.kind });
		const { header, content, ended } = verdict;
		if (isOverruled(ended))
			return refuse(bytes, ended?.by === 'circle' ? 'not-in-circle' : 'retired-author');
		try {
			for (const update of content.updates) {
				if (header.kind === 'checkpoint') Y.applyUpdateV2(doc, update, FROM_LOG);
				else Y.applyUpdate(doc, update, FROM_LOG);
			}
			const state = appliedFrom(header, content.at);
			setState(bytes, state);
			if (!ended) noteSeal(state);
		} catch {
			refuse(bytes, 'bad-update');
		}
	}

	/** What another key, a longer roster or a new member of the circle may make readable. */
	const undecided = () =>
		[...states].flatMap(([bytes, state]) =>
			state.kind === 'waiting' || (state.kind === 'refused' && mayChange.has(state.reason))
				? [bytes]
				: []
		);

	async function readAll(batch: readonly unknown[]) {
		const isRings = (bytes: unknown) => isKeysEntry(bytes) || isErasure(bytes);
		const hasKeys = options.learn !== null && batch.some(isRings);
		if (hasKeys) await options.learn?.();
		const all = new Set(hasKeys ? [...batch, ...undecided()] : batch);
		const fresh = [...all].filter((bytes): bytes is Uint8Array => {
			if (!(bytes instanceof Uint8Array)) count('malformed', 1);
			return bytes instanceof Uint8Array && states.get(bytes)?.kind !== 'applied';
		});
		const verdicts = await Promise.all(fresh.map((bytes) => readEntry(scope, bytes, context())));
		if (closed) return;
		const ends = (verdict: EntryVerdict) => verdict.kind === 'readable' && verdict.ended !== null;
		const before = { ...sealed };
		// One transaction, one update after the other: merging thousands of updates is quadratic.
		doc.transact(() => {
			fresh.forEach((bytes, i) => ends(verdicts[i]!) || apply(bytes, verdicts[i]!));
			fresh.forEach((bytes, i) => ends(verdicts[i]!) && apply(bytes, verdicts[i]!));
		}, FROM_LOG);
		const hasGrown = sealed.rosterLength > before.rosterLength || sealed.epoch > before.epoch;
		if (hasGrown && entries.toArray().some((bytes) => isLeftOut(states.get(bytes))))
			options.onErased();
	}

	/** Entries are read in the order of the log, whatever order their signatures finish in. */
	function read(batch: readonly unknown[]): Promise<void> {
		// One batch that throws must not keep the next from being read.
		readRun = readRun.catch(() => undefined).then(() => readAll(batch));
		return readRun;
	}

	function append(bytes: Uint8Array, state: AppliedEntry) {
		noteSeal(state);
		log.transact(() => {
			entries.push([bytes]);
			// Yjs keeps a copy: an entry is known by the object the log hands out.
			states.set(entries.get(entries.length - 1), state);
		}, ownEntry);
		appendedAt = [...appendedAt.slice(1 - PACE_WINDOW), clock.now()];
	}

	function paceMs(): number {
		const oldest = appendedAt[0];
		if (appendedAt.length < PACE_WINDOW || oldest === undefined) return 0;
		return clock.now() - oldest < PACE_WINDOW_MS ? PACE_GAP_MS : 0;
	}

	/** Once everything so far is stored, the journal may forget it. */
	async function forgetStored() {
		// A copy: what is typed while the disk is awaited is not stored with the rest.
		const names = [...journalled];
		if (!(await settled())) return;
		journal?.remove(names);
		journalled = journalled.filter((name) => !names.includes(name));
	}

	async function sealNext({ device, signer, current, keysSettled }: Sealing) {
		await willChange();
		await keysSettled();
		if (closed) return;
		const updates = [...pending]; // a copy: more may be typed while these are sealed
		const { epoch, key, rosterLength } = current();
		const at = clock.now();
		const header = { kind: 'updates', epoch, rosterLength, author: device } as const;
		const bytes = await sealEntry(scope, header, { at, updates }, key, signer);
		if (closed) return;
		pending = pending.slice(updates.length);
		append(bytes, appliedFrom(header, at));
	}

	async function sealPending(own: Sealing) {
		while (pending.length > 0 && !closed) {
			const wait = paceMs();
			// Typing is sealed at once; only a long burst waits for the disk.
			if (wait > 0) await Promise.all([delay(wait), settled()]);
			// The words stay pending, and in the journal, until they are in an entry.
			await sealNext(own).catch(() => delay(SEAL_RETRY_MS));
			if (pending.length === 0) void forgetStored();
		}
		sealingNow.set(pending.length > 0);
	}

	function onDocumentUpdate(update: Uint8Array, origin: unknown) {
		if (origin === FROM_LOG || !sealing || !options.mayWrite()) return;
		const name = journal?.write(update);
		if (name) journalled.push(name);
		pending.push(update);
		if (sealingNow.current()) return;
		sealingNow.set(true);
		sealRun = sealRun.then(() => sealPending(sealing));
	}

	/** Entries may go when a checkpoint takes their place; otherwise somebody erased them. */
	function noticeErasure(inserted: readonly unknown[]) {
		const replaced = inserted.some((bytes) => {
			const state = states.get(bytes as Uint8Array);
			return state?.kind === 'applied' && state.entry === 'checkpoint';
		});
		const present = new Set(entries.toArray());
		for (const bytes of [...states.keys()]) if (!present.has(bytes)) states.delete(bytes);
		if (!replaced && !closed) options.onErased();
	}

	function onLogEvent(event: Y.YArrayEvent<Uint8Array>, transaction: Y.Transaction) {
		if (transaction.origin === ownEntry) return;
		const inserted = event.delta.flatMap((part) =>
			Array.isArray(part.insert) ? (part.insert as unknown[]) : []
		);
		const erased = event.changes.deleted.size > 0;
		if (inserted.length > 0 || erased)
			void read(inserted).then(() => erased && noticeErasure(inserted));
	}

	entries.observe(onLogEvent);
	/** What a killed tab had typed and not stored is taken up as if it were typed now. */
	function takeUpJournal() {
		const left = sealing && journal && options.mayWrite() ? journal.left() : [];
		doc.transact(() => left.forEach(({ update }) => Y.applyUpdate(doc, update)));
		// What builds on something that is not here yet stays in the journal until it is.
		if (doc.store.pendingStructs === null) journalled.push(...left.map(({ name }) => name));
		if (left.length > 0) void sealRun.then(forgetStored);
	}

	/** A store or a key that never comes must not keep a closed room. */
	function unlessClosed(run: Promise<void>): Promise<void> {
		if (closed) return Promise.resolve();
		return new Promise((resolve, reject) => {
			wakers.add(resolve);
			run.then(resolve, reject).finally(() => wakers.delete(resolve));
		});
	}

	const opened = read(entries.toArray()).then(() => {
		// Only now: for a listener Yjs would encode everything that was just read once more.
		if (!closed) doc.on('update', onDocumentUpdate);
		takeUpJournal();
	});

	return {
		scope,
		doc,
		log,
		opened,
		sealing: sealingNow,
		refusals,
		entries: () =>
			entries
				.toArray()
				.map((bytes) => ({ bytes, state: states.get(bytes) ?? { kind: 'waiting' } })),
		recheck: () => read(undecided()),
		async idle() {
			await unlessClosed(sealRun);
			await unlessClosed(readRun);
		},
		replace(bytes, state, remove) {
			log.transact(() => {
				const all = entries.toArray();
				for (let i = all.length - 1; i >= 0; i--) if (remove.has(all[i]!)) entries.delete(i, 1);
				append(bytes, state);
			}, ownEntry);
			for (const gone of remove) states.delete(gone);
		},
		close() {
			if (closed) return;
			closed = true;
			wakers.forEach((wake) => wake());
			doc.off('update', onDocumentUpdate);
			entries.unobserve(onLogEvent);
			doc.destroy();
		}
	};
}
