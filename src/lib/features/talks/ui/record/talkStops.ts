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

export const stopName = (stop: TalkStop): string => m[`record_section_${stop}`]();
/** Two characters, for a row of chips under a thumb. */
export const stopShort = (stop: TalkStop): string => m[`record_short_${stop}`]();
