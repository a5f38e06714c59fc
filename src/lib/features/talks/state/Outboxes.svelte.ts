/** The outboxes this person may read, opened as long as the screen is, and one's own made when needed. */
import type { MemberId, RandomBytes, RoomId } from '$lib/base/ids.ts';
import { newId } from '$lib/base/ids.ts';
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
import { HeldDocuments } from './HeldDocuments.ts';

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

export class Outboxes {
	readonly #session: OutboxSession;
	readonly #random: RandomBytes;
	readonly #held: HeldDocuments;
	#entries = $state.raw<readonly ListedEntry[]>([]);
	#ready = $state(false);

	constructor(session: OutboxSession, random: RandomBytes) {
		this.#session = session;
		this.#random = random;
		this.#held = new HeldDocuments({
			...{ session, kind: cluesKind.kind, circle: 'people' },
			onchange: () => this.#read()
		});
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
		const opened = this.#held.open.get(outbox);
		return opened !== undefined && withdrawEntry(opened.document.doc, id);
	}

	/** Notes in each outbox where its entries went. */
	settle(passages: ReadonlyMap<ListedEntry, OutboxPassage>): void {
		for (const [room, { document }] of this.#held.open) {
			const here = [...passages].filter(([{ outbox }]) => outbox === room);
			if (here.length > 0)
				markPassed(document.doc, new Map(here.map(([{ id }, passage]) => [id, passage])));
		}
	}

	destroy(): void {
		this.#held.destroy();
	}

	async #own(readers: readonly MemberId[]): Promise<RoomId> {
		const { self } = this.#session;
		const mine = this.#held.listed().find(({ title }) => title === self.member);
		if (!mine)
			return this.#session.createDocument(cluesKind.kind, self.member, {
				kind: 'people',
				members: [self.member, ...readers]
			});
		// Whoever holds the office now reads what waits; who held it before reads no more of it.
		await this.#session.shareDocument(mine.room, readers);
		return mine.room;
	}

	#read(): void {
		this.#ready = this.#held.ready;
		this.#entries = [...this.#held.open].flatMap(([outbox, { title: owner, document }]) => {
			const passages = readPassages(document.doc);
			return readEntries(document.doc).map((entry) => ({
				...{ ...entry, outbox, owner, passage: passages.get(entry.id) ?? null }
			}));
		});
	}
}
