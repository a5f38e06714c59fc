/** The outboxes this person may read, opened as long as the screen is, and one's own made when needed. */
import type { MemberId, RandomBytes, RoomId } from '$lib/base/ids.ts';
import { newId } from '$lib/base/ids.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import {
	cluesKind,
	markPassed,
	putEntry,
	readEntries,
	readPassages,
	withdrawEntry,
	type OutboxEntry,
	type OutboxPassage
} from '../model/clues/outbox.ts';

export interface ListedEntry extends OutboxEntry {
	readonly outbox: RoomId;
	/** Member id of the talker whose outbox it is, as its title says. */
	readonly owner: string;
	readonly passage: OutboxPassage | null;
}

export type OutboxSession = Pick<
	WorkspaceSession,
	'documents' | 'openDocument' | 'createDocument' | 'shareDocument' | 'self'
>;

interface Opened {
	readonly owner: string;
	readonly document: OpenDocument;
	stop(): void;
}

export class Outboxes {
	readonly #session: OutboxSession;
	readonly #random: RandomBytes;
	readonly #opened = new Map<RoomId, Opened>();
	readonly #stop: () => void;
	#opening: Promise<unknown> = Promise.resolve();
	#closed = false;
	#entries = $state.raw<readonly ListedEntry[]>([]);
	#ready = $state(false);

	constructor(session: OutboxSession, random: RandomBytes) {
		this.#session = session;
		this.#random = random;
		this.#stop = session.documents.subscribe(() => this.#follow());
		this.#follow();
	}

	/** The oldest first. */
	get entries(): readonly ListedEntry[] {
		return this.#entries;
	}
	get waiting(): readonly ListedEntry[] {
		return this.#entries.filter(({ passage }) => passage === null);
	}
	/** All outboxes have been looked into. */
	get ready(): boolean {
		return this.#ready;
	}

	/** Adds to this person's own outbox, made now if there is none; gives the entry's id. */
	async add(entry: Omit<OutboxEntry, 'id'>, readers: readonly MemberId[]): Promise<string | null> {
		const room = await this.#own(readers);
		const document = await this.#session.openDocument(room);
		const id = newId(this.#random);
		const done = document.access === 'write' && putEntry(document.doc, { id, ...entry });
		document.close();
		return done ? id : null;
	}

	withdraw({ outbox, id }: ListedEntry): boolean {
		const opened = this.#opened.get(outbox);
		return opened !== undefined && withdrawEntry(opened.document.doc, id);
	}

	/** Notes in each outbox where its entries went. */
	settle(passages: ReadonlyMap<ListedEntry, OutboxPassage>): void {
		for (const [room, { document }] of this.#opened) {
			const here = [...passages].filter(([{ outbox }]) => outbox === room);
			if (here.length > 0)
				markPassed(document.doc, new Map(here.map(([{ id }, passage]) => [id, passage])));
		}
	}

	destroy(): void {
		this.#closed = true;
		this.#stop();
		for (const { stop } of this.#opened.values()) stop();
		this.#opened.clear();
	}

	async #own(readers: readonly MemberId[]): Promise<RoomId> {
		const { self } = this.#session;
		const mine = this.#documents().find(({ title }) => title === self.member);
		if (!mine)
			return this.#session.createDocument(cluesKind.kind, self.member, {
				kind: 'people',
				members: [self.member, ...readers]
			});
		// Whoever holds the office now reads what waits; who held it before reads no more of it.
		await this.#session.shareDocument(mine.room, readers);
		return mine.room;
	}

	#documents() {
		return this.#session.documents
			.current()
			.filter(
				({ kind, circle, trashed }) => kind === cluesKind.kind && circle === 'people' && !trashed
			);
	}

	/** One after the other: two looks at once would open a room twice. */
	#follow(): void {
		this.#opening = this.#opening.then(() => this.#openNew()).catch(() => undefined);
	}

	async #openNew(): Promise<void> {
		for (const { room, title } of this.#documents()) {
			if (this.#closed) return;
			if (!this.#opened.has(room)) await this.#open(room, title);
		}
		this.#ready = true;
		this.#read();
	}

	async #open(room: RoomId, owner: string): Promise<void> {
		const document = await this.#session.openDocument(room);
		if (this.#closed) return document.close();
		const read = () => this.#read();
		document.doc.on('update', read);
		const stop = () => {
			document.doc.off('update', read);
			document.close();
		};
		this.#opened.set(room, { owner, document, stop });
	}

	#read(): void {
		this.#entries = [...this.#opened].flatMap(([outbox, { owner, document }]) => {
			const passages = readPassages(document.doc);
			return readEntries(document.doc).map((entry) => ({
				...{ ...entry, outbox, owner, passage: passages.get(entry.id) ?? null }
			}));
		});
	}
}
