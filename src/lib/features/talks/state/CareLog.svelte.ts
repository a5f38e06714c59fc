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

export interface ListedCare extends CareEntry {
	readonly room: RoomId;
}

type Session = Pick<WorkspaceSession, 'documents' | 'openDocument' | 'createDocument' | 'self'>;

export class CareLog {
	readonly #session: Session;
	readonly #random: RandomBytes;
	readonly #opened = new Map<RoomId, OpenDocument>();
	readonly #stop: () => void;
	#opening: Promise<unknown> = Promise.resolve();
	#closed = false;
	#all = $state.raw<readonly ListedCare[]>([]);
	#ready = $state(false);

	constructor(session: Session, random: RandomBytes) {
		this.#session = session;
		this.#random = random;
		this.#stop = session.documents.subscribe(() => this.#follow());
		this.#follow();
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
		await this.#opening;
		const room = this.#rooms()[0] ?? (await this.#create());
		this.#follow();
		await this.#opening;
		const document = this.#opened.get(room);
		if (document?.access !== 'write') return null;
		const id = newId(this.#random);
		addCare(document.doc, id, this.#session.self.member, facts);
		this.#read();
		return id;
	}

	mayWrite = ({ room }: ListedCare): boolean => this.#opened.get(room)?.access === 'write';
	textOf = ({ room, id }: ListedCare): Y.Text | null => {
		const document = this.#opened.get(room);
		return document ? careText(document.doc, id) : null;
	};
	edit(entry: ListedCare, facts: Partial<CareFacts>): void {
		const document = this.#opened.get(entry.room);
		if (document?.access === 'write') editCare(document.doc, entry.id, facts);
	}
	trash(entry: ListedCare, trashed: boolean): void {
		const document = this.#opened.get(entry.room);
		if (document?.access === 'write') trashCare(document.doc, entry.id, trashed);
	}

	/** Its form was closed: what was only begun, and said nothing, is no entry. */
	leave(entry: ListedCare): void {
		if (isBlankCare(entry)) this.trash(entry, true);
	}

	destroy(): void {
		this.#closed = true;
		this.#stop();
		for (const document of this.#opened.values()) {
			document.doc.off('update', this.#read);
			document.close();
		}
		this.#opened.clear();
	}

	#create = (): Promise<RoomId> =>
		this.#session.createDocument(careKind.kind, '', { kind: 'restricted' });

	#rooms = (): RoomId[] =>
		this.#session.documents
			.current()
			.filter(
				({ kind, circle, trashed }) => kind === careKind.kind && circle === 'restricted' && !trashed
			)
			.map(({ room }) => room);

	/** One after the other: two looks at once would open a room twice. */
	#follow(): void {
		this.#opening = this.#opening
			.then(async () => {
				for (const room of this.#rooms()) await this.#open(room);
				this.#ready = true;
				this.#read();
			})
			.catch(() => undefined);
	}

	async #open(room: RoomId): Promise<void> {
		if (this.#closed || this.#opened.has(room)) return;
		const document = await this.#session.openDocument(room);
		if (this.#closed) return document.close();
		document.doc.on('update', this.#read);
		this.#opened.set(room, document);
	}

	readonly #read = (): void => {
		this.#all = [...this.#opened]
			.flatMap(([room, { doc }]) => readCare(doc).map((entry) => ({ ...entry, room })))
			.toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : a.id < b.id ? -1 : 1));
	};
}
