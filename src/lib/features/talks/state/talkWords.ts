/** Kinds, states and people of talks in the language in use. */
import type { Members } from '$lib/features/members/index.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PairKind } from '../model/coverage/talkPeople.ts';
import type { TalkFacts, TalkKind, TalkMode } from '../model/record/facts.ts';
import type { TalkState } from '../model/record/steps.ts';

// One by one: a message looked up by a made-up name would bring all messages into every page.
const kinds: Readonly<Record<TalkKind, () => string>> = {
	mustTalk: m.talks_kind_mustTalk,
	daily: m.talks_kind_daily,
	beforeMeeting: m.talks_kind_beforeMeeting,
	thought: m.talks_kind_thought,
	visit: m.talks_kind_visit,
	principals: m.talks_kind_principals,
	reminder: m.talks_kind_reminder,
	admonition: m.talks_kind_admonition
};
const modes: Readonly<Record<TalkMode, () => string>> = {
	single: m.talks_mode_single,
	group: m.talks_mode_group,
	visit: m.talks_mode_visit,
	condolence: m.talks_mode_condolence,
	phone: m.talks_mode_phone
};
const pairs: Readonly<Record<PairKind, () => string>> = {
	P1: m.talks_pair_P1,
	P2: m.talks_pair_P2,
	P3: m.talks_pair_P3,
	other: m.talks_pair_other
};
const states: Readonly<Record<TalkState, () => string>> = {
	draft: m.talks_state_draft,
	awaiting: m.talks_state_awaiting,
	signed: m.talks_state_signed,
	locked: m.talks_state_locked
};

export const kindName = (kind: TalkKind): string => kinds[kind]();
export const modeName = (mode: TalkMode): string => modes[mode]();
export const pairName = (pair: PairKind): string => pairs[pair]();
export const stateName = (state: TalkState): string => states[state]();

export const personName = (people: Pick<Members, 'nameOf'>, id: string): string =>
	people.nameOf(id) || m.talks_nameless();

export const talkeeName = (
	people: Pick<Members, 'nameOf'>,
	{ talkeeId, talkeeName }: Pick<TalkFacts, 'talkeeId' | 'talkeeName'>
): string => (talkeeId === null ? talkeeName || m.talks_nameless() : personName(people, talkeeId));

type TalkPair = Pick<TalkFacts, 'talkerId' | 'talkeeId' | 'talkeeName'>;

/** Whom the talk was with, for whoever looks at it: the talker, where that is the talkee. */
export const otherName = (people: Pick<Members, 'nameOf'>, pair: TalkPair, self: string): string =>
	pair.talkeeId === self ? personName(people, pair.talkerId) : talkeeName(people, pair);

/** To its talkee a record is of somebody else's talk with him. */
export const talkTitle = (
	people: Pick<Members, 'nameOf'>,
	pair: TalkPair,
	self: string
): string => {
	const name = otherName(people, pair, self);
	return pair.talkeeId === self ? m.record_title_with_you({ name }) : m.record_title({ name });
};
