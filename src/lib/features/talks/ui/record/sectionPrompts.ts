/** What one might ask, section by section: for whoever sits there for the first time. Can be hidden. */
import { m } from '$lib/paraglide/messages.js';
import { storedChoice, type StoredChoice } from '$lib/state/storedChoice.ts';
import type { SectionId } from '../../model/record/sections.ts';

const prompts: Readonly<Record<SectionId, readonly (() => string)[]>> = {
	work: [m.record_prompt_work_1, m.record_prompt_work_2, m.record_prompt_work_3],
	thought: [m.record_prompt_thought_1, m.record_prompt_thought_2, m.record_prompt_thought_3],
	understanding: [m.record_prompt_understanding_1, m.record_prompt_understanding_2],
	shortcoming: [
		m.record_prompt_shortcoming_1,
		m.record_prompt_shortcoming_2,
		m.record_prompt_shortcoming_3
	],
	suggestion: [m.record_prompt_suggestion_1, m.record_prompt_suggestion_2],
	difficulty: [m.record_prompt_difficulty_1, m.record_prompt_difficulty_2],
	agreed: [m.record_prompt_agreed_1, m.record_prompt_agreed_2]
};

export const promptsOf = (section: SectionId): string[] => prompts[section].map((say) => say());

/** Whether this person wants them on this device. */
export const promptsChoice = (member: string): StoredChoice =>
	storedChoice(`tongxin.talkPrompts.${member}`);
export const calmChoice = (member: string): StoredChoice =>
	storedChoice(`tongxin.talkCalm.${member}`);
