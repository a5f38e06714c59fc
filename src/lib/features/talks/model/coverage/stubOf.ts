/** What the committee may know of a talk: that it was, with whom and when. Null where there is none. */
import { isRestrictedKind } from '../record/facts.ts';
import type { TalkHeading } from '../record/heading.ts';
import type { TalkStub } from './talkStub.ts';

export function stubOf(heading: TalkHeading): TalkStub | null {
	const { stub, talkerId, talkeeId, on, pairKind, mode, signed } = heading;
	if (stub === null || talkeeId === null || !heading.begun) return null;
	if (isRestrictedKind(heading.kind)) return null;
	return {
		...{ id: stub, aId: talkerId, bId: talkeeId, on, pairKind, signed },
		mode: mode === 'group' ? 'group' : 'single',
		by: talkerId,
		basis: 'record'
	};
}
