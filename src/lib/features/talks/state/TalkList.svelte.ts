/** The talks this person may read, from their headings alone: no talk is opened to list them. */
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { WorkspaceDocument, WorkspaceSession } from '$lib/core/workspaceSession.ts';
import { observed } from '$lib/state/observed.svelte.ts';
import { parseHeading, parseListed, type TalkHeading } from '../model/record/heading.ts';
import { talkKind } from '../model/record/talkKind.ts';
import { dropStubOf, keepStubs } from './stubKeeping.ts';

export interface ListedTalk extends TalkHeading {
	readonly room: WorkspaceDocument['room'];
	readonly trashed: boolean;
	readonly circle: WorkspaceDocument['circle'];
	/** Those who share it. */
	readonly members: readonly string[];
	readonly isMine: boolean;
}

type Session = Pick<WorkspaceSession, 'documents' | 'self' | 'root'>;

export function listTalks(documents: readonly WorkspaceDocument[], self: string): ListedTalk[] {
	return documents
		.filter(({ kind, circle }) => kind === talkKind.kind && circle !== 'commons')
		.flatMap(({ room, title, trashed, circle, members }) => {
			const heading = parseListed({ title, trashed });
			if (!heading) return [];
			const isMine = heading.talkerId === self;
			return [{ ...heading, room, trashed, circle, members: members ?? [], isMine }];
		})
		.toSorted((a, b) => (a.on === b.on ? (a.room < b.room ? -1 : 1) : a.on < b.on ? 1 : -1));
}

export class TalkList {
	readonly #session: Session;
	readonly #now: () => number;
	readonly #documents: { readonly current: readonly WorkspaceDocument[] };
	readonly #all = $derived.by(() => listTalks(this.#documents.current, this.#session.self.member));
	readonly #unreadable = $derived.by(
		() =>
			this.#documents.current.filter(
				({ kind, title }) => kind === talkKind.kind && parseHeading(title) === null
			).length
	);

	constructor(session: Session, now: () => number) {
		this.#session = session;
		this.#now = now;
		this.#documents = observed(session.documents);
	}

	/** The newest first. */
	get present(): readonly ListedTalk[] {
		return this.#all.filter(({ trashed }) => !trashed);
	}
	get trashed(): readonly ListedTalk[] {
		return this.#all.filter(({ trashed }) => trashed);
	}
	/** Made by a newer version of the app, or damaged. */
	get unreadable(): number {
		return this.#unreadable;
	}
	get today(): Ymd {
		return localYmd(this.#now());
	}

	/** Lines of my own talks in the branch document: right where one is missing or behind, none in the trash. */
	keepStubs(): void {
		const { root } = this.#session;
		if (root.access !== 'write') return;
		const mine = this.#all.filter(({ isMine }) => isMine);
		keepStubs(
			root.doc,
			mine.filter(({ trashed }) => !trashed)
		);
		for (const talk of mine) if (talk.trashed) dropStubOf(root.doc, talk);
	}
}
