/**
 * This person's clues over all talks that have some which are not in a ledger yet: read from talk after talk, each let go again, and
 * marked there once they were handed on. The way back to the talk stays on this side.
 */
import type { RoomId } from '$lib/base/ids.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import { markClue, readClues, type Clue, type CluePassage } from '../model/record/clues.ts';
import { listTalks, type ListedTalk } from './TalkList.svelte.ts';

export interface OwnClue extends Clue {
	readonly talk: ListedTalk;
}

type Session = Pick<WorkspaceSession, 'documents' | 'openDocument' | 'self'>;

export class OwnClues {
	readonly #session: Session;
	readonly #stop: () => void;
	#looking: Promise<unknown> = Promise.resolve();
	#closed = false;
	#clues = $state.raw<readonly OwnClue[]>([]);
	#ready = $state(false);

	constructor(session: Session) {
		this.#session = session;
		this.#stop = session.documents.subscribe(() => this.look());
		this.look();
	}

	get clues(): readonly OwnClue[] {
		return this.#clues;
	}
	get ready(): boolean {
		return this.#ready;
	}

	look(): void {
		this.#looking = this.#looking.then(() => this.#readAll()).catch(() => undefined);
	}

	/** Writes into the talks what became of their clues. */
	async mark(room: RoomId, passages: ReadonlyMap<string, CluePassage | null>): Promise<void> {
		const document = await this.#session.openDocument(room);
		if (document.access === 'write')
			document.doc.transact(() => {
				for (const [id, passage] of passages) markClue(document.doc, id, passage);
			});
		document.close();
		this.look();
	}

	destroy(): void {
		this.#closed = true;
		this.#stop();
	}

	async #readAll(): Promise<void> {
		const { self, documents } = this.#session;
		const mine = listTalks(documents.current(), self.member).filter(
			({ isMine, trashed, openClues, pendingClues }) =>
				isMine && !trashed && openClues + pendingClues > 0
		);
		const found: OwnClue[] = [];
		for (const talk of mine) {
			if (this.#closed) return;
			const document = await this.#session.openDocument(talk.room).catch(() => null);
			if (!document) continue;
			found.push(...readClues(document.doc).map((clue) => ({ ...clue, talk })));
			document.close();
		}
		this.#clues = found.filter(({ text }) => text.trim() !== '');
		this.#ready = true;
	}
}
