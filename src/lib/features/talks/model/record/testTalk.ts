/** Talks for tests: a document with a record in it, and a way to let devices go apart and meet. */
import * as Y from 'yjs';
import type { TalkFacts } from './facts.ts';
import type { TalkHeading } from './heading.ts';
import { sectionIn, type SectionId } from './sections.ts';

export const testFacts: TalkFacts = {
	talkerId: 'talker',
	talkeeId: 'talkee',
	talkeeName: '',
	on: '2023-03-15',
	startAt: null,
	endAt: null,
	place: '书记办公室',
	mode: 'single',
	kind: 'mustTalk',
	pairKind: 'P1'
};

export const testHeading: TalkHeading = {
	...{ talkerId: 'talker', talkeeId: 'talkee', talkeeName: '', on: '2023-03-15' },
	...{ kind: 'mustTalk', mode: 'single', pairKind: 'P1', state: 'draft', stub: 'stub' },
	...{
		begun: false,
		signed: false,
		openClues: 0,
		pendingClues: 0,
		nextDue: null,
		trashedOn: null,
		keepUntil: null
	}
};

/** One paragraph at the end of a section, as the editor writes it. */
export function writeParagraph(doc: Y.Doc, id: SectionId, words: string): void {
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.insert(0, [new Y.XmlText(words)]);
	const section = sectionIn(doc, id);
	section.insert(section.length, [paragraph]);
}

export function copyOf(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
}

export function meet(...docs: readonly Y.Doc[]): void {
	for (const from of docs)
		for (const to of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
}
