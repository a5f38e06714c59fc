/** What the parts of a record are called. */
import { m } from '$lib/paraglide/messages.js';
import type { SectionId } from '../model/record/sections.ts';

const names: Readonly<Record<SectionId, () => string>> = {
	work: m.talks_section_work,
	thought: m.talks_section_thought,
	understanding: m.talks_section_understanding,
	shortcoming: m.talks_section_shortcoming,
	suggestion: m.talks_section_suggestion,
	difficulty: m.talks_section_difficulty,
	agreed: m.talks_section_agreed
};

export const sectionName = (id: SectionId): string => names[id]();
