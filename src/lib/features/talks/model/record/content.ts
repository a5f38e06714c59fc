/**
 * What is signed: head, sections and ticked items, as one frozen value. Clues, follow-ups and what is
 * added later are not part of it; the printed form does not have the first, and the others go on.
 */
import type * as Y from 'yjs';
import { fingerprintOf } from '$lib/core/crypto/fingerprint.ts';
import type { TalkFacts } from './facts.ts';
import { readItems } from './items.ts';
import {
	sectionBlocks,
	sectionIds,
	sectionIn,
	type SectionId,
	type TextBlock
} from './sections.ts';

export interface TalkContent {
	readonly facts: TalkFacts;
	readonly items: readonly number[];
	readonly sections: Readonly<Record<SectionId, readonly TextBlock[]>>;
}

export function readContent(doc: Y.Doc, facts: TalkFacts): TalkContent {
	const sections = sectionIds.map((id) => [id, sectionBlocks(sectionIn(doc, id))] as const);
	return {
		facts,
		items: readItems(doc),
		sections: Object.fromEntries(sections) as Record<SectionId, TextBlock[]>
	};
}

/** The same for the same words, whatever order keys or runs were written in. */
function canonical({ facts, items, sections }: TalkContent): string {
	const head = Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1));
	const texts = sectionIds.map((id) =>
		sections[id].map(({ kind, no, depth, runs }) => [
			...[kind, no, depth],
			runs.map(({ text }) => text).join('')
		])
	);
	return JSON.stringify([1, head, items, texts]);
}

export const digestOf = (content: TalkContent): string => fingerprintOf(canonical(content));

export const hasWords = ({ sections }: TalkContent): boolean =>
	sectionIds.some((id) => sections[id].length > 0);
