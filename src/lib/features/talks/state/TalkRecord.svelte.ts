/**
 * One open talk as the screens see it. Every change goes straight into the document; what is listed
 * elsewhere (the heading, the committee's line) follows once the words have settled.
 */
import type * as Y from 'yjs';
import { newId, type RandomBytes } from '$lib/base/ids.ts';
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import { appendAddition } from '../model/record/additions.ts';
import {
	addClue,
	clueText,
	markClue,
	removeClue,
	type CluePassage
} from '../model/record/clues.ts';
import { digestOf } from '../model/record/content.ts';
import { writeFacts, type TalkFacts } from '../model/record/facts.ts';
import {
	addFollowUp,
	editFollowUp,
	removeFollowUp,
	type FollowUpEdit
} from '../model/record/followUps.ts';
import { headingTitle, type TalkHeading } from '../model/record/heading.ts';
import { tickItem } from '../model/record/items.ts';
import {
	appendStep,
	freeze,
	type NewStep,
	type SignRole,
	type SignWay,
	type TalkState
} from '../model/record/steps.ts';
import { headingOf, readTalk, type Talk } from '../model/record/talk.ts';
import { keepStubs } from './stubKeeping.ts';

export interface TalkRecordOptions {
	readonly open: OpenDocument;
	readonly heading: TalkHeading;
	/** As it is listed now: put away, brought back or kept longer from somewhere else. */
	readonly listed?: () => TalkHeading;
	readonly session: Pick<WorkspaceSession, 'self' | 'root' | 'renameDocument'>;
	readonly now: () => number;
	readonly random: RandomBytes;
}

/** Short enough to feel at once, long enough not to read the talk at every key. */
const readMs = 60;
/** A heading costs an entry in the log: not for every word. */
const headingMs = 2_000;

export class TalkRecord {
	readonly doc: Y.Doc;
	readonly room: OpenDocument['room'];
	readonly self: string;
	readonly #open: OpenDocument;
	readonly #session: TalkRecordOptions['session'];
	readonly #now: () => number;
	readonly #random: RandomBytes;
	readonly #first: TalkHeading;
	readonly #listed: () => TalkHeading;
	#title: string;
	#gone = false;
	#talk = $state.raw<Talk>(null!);
	#readTimer: ReturnType<typeof setTimeout> | undefined;
	#headingTimer: ReturnType<typeof setTimeout> | undefined;

	constructor({ open, heading, listed, session, now, random }: TalkRecordOptions) {
		this.#open = open;
		this.#first = heading;
		this.#listed = listed ?? (() => heading);
		this.#session = session;
		this.#now = now;
		this.#random = random;
		this.doc = open.doc;
		this.room = open.room;
		this.self = session.self.member;
		this.#title = headingTitle(heading);
		this.#talk = readTalk(this.doc, heading);
		this.doc.on('update', this.#later);
		this.#settle();
	}

	get talk(): Talk {
		return this.#talk;
	}
	/** What the talk is listed under, by what stands in it now. */
	get heading(): TalkHeading {
		const { trashedOn, keepUntil } = this.#listed();
		return headingOf(this.#talk, { stub: this.#first.stub, trashedOn, keepUntil });
	}
	get facts(): TalkFacts {
		return this.#talk.life.content.facts;
	}
	get state(): TalkState {
		return this.#talk.life.state;
	}
	get today(): Ymd {
		return localYmd(this.#now());
	}
	get isTalker(): boolean {
		return this.facts.talkerId === this.self;
	}
	/** The words themselves: by the talker, until the record is finished. */
	get mayEdit(): boolean {
		return this.mayWrite && this.isTalker && this.state === 'draft';
	}
	/** Signing, follow-ups, additions: what goes on when the words stand. */
	get mayWrite(): boolean {
		return this.#open.access === 'write';
	}
	get access(): OpenDocument['access'] {
		return this.#open.access;
	}

	setFacts(facts: Partial<TalkFacts>): void {
		if (this.mayEdit) this.#act(() => writeFacts(this.doc, facts));
	}
	tick(no: number, ticked: boolean): void {
		if (this.mayEdit) this.#act(() => tickItem(this.doc, no, ticked));
	}

	/** Gives the id of the new line; clues go on after signing, until the record is locked. */
	addClue(words = ''): string {
		const id = newId(this.#random);
		if (this.mayWrite && this.isTalker) this.#act(() => addClue(this.doc, id, words));
		return id;
	}
	clueText = (id: string): Y.Text | null => clueText(this.doc, id);
	removeClue(id: string): void {
		if (this.mayWrite && this.isTalker) this.#act(() => removeClue(this.doc, id));
	}
	markClue(id: string, passage: CluePassage | null): void {
		if (this.mayWrite && this.isTalker) this.#act(() => markClue(this.doc, id, passage));
	}

	addFollowUp(edit: FollowUpEdit = {}): string {
		const id = newId(this.#random);
		if (this.mayWrite) this.#act(() => addFollowUp(this.doc, id, edit));
		return id;
	}
	editFollowUp(id: string, edit: FollowUpEdit): void {
		if (this.mayWrite) this.#act(() => editFollowUp(this.doc, id, edit));
	}
	removeFollowUp(id: string): void {
		if (this.mayWrite) this.#act(() => removeFollowUp(this.doc, id));
	}

	append(text: string): boolean {
		if (!this.mayWrite) return false;
		const { at, by } = this.#stamp();
		return appendAddition(this.doc, { id: newId(this.#random), at, by, text: text.trim() });
	}

	/** 完成记录: the words stand, and can be signed. */
	finish(): void {
		if (this.mayEdit) this.#step({ type: 'finish', ...this.#stamp() });
	}
	/** 退回修改: takes back what has been signed so far. Not once it is locked. */
	reopen(): void {
		if (!this.mayWrite || !this.isTalker || this.state === 'locked') return;
		this.#step({ type: 'reopen', ...this.#stamp(), cancels: [...this.#talk.life.live] });
	}
	sign(role: SignRole, way: SignWay, on: Ymd = this.today, ink?: string): void {
		if (!this.mayWrite || this.state === 'draft' || this.state === 'locked') return;
		const step = { type: 'sign', role, way, on, ...this.#stamp() } as const;
		this.#step(ink === undefined ? step : { ...step, ink });
	}
	lock(): void {
		if (!this.mayWrite || !this.isTalker || this.state !== 'signed') return;
		this.#step({ type: 'lock', ...this.#stamp(), frozen: freeze(this.#talk.life.content) });
	}

	/** It was put away or deleted: nothing more is said of it elsewhere. */
	forsake(): void {
		this.flush();
		this.#gone = true;
	}

	/** Brings heading and line up to date now: the page is being left. */
	flush(): void {
		if (this.#gone) return;
		clearTimeout(this.#readTimer);
		this.#read();
		this.#writeHeading();
	}

	destroy(): void {
		this.doc.off('update', this.#later);
		this.flush();
	}

	#stamp() {
		const at = new Date(this.#now()).toISOString();
		return { by: this.self, at, digest: digestOf(this.#talk.life.content) };
	}

	/** What is pressed, other than what is typed, is seen at once: the next key may be for a new line. */
	#act(change: () => void): void {
		change();
		this.#read();
	}

	#step(step: NewStep): void {
		this.#read();
		appendStep(this.doc, newId(this.#random), {
			...step,
			digest: digestOf(this.#talk.life.content)
		});
		this.flush();
	}

	readonly #later = (): void => {
		clearTimeout(this.#readTimer);
		this.#readTimer = setTimeout(() => this.#read(), readMs);
	};

	#read(): void {
		this.#talk = readTalk(this.doc, this.#first);
		this.#settle();
	}

	#settle(): void {
		if (!this.mayWrite || this.#gone) return;
		const { heading } = this;
		// What lies in the trash counts no more, also when somebody looks into it.
		const counts = this.isTalker && heading.trashedOn === null;
		if (counts && this.#session.root.access === 'write')
			keepStubs(this.#session.root.doc, [heading]);
		if (headingTitle(heading) === this.#title) return;
		clearTimeout(this.#headingTimer);
		this.#headingTimer = setTimeout(() => this.#writeHeading(), headingMs);
	}

	#writeHeading(): void {
		clearTimeout(this.#headingTimer);
		const title = headingTitle(this.heading);
		if (!this.mayWrite || title === this.#title) return;
		this.#title = title;
		this.#session.renameDocument(this.room, title);
	}
}
