/** The care log as its screen sees it: every document of its kind, as two may have been made at once. */
import { newId, type RandomBytes, type RoomId } from '$lib/base/ids.ts';
import type * as Y from 'yjs';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import {
	addCare,
	careKind,
	careText,
	editCare,
	isBlankCare,
	readCare,
	trashCare,
	type CareEntry,
	type CareFacts
} from '../model/care/careLog.ts';
import { HeldDocuments } from './HeldDocuments.ts';

export interface ListedCare extends CareEntry {
	readonly room: RoomId;
}

type Session = Pick<WorkspaceSession, 'documents' | 'openDocument' | 'createDocument' | 'self'>;

export class CareLog {
	readonly #session: Session;
	readonly #random: RandomBytes;
	readonly #held: HeldDocuments;
	#all = $state.raw<readonly ListedCare[]>([]);
	#ready = $state(false);

	constructor(session: Session, random: RandomBytes) {
		this.#session = session;
		this.#random = random;
		this.#held = new HeldDocuments({
			...{ session, kind: careKind.kind, circle: 'restricted' },
			onchange: () => this.#read()
		});
	}

	get entries(): readonly ListedCare[] {
		return this.#all.filter(({ trashed }) => !trashed);
	}
	/** What can be brought back; what was only begun is nothing to bring back. */
	get trashed(): readonly ListedCare[] {
		return this.#all.filter((entry) => entry.trashed && !isBlankCare(entry));
	}
	get ready(): boolean {
		return this.#ready;
	}

	/** Gives the entry's id once it is there to be written in. */
	async add(facts: CareFacts): Promise<string | null> {
		await this.#held.look();
		const room = this.#held.listed()[0]?.room ?? (await this.#create());
		await this.#held.look();
		const document = this.#documentOf(room);
		if (document?.access !== 'write') return null;
		const id = newId(this.#random);
		addCare(document.doc, id, this.#session.self.member, facts);
		this.#read();
		return id;
	}

	mayWrite = ({ room }: ListedCare): boolean => this.#documentOf(room)?.access === 'write';
	textOf = ({ room, id }: ListedCare): Y.Text | null => {
		const document = this.#documentOf(room);
		return document ? careText(document.doc, id) : null;
	};
	edit(entry: ListedCare, facts: Partial<CareFacts>): void {
		const document = this.#documentOf(entry.room);
		if (document?.access === 'write') editCare(document.doc, entry.id, facts);
	}
	trash(entry: ListedCare, trashed: boolean): void {
		const document = this.#documentOf(entry.room);
		if (document?.access === 'write') trashCare(document.doc, entry.id, trashed);
	}

	/** Its form was closed: what was only begun, and said nothing, is no entry. */
	leave(entry: ListedCare): void {
		if (isBlankCare(entry)) this.trash(entry, true);
	}

	destroy(): void {
		this.#held.destroy();
	}

	#documentOf = (room: RoomId): OpenDocument | undefined => this.#held.open.get(room)?.document;

	#create = (): Promise<RoomId> =>
		this.#session.createDocument(careKind.kind, '', { kind: 'restricted' });

	#read(): void {
		this.#ready = this.#held.ready;
		this.#all = [...this.#held.open]
			.flatMap(([room, { document }]) =>
				readCare(document.doc).map((entry) => ({ ...entry, room }))
			)
			.toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : a.id < b.id ? -1 : 1));
	}
}
