/** All documents of one kind and circle that this person may read, held open as long as somebody looks. */
import type { RoomId } from '$lib/base/ids.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceDocument, WorkspaceSession } from '$lib/core/workspaceSession.ts';

export interface HeldDocument {
	/** As it was when it was opened. */
	readonly title: string;
	readonly document: OpenDocument;
}

export interface HeldOptions {
	readonly session: Pick<WorkspaceSession, 'documents' | 'openDocument'>;
	readonly kind: string;
	readonly circle: WorkspaceDocument['circle'];
	/** Words have come in, or another document. */
	readonly onchange: () => void;
}

export class HeldDocuments {
	readonly #options: HeldOptions;
	readonly #open = new Map<RoomId, HeldDocument>();
	readonly #stop: () => void;
	#looking: Promise<void> = Promise.resolve();
	#closed = false;
	#ready = false;

	constructor(options: HeldOptions) {
		this.#options = options;
		this.#stop = options.session.documents.subscribe(() => void this.look());
		void this.look();
	}

	/** What there is, open or not; nothing that was put away. */
	listed(): readonly WorkspaceDocument[] {
		const { session, ...wanted } = this.#options;
		return session.documents
			.current()
			.filter(
				({ kind, circle, trashed }) => kind === wanted.kind && circle === wanted.circle && !trashed
			);
	}

	get open(): ReadonlyMap<RoomId, HeldDocument> {
		return this.#open;
	}
	/** All that was listed at first has been opened. */
	get ready(): boolean {
		return this.#ready;
	}

	/** One after the other: two looks at once would open a room twice. */
	look(): Promise<void> {
		this.#looking = this.#looking.then(() => this.#openNew()).catch(() => undefined);
		return this.#looking;
	}

	destroy(): void {
		this.#closed = true;
		this.#stop();
		for (const { document } of this.#open.values()) {
			document.doc.off('update', this.#options.onchange);
			document.close();
		}
		this.#open.clear();
	}

	async #openNew(): Promise<void> {
		for (const { room, title } of this.listed()) {
			if (this.#closed) return;
			if (!this.#open.has(room)) await this.#hold(room, title);
		}
		if (this.#closed) return;
		this.#ready = true;
		this.#options.onchange();
	}

	async #hold(room: RoomId, title: string): Promise<void> {
		const document = await this.#options.session.openDocument(room);
		if (this.#closed) return document.close();
		document.doc.on('update', this.#options.onchange);
		this.#open.set(room, { title, document });
	}
}
