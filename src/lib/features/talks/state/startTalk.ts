/** Begins a record: its document, sealed for those it is for, and the head of it. Works offline. */
import { newId, type MemberId, type RandomBytes, type RoomId } from '$lib/base/ids.ts';
import type { Circle } from '$lib/core/circles/circle.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import { isRestrictedKind, writeFacts, type TalkFacts } from '../model/record/facts.ts';
import { headingTitle } from '../model/record/heading.ts';
import { talkKind } from '../model/record/talkKind.ts';

type Session = Pick<WorkspaceSession, 'self' | 'createDocument' | 'openDocument'>;

const circleOf = (facts: TalkFacts, self: MemberId): Circle =>
	isRestrictedKind(facts.kind) ? { kind: 'restricted' } : { kind: 'people', members: [self] };

/**
 * The title comes first, so a tab killed in between leaves a talk that is listed and can go on. Who
 * may not read the restricted circle cannot begin a talk in it: that is for the screen to know.
 */
export async function startTalk(
	session: Session,
	facts: TalkFacts,
	random: RandomBytes
): Promise<RoomId> {
	const { talkerId, talkeeId, talkeeName, on, kind, mode, pairKind } = facts;
	const title = headingTitle({
		...{ talkerId, talkeeId, talkeeName, on, kind, mode, pairKind, state: 'draft' },
		stub: isRestrictedKind(kind) || talkeeId === null ? null : newId(random),
		...{
			begun: false,
			signed: false,
			openClues: 0,
			pendingClues: 0,
			nextDue: null,
			trashedOn: null,
			keepUntil: null
		}
	});
	const room = await session.createDocument(
		talkKind.kind,
		title,
		circleOf(facts, session.self.member)
	);
	const open = await session.openDocument(room);
	writeFacts(open.doc, facts);
	open.close();
	return room;
}
