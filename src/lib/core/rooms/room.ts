/**
 * The bridge between one document and its sealed log, both ways and nothing else: local changes
 * are sealed and appended, foreign entries are read and applied. It knows neither IndexedDB nor the
 * network: both hang on the log's Y.Doc. Rules are numbered L… in SPEC.md.
 */
import * as Y from 'yjs';
import type { Clock } from '$lib/base/clock.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import type { Journal } from '../store/journal.ts';
import { sealEntry, type EntryKind, type EntryScope } from '../crypto/entry.ts';
import type { SecretKey } from '../crypto/aead.ts';
import type { Signer } from '../crypto/signer.ts';
import type { DeviceId } from '$lib/base/ids.ts';
import {
	readEntry,
	type EntryRefusal,
	type EntryVerdict,
	type ReaderContext
} from './entryReader.ts';

export const LOG_NAME = 'log';

/** Transaction origin of everything that came from the log: an undo manager must not track it. */
export const FROM_LOG = Symbol('from the sealed log');

export interface Sealing {
	readonly device: DeviceId;
	readonly signer: Signer;
	current(): { readonly epoch: number; readonly key: SecretKey };
	rosterLength(): number;
}

export type EntryState =
	| {
			readonly kind: 'applied';
			readonly entry: EntryKind;
			readonly at: number;
			readonly author: DeviceId;
	  }
	| { readonly kind: 'refused'; readonly reason: EntryRefusal }
	| { readonly kind: 'waiting' };

export interface RoomOptions {
	readonly scope: EntryScope;
	readonly log: Y.Doc;
	readonly context: () => ReaderContext;
	/** Null where this device may only read. */
	readonly sealing: Sealing | null;
	readonly clock: Clock;
	/** Keeps each local change until it is stored; null where there is nothing to keep it in. */
	readonly journal: Journal | null;
	/** Entries vanished without a checkpoint: this device still has their words and may write them again. */
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
	/** Resolves when every change made so far is in the log and every entry so far was looked at. */
	idle(): Promise<void>;
	/** Appends and deletes in one transaction of the log. */
	replace(append: Uint8Array, state: EntryState, remove: ReadonlySet<Uint8Array>): void;
	close(): void;
}

/** A sustained pace of about ten entries a second: people type, they do not stream. */
const PACE_WINDOW = 10;
const PACE_WINDOW_MS = 1000;
const PACE_GAP_MS = 100;
const SEAL_RETRY_MS = 1000;

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

	function refuse(bytes: Uint8Array, reason: EntryRefusal) {
		states.set(bytes, { kind: 'refused', reason });
		refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
	}

	function apply(bytes: Uint8Array, verdict: EntryVerdict) {
		if (verdict.kind === 'refused') return refuse(bytes, verdict.reason);
		if (verdict.kind === 'waiting') return void states.set(bytes, { kind: 'waiting' });
		const { header, content } = verdict;
		try {
			for (const update of content.updates) {
				if (header.kind === 'checkpoint') Y.applyUpdateV2(doc, update, FROM_LOG);
				else Y.applyUpdate(doc, update, FROM_LOG);
			}
			states.set(bytes, {
				kind: 'applied',
				entry: header.kind,
				at: content.at,
				author: header.author
			});
		} catch {
			refuse(bytes, 'bad-update');
		}
	}

	async function readAll(batch: readonly unknown[]) {
		const fresh = batch.filter((bytes): bytes is Uint8Array => {
			if (!(bytes instanceof Uint8Array))
				refusals.set('malformed', (refusals.get('malformed') ?? 0) + 1);
			return bytes instanceof Uint8Array && states.get(bytes)?.kind !== 'applied';
		});
		const verdicts = await Promise.all(fresh.map((bytes) => readEntry(scope, bytes, context())));
		if (closed) return;
		// One transaction, one update after the other: merging thousands of updates is quadratic.
		doc.transact(() => fresh.forEach((bytes, i) => apply(bytes, verdicts[i]!)), FROM_LOG);
	}

	/** Entries are read in the order of the log, whatever order their signatures finish in. */
	function read(batch: readonly unknown[]): Promise<void> {
		// One batch that throws must not keep the next from being read.
		readRun = readRun.catch(() => undefined).then(() => readAll(batch));
		return readRun;
	}

	function append(bytes: Uint8Array, state: EntryState) {
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
		const names = journalled;
		if (!(await settled())) return;
		journal?.remove(names);
		journalled = journalled.filter((name) => !names.includes(name));
	}

	async function sealNext({ device, signer, current, rosterLength }: Sealing) {
		await willChange();
		const updates = [...pending]; // a copy: more may be typed while these are sealed
		const { epoch, key } = current();
		const at = clock.now();
		const author = device;
		const header = { kind: 'updates', epoch, rosterLength: rosterLength(), author } as const;
		const bytes = await sealEntry(scope, header, { at, updates }, key, signer);
		pending = pending.slice(updates.length);
		append(bytes, { kind: 'applied', entry: 'updates', at, author });
	}

	async function sealPending(own: Sealing) {
		while (pending.length > 0) {
			const wait = paceMs();
			// Typing is sealed at once; only a long burst waits for the disk.
			if (wait > 0 && !closed) await Promise.all([delay(wait), settled()]);
			// The words stay pending, and in the journal, until they are in an entry.
			await sealNext(own).catch(() => delay(SEAL_RETRY_MS));
			if (pending.length === 0) void forgetStored();
		}
		sealingNow.set(false);
	}

	function onDocumentUpdate(update: Uint8Array, origin: unknown) {
		if (origin === FROM_LOG || !sealing) return;
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
		const left = sealing && journal ? journal.left() : [];
		doc.transact(() => left.forEach(({ update }) => Y.applyUpdate(doc, update)));
		// What builds on something that is not here yet stays in the journal until it is.
		if (doc.store.pendingStructs === null) journalled.push(...left.map(({ name }) => name));
		if (left.length > 0) void sealRun.then(forgetStored);
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
		recheck: () =>
			read([...states].filter(([, state]) => state.kind === 'waiting').map(([bytes]) => bytes)),
		async idle() {
			await sealRun;
			await readRun;
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
			closed = true;
			doc.off('update', onDocumentUpdate);
			entries.unobserve(onLogEvent);
			doc.destroy();
		}
	};
}
