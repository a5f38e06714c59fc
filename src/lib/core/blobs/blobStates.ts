/** Where each blob is, as one device knows it: its own rows, and what is on its way right now. */
import type { BlobId } from '$lib/base/ids.ts';
import { createSource, type Observable, type Source } from '$lib/base/observable.ts';
import type { BlobRow, BlobStore } from '../store/blobStore.ts';
import type { BlobState, PendingBlobs } from './attachments.ts';

export interface BlobStates {
	state(id: BlobId): Observable<BlobState>;
	readonly pending: Observable<PendingBlobs>;
	/** Reads the rows anew. */
	reload(): Promise<void>;
	/** The relay that counts from now on. */
	setRelay(relayId: string): void;
	/** What is on its way; null when it is over. */
	setMoving(id: BlobId, moving: BlobState | null): void;
	/** The relay's word on one that it will not take, or does not have. */
	setWord(id: BlobId, word: 'refused' | 'absent' | null): void;
	forgetWords(word: 'refused' | 'absent'): void;
	isHere(id: BlobId): boolean;
	/** The smallest that is here and not at the relay, without those it has refused. */
	nextToSend(): BlobRow | null;
	/** Calls back when there may be something to send. */
	subscribe(listener: () => void): () => void;
}

export interface BlobStatesOptions {
	readonly store: BlobStore;
	readonly relayId: string | null;
	readonly mayWrite: () => boolean;
}

const isSame = (a: BlobState, b: BlobState) =>
	a.kind === b.kind && ('share' in a ? a.share : 0) === ('share' in b ? b.share : 0);

export function createBlobStates({ store, mayWrite, ...options }: BlobStatesOptions): BlobStates {
	let { relayId } = options;
	let rows: ReadonlyMap<BlobId, BlobRow> | null = null;
	const moving = new Map<BlobId, BlobState>();
	const words = new Map<BlobId, 'refused' | 'absent'>();
	/** Those somebody has asked for. */
	const sources = new Map<BlobId, Source<BlobState>>();
	const pending = createSource<PendingBlobs>({ count: 0, bytes: 0 });
	const changes = createSource(0);

	/** Before the first connection the relay of the last time counts, whichever it was. */
	const isSent = ({ sentTo }: BlobRow) =>
		sentTo !== null && (relayId === null || sentTo === relayId);

	function stateOf(id: BlobId): BlobState {
		const now = moving.get(id);
		if (now) return now;
		if (!rows) return { kind: 'unknown' };
		const row = rows.get(id);
		if (!row) return { kind: words.get(id) === 'absent' ? 'absent' : 'missing' };
		if (isSent(row)) return { kind: 'delivered' };
		return { kind: words.get(id) === 'refused' ? 'refused' : 'local' };
	}

	function refresh(id: BlobId) {
		const source = sources.get(id);
		const next = stateOf(id);
		if (source && !isSame(source.current(), next)) source.set(next);
	}

	const unsent = () =>
		mayWrite() ? [...(rows?.values() ?? [])].filter((row) => !isSent(row)) : [];

	function refreshAll() {
		for (const id of sources.keys()) refresh(id);
		const waiting = unsent();
		const bytes = waiting.reduce((sum, { size }) => sum + size, 0);
		const before = pending.current();
		if (before.count !== waiting.length || before.bytes !== bytes)
			pending.set({ count: waiting.length, bytes });
		changes.set(changes.current() + 1);
	}

	let reading: Promise<void> | null = null;
	let isStale = false;
	async function read() {
		try {
			do {
				isStale = false;
				rows = new Map((await store.list()).map((row) => [row.id, row]));
				refreshAll();
			} while (isStale);
		} finally {
			reading = null; // in the same turn: what changes from now on is read anew
		}
	}

	return {
		pending,
		state(id) {
			const source = sources.get(id) ?? createSource(stateOf(id));
			sources.set(id, source);
			return source;
		},
		reload() {
			isStale = true;
			reading ??= read();
			return reading;
		},
		setRelay(next) {
			relayId = next;
			refreshAll();
		},
		setMoving(id, state) {
			if (state) moving.set(id, state);
			else moving.delete(id);
			refresh(id);
		},
		setWord(id, word) {
			if (word) words.set(id, word);
			else words.delete(id);
			refresh(id);
		},
		forgetWords(word) {
			for (const [id, said] of words) if (said === word) words.delete(id);
			refreshAll();
		},
		isHere: (id) => rows?.has(id) ?? false,
		nextToSend: () =>
			unsent()
				.filter(({ id }) => words.get(id) !== 'refused')
				.toSorted((a, b) => a.size - b.size)[0] ?? null,
		subscribe: changes.subscribe
	};
}
