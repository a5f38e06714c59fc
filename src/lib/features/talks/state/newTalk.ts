/** What a new record begins with: everything that can be known is filled in. */
import { localYmd } from '$lib/base/typedDate.ts';
import { pairKindOf, type TalkPerson } from '../model/coverage/talkPeople.ts';
import type { TalkFacts, TalkKind } from '../model/record/facts.ts';

export interface NewTalk {
	readonly self: string;
	readonly talkee: { readonly id: string } | { readonly name: string };
	/** Null: 三必谈 where the pair is one of it, else 日常谈心. */
	readonly kind: TalkKind | null;
	readonly place: string;
	readonly members: readonly TalkPerson[];
	readonly nowMs: number;
}

export const proposedKind = (pairKind: TalkFacts['pairKind']): TalkKind =>
	pairKind === 'other' ? 'daily' : 'mustTalk';

function clockTime(nowMs: number): string {
	const now = new Date(nowMs);
	return [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

export function newTalk({ self, talkee, kind, place, members, nowMs }: NewTalk): TalkFacts {
	const talkeeId = 'id' in talkee ? talkee.id : null;
	const pairKind = talkeeId === null ? 'other' : pairKindOf(members, self, talkeeId);
	return {
		talkerId: self,
		talkeeId,
		talkeeName: 'name' in talkee ? talkee.name : '',
		...{ on: localYmd(nowMs), startAt: clockTime(nowMs), endAt: null, place, pairKind },
		mode: kind === 'visit' ? 'visit' : 'single',
		kind: kind ?? proposedKind(pairKind)
	};
}
