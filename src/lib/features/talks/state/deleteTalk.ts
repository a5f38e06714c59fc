/** Putting a talk away, and deleting it for good. Either way its line goes: what is gone does not count. */
import type { RoomId } from '$lib/base/ids.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import type { Ymd } from '$lib/base/typedDate.ts';
import { headingTitle, type TalkHeading } from '../model/record/heading.ts';
import { dropStubOf, keepStubs } from './stubKeeping.ts';

/** Gives what brings it back. */
export function trashTalk(
	session: Pick<WorkspaceSession, 'trashDocument' | 'renameDocument' | 'root'>,
	room: RoomId,
	heading: TalkHeading,
	today: Ymd
): () => void {
	session.trashDocument(room, true);
	session.renameDocument(room, headingTitle({ ...heading, trashedOn: today }));
	dropStubOf(session.root.doc, heading);
	return () => restoreTalk(session, room, heading);
}

export function restoreTalk(
	session: Pick<WorkspaceSession, 'trashDocument' | 'renameDocument' | 'root'>,
	room: RoomId,
	heading: TalkHeading
): void {
	const brought = { ...heading, trashedOn: null };
	session.trashDocument(room, false);
	session.renameDocument(room, headingTitle(brought));
	keepStubs(session.root.doc, [brought]);
}

/** Past its time, and wanted all the same. */
export function keepTalk(
	session: Pick<WorkspaceSession, 'renameDocument'>,
	room: RoomId,
	heading: TalkHeading,
	until: Ymd
): void {
	session.renameDocument(room, headingTitle({ ...heading, keepUntil: until }));
}

/** Drops key and words wherever they are. False when this person may not. */
export async function eraseTalk(
	session: Pick<WorkspaceSession, 'eraseDocument' | 'root'>,
	room: RoomId,
	heading: TalkHeading
): Promise<boolean> {
	const { ok } = await session.eraseDocument(room);
	if (ok) dropStubOf(session.root.doc, heading);
	return ok;
}
