/** Kinds, states and people of talks in the language in use. */
import type { Members } from '$lib/features/members/index.ts';
import { m } from '$lib/paraglide/messages.js';
import type { PairKind } from '../model/coverage/talkPeople.ts';
import type { TalkFacts, TalkKind, TalkMode } from '../model/record/facts.ts';
import type { TalkState } from '../model/record/steps.ts';

export const kindName = (kind: TalkKind): string => m[`talks_kind_${kind}`]();
export const modeName = (mode: TalkMode): string => m[`talks_mode_${mode}`]();
export const pairName = (pair: PairKind): string => m[`talks_pair_${pair}`]();
export const stateName = (state: TalkState): string => m[`talks_state_${state}`]();

export const personName = (people: Pick<Members, 'nameOf'>, id: string): string =>
	people.nameOf(id) || m.talks_nameless();

export const talkeeName = (
	people: Pick<Members, 'nameOf'>,
	{ talkeeId, talkeeName }: Pick<TalkFacts, 'talkeeId' | 'talkeeName'>
): string => (talkeeId === null ? talkeeName || m.talks_nameless() : personName(people, talkeeId));
