/**
 * What of a record's head can still be chosen. Some of it is settled with the first tap: the circle a
 * talk lies in cannot change, so neither can its kind cross that line; nobody who was let read it can be
 * taken off it; and only a talk with somebody in the register has a line to be counted by.
 */
import type { Member } from '$lib/features/members/index.ts';
import { pairKindOf, type TalkPerson } from '../../model/coverage/talkPeople.ts';
import { isRestrictedKind, talkKinds, type TalkFacts } from '../../model/record/facts.ts';
import { proposedKind } from '../../state/newTalk.ts';
import { kindName } from '../../state/talkWords.ts';

interface FactChoice {
	readonly value: string;
	readonly label: string;
}

export const kindChoices = (restricted: boolean): FactChoice[] =>
	talkKinds
		.filter((kind) => isRestrictedKind(kind) === restricted)
		.map((kind) => ({ value: kind, label: kindName(kind) }));

/** The one who is there now stays in the list when he has left the branch since. */
export const talkeeOptions = (members: readonly Member[], facts: TalkFacts): FactChoice[] =>
	members
		.filter(({ id, active }) => id !== facts.talkerId && (active || id === facts.talkeeId))
		.map(({ id, name, posts }) => ({
			value: id,
			label: posts.length > 0 ? `${name}（${posts.join('、')}）` : name
		}));

/** With another person it is another pair, and another kind where the register had proposed it. */
export function withTalkee(
	facts: TalkFacts,
	talkeeId: string,
	members: readonly TalkPerson[]
): Partial<TalkFacts> {
	const pairKind = pairKindOf(members, facts.talkerId, talkeeId);
	const wasProposed = facts.kind === proposedKind(facts.pairKind);
	return { talkeeId, pairKind, ...(wasProposed && { kind: proposedKind(pairKind) }) };
}
