/** The places of a talk one goes to while writing it: its sections, then items and clues. */
import { m } from '$lib/paraglide/messages.js';
import { sectionIds, type SectionId } from '../../model/record/sections.ts';

export const talkStops = [...sectionIds, 'clues'] as const;
export type TalkStop = (typeof talkStops)[number];

export const isSection = (stop: TalkStop): stop is SectionId => stop !== 'clues';

/** The first one for what an address should not have said. */
export const parseStop = (text: string | null): TalkStop =>
	talkStops.find((stop) => stop === text) ?? talkStops[0];

export const stopAfter = (stop: TalkStop): TalkStop | null =>
	talkStops[talkStops.indexOf(stop) + 1] ?? null;

const names: Readonly<Record<TalkStop, () => string>> = {
	work: m.record_section_work,
	thought: m.record_section_thought,
	understanding: m.record_section_understanding,
	shortcoming: m.record_section_shortcoming,
	suggestion: m.record_section_suggestion,
	difficulty: m.record_section_difficulty,
	agreed: m.record_section_agreed,
	clues: m.record_section_clues
};
const shorts: Readonly<Record<TalkStop, () => string>> = {
	work: m.record_short_work,
	thought: m.record_short_thought,
	understanding: m.record_short_understanding,
	shortcoming: m.record_short_shortcoming,
	suggestion: m.record_short_suggestion,
	difficulty: m.record_short_difficulty,
	agreed: m.record_short_agreed,
	clues: m.record_short_clues
};

export const stopName = (stop: TalkStop): string => names[stop]();
/** Two characters, for a row of chips under a thumb. */
export const stopShort = (stop: TalkStop): string => shorts[stop]();
