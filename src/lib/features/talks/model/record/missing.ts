/** What a record still lacks to be what the notice asks of it (requirements TA-05, TA-06). */
import type { TalkContent } from './content.ts';
import { blocksToText, requiredSections, type SectionId } from './sections.ts';

export interface RecordGaps {
	readonly empty: readonly SectionId[];
	/** Filled, but with a word or two. */
	readonly scant: readonly SectionId[];
}

const scantChars = 6;

export function gapsIn({ sections }: TalkContent): RecordGaps {
	const lengths = requiredSections.map(
		(id) => [id, blocksToText(sections[id]).replace(/\s/g, '').length] as const
	);
	return {
		empty: lengths.flatMap(([id, length]) => (length === 0 ? [id] : [])),
		scant: lengths.flatMap(([id, length]) => (length > 0 && length < scantChars ? [id] : []))
	};
}
