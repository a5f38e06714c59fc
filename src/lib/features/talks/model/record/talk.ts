/** One talk as it is read from its document, all of it at once. */
import type * as Y from 'yjs';
import { readAdditions, type Addition } from './additions.ts';
import { isOpenClue, isPendingClue, readClues, type Clue } from './clues.ts';
import { hasWords, readContent } from './content.ts';
import { readFacts } from './facts.ts';
import { nextDue, readFollowUps, type FollowUp } from './followUps.ts';
import { factsOfHeading, type TalkHeading } from './heading.ts';
import { foldSteps, readSteps, type RecordLife } from './steps.ts';

export interface Talk {
	readonly life: RecordLife;
	readonly clues: readonly Clue[];
	readonly followUps: readonly FollowUp[];
	readonly additions: readonly Addition[];
	/** Something was written in it. */
	readonly begun: boolean;
}

export function readTalk(doc: Y.Doc, heading: TalkHeading): Talk {
	const content = readContent(doc, readFacts(doc, factsOfHeading(heading)));
	const life = foldSteps(readSteps(doc), content);
	const [clues, followUps, additions] = [readClues(doc), readFollowUps(doc), readAdditions(doc)];
	const begun =
		hasWords(content) ||
		content.items.length > 0 ||
		clues.some(({ text }) => text.trim() !== '') ||
		followUps.some(({ text }) => text.trim() !== '') ||
		life.state !== 'draft';
	return { life, clues, followUps, additions, begun };
}

/** The heading as it should be for what stands in the document. */
export function headingOf(
	{ life, clues, followUps, begun }: Talk,
	{ stub, keepUntil, trashedOn }: Pick<TalkHeading, 'stub' | 'keepUntil' | 'trashedOn'>
): TalkHeading {
	const { talkerId, talkeeId, talkeeName, on, kind, mode, pairKind } = life.content.facts;
	return {
		...{ talkerId, talkeeId, talkeeName, on, kind, mode, pairKind, stub, begun },
		...{ trashedOn, keepUntil },
		state: life.state,
		signed: life.signatures.talker !== null && life.signatures.talkee !== null,
		openClues: clues.filter(isOpenClue).length,
		pendingClues: clues.filter(isPendingClue).length,
		nextDue: nextDue(followUps)
	};
}
