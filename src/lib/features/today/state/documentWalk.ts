/**
 * Looks into the committee's documents one after the other, the newest first, and shows what it has
 * found as it goes: a branch of many years costs time and not memory, and this year's matters are
 * there at once. A few documents stay open to be followed live; another is looked into again when
 * words have come in for it. Nothing is kept from one visit to the next, so nothing can be out of date.
 */
import * as Y from 'yjs';
import type { RoomId } from '$lib/base/ids.ts';
import { readSchema } from '$lib/core/rooms/documentKind.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceDocument, WorkspaceSession } from '$lib/core/workspaceSession.ts';
import type { TodayContext, TodayFound, TodayItem, TodayNews } from '../model/todaySource.ts';
import type { DocumentReader, FollowedDocument } from './documentReader.ts';
import type { SeenVersions } from './seenVersions.ts';

export type WalkSession = Pick<WorkspaceSession, 'documents' | 'openDocument' | 'onArrival'>;

export interface WalkOptions {
	readonly session: WalkSession;
	readonly context: TodayContext;
	/** By kind of document; fetched when the first such document is looked into. */
	readonly readers: Readonly<Record<string, () => Promise<DocumentReader>>>;
	readonly seen: SeenVersions;
	readonly now: () => number;
}

/** Documents that stay open: this year's ledger, and what colleagues are at work in. */
const HELD_MAX = 4;
/** Nobody reads along letter by letter while a colleague types. */
const SETTLE_MS = 300;
const SHOW_EVERY_MS = 120;

/** Of a document whose every change is unseen. */
const nothingSeen = Y.encodeStateVector(new Y.Doc());

interface Looked {
	readonly items: readonly TodayItem[];
	readonly news: readonly TodayNews[];
	/** The version that was read; null where there are no news of it. */
	readonly version: Uint8Array | null;
	readonly isSkipped: boolean;
}
const skipped: Looked = { items: [], news: [], version: null, isSkipped: true };

interface Visit {
	readonly document: OpenDocument;
	readonly followed: FollowedDocument;
	stop(): void;
}

/** Not empty for want of sync, and not of a version that is only half understood here. */
const isReadable = ({ doc, access }: OpenDocument): boolean =>
	readSchema(doc) !== 0 && access !== 'newer-version';

/** Lets the page draw and answer in between. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

export class DocumentWalk {
	readonly #options: WalkOptions;
	readonly #show: (found: TodayFound) => void;
	readonly #looked = new Map<RoomId, Looked>();
	/** The one heard of longest ago first. */
	readonly #held = new Map<RoomId, Visit>();
	/** Words have come in for them: more are likely to. */
	readonly #lively = new Set<RoomId>();
	readonly #stops: readonly (() => void)[];
	#entries = new Map<RoomId, WorkspaceDocument>();
	#queue: RoomId[] = [];
	#isWalking = false;
	#isStopped = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#shownAtMs = -Infinity;

	constructor(options: WalkOptions, show: (found: TodayFound) => void) {
		this.#options = options;
		this.#show = show;
		const { session } = options;
		this.#stops = [
			session.documents.subscribe(() => this.#takeIndex()),
			session.onArrival((room) => this.#hearOf(room))
		];
		this.#takeIndex();
	}

	stop(): void {
		this.#isStopped = true;
		clearTimeout(this.#timer);
		this.#stops.forEach((stop) => stop());
		for (const { stop } of this.#held.values()) stop();
		this.#held.clear();
	}

	/** What was read last counts as shown, also if it has not been drawn yet: it is a moment's work. */
	markSeen(): void {
		const versions = [...this.#looked].flatMap(([room, { version }]): [RoomId, Uint8Array][] =>
			version === null ? [] : [[room, version]]
		);
		this.#options.seen.note(new Map(versions), this.#options.now());
		for (const [room, looked] of this.#looked) this.#looked.set(room, { ...looked, news: [] });
		this.#publish();
	}

	#takeIndex(): void {
		const { session, readers } = this.#options;
		const entries = session.documents
			.current()
			.filter(
				({ kind, circle, trashed }) =>
					Object.hasOwn(readers, kind) && circle === 'commons' && !trashed
			)
			.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0));
		this.#entries = new Map(entries.map((entry) => [entry.room, entry]));
		for (const room of [...this.#looked.keys()]) if (!this.#entries.has(room)) this.#leave(room);
		const isNew = ({ room }: WorkspaceDocument) =>
			!this.#looked.has(room) && !this.#queue.includes(room);
		this.#queue.push(...entries.filter(isNew).map(({ room }) => room));
		void this.#walk();
	}

	#leave(room: RoomId): void {
		this.#looked.delete(room);
		this.#held.get(room)?.stop();
		this.#held.delete(room);
	}

	#hearOf(room: RoomId): void {
		if (!this.#entries.has(room) || this.#held.has(room)) return;
		this.#lively.add(room);
		if (!this.#queue.includes(room)) this.#queue.unshift(room);
		void this.#walk();
	}

	async #walk(): Promise<void> {
		if (this.#isWalking) return;
		this.#isWalking = true;
		// Whoever has just made the walk is still being set up.
		await breathe();
		for (;;) {
			const room = this.#queue.shift();
			if (room === undefined || this.#isStopped) break;
			await this.#lookInto(room).catch(() => this.#looked.set(room, skipped));
			this.#publishSoon();
			await breathe();
		}
		this.#isWalking = false;
		this.#publish();
	}

	async #lookInto(room: RoomId): Promise<void> {
		const entry = this.#entries.get(room);
		if (!entry || this.#held.has(room)) return;
		const reader = await this.#options.readers[entry.kind]!();
		const document = await this.#options.session.openDocument(room);
		if (this.#isStopped || !this.#entries.has(room)) return document.close();
		const visit = this.#begin(room, document, reader);
		this.#read(room, visit);
		if (this.#isWorthHolding(room, document)) this.#hold(room, visit);
		else visit.stop();
		this.#lively.delete(room);
	}

	#begin(room: RoomId, document: OpenDocument, reader: DocumentReader): Visit {
		const { doc } = document;
		const title = () => this.#entries.get(room)?.title ?? '';
		const followed = reader({ room, doc, title }, this.#options.context);
		let timer: ReturnType<typeof setTimeout> | undefined;
		const visit = {
			document,
			followed,
			stop: () => {
				clearTimeout(timer);
				doc.off('update', later);
				followed.stop();
				document.close();
			}
		};
		const readAgain = () => {
			timer = undefined;
			this.#read(room, visit);
			this.#publish();
		};
		const later = () => void (timer ??= setTimeout(readAgain, SETTLE_MS));
		doc.on('update', later);
		return visit;
	}

	#read(room: RoomId, { document, followed }: Visit): void {
		if (!isReadable(document)) return void this.#looked.set(room, skipped);
		const version = followed.news && Y.encodeStateVector(document.doc);
		const news = version === null ? [] : followed.news!(this.#seenOf(room, version));
		this.#looked.set(room, { items: followed.items(), news, version, isSkipped: false });
	}

	/** The version to compare with. */
	#seenOf(room: RoomId, version: Uint8Array): Uint8Array {
		const { seen, now } = this.#options;
		const known = seen.of(room);
		if (known) return known;
		const since = seen.since();
		// Made after this device was last here: all of it is news. Any other is met for the first time,
		// as by a device that has just joined.
		if (since !== null && this.#entries.get(room)!.createdAt > since) return nothingSeen;
		seen.meet(room, version, now());
		return version;
	}

	#isWorthHolding(room: RoomId, document: OpenDocument): boolean {
		if (this.#lively.has(room)) return true;
		if (this.#held.size >= HELD_MAX) return false;
		// What is not here yet is fetched while it is open.
		return !isReadable(document) || this.#looked.get(room)!.items.length > 0;
	}

	#hold(room: RoomId, visit: Visit): void {
		const [eldest] = this.#held;
		if (eldest && this.#held.size >= HELD_MAX) {
			this.#held.delete(eldest[0]);
			eldest[1].stop();
		}
		this.#held.set(room, visit);
	}

	#publishSoon(): void {
		const waitMs = this.#shownAtMs + SHOW_EVERY_MS - performance.now();
		if (waitMs <= 0) this.#publish();
		else this.#timer ??= setTimeout(() => this.#publish(), waitMs);
	}

	#publish(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#isStopped) return;
		this.#shownAtMs = performance.now();
		const looked = [...this.#looked.values()];
		this.#show({
			items: looked.flatMap(({ items }) => items),
			news: looked.flatMap(({ news }) => news),
			left: this.#queue.length,
			of: this.#entries.size,
			skipped: looked.filter(({ isSkipped }) => isSkipped).length
		});
	}
}
