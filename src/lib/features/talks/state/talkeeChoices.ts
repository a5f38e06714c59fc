/** Whom to talk with: those first whom the campaign still has waiting, then the longest not talked with. */
import type { Ymd } from '$lib/base/typedDate.ts';
import type { Member } from '$lib/features/members/index.ts';
import type { TalkStub } from '../model/coverage/talkStub.ts';
import { pairKindOf, type PairKind } from '../model/coverage/talkPeople.ts';

export interface TalkeeChoice {
	readonly member: Member;
	readonly pairKind: PairKind;
	/** Still to be talked with by this talker, in the campaign that runs. */
	readonly waiting: boolean;
	/** The last talk of the two on record. */
	readonly last: Ymd | null;
}

function lastTalks(stubs: readonly TalkStub[], self: string): Map<string, Ymd> {
	const last = new Map<string, Ymd>();
	for (const { aId, bId, on } of stubs) {
		const other = aId === self ? bId : bId === self ? aId : null;
		if (other !== null && (last.get(other) ?? '') < on) last.set(other, on);
	}
	return last;
}

export function talkeeChoices(
	members: readonly Member[],
	stubs: readonly TalkStub[],
	self: string,
	waiting: ReadonlySet<string>
): TalkeeChoice[] {
	const last = lastTalks(stubs, self);
	return members
		.filter(({ id, active }) => active && id !== self)
		.map((member) => ({
			member,
			pairKind: pairKindOf(members, self, member.id),
			waiting: waiting.has(member.id),
			last: last.get(member.id) ?? null
		}))
		.toSorted(
			(a, b) =>
				Number(b.waiting) - Number(a.waiting) ||
				((a.last ?? '') < (b.last ?? '') ? -1 : (a.last ?? '') > (b.last ?? '') ? 1 : 0)
		);
}

/** By part of a name, a post or a Party group. */
export function filterChoices(choices: readonly TalkeeChoice[], text: string): TalkeeChoice[] {
	const wanted = text.replace(/\s/g, '').toLowerCase();
	return choices.filter(({ member: { name, posts, adminPosts, group } }) =>
		[name, ...posts, ...adminPosts, group].some((word) =>
			word.replace(/\s/g, '').toLowerCase().includes(wanted)
		)
	);
}
