import type { RoomId } from '$lib/base/ids.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import { setPlanField } from '../model/planDocument.ts';

/** Its name stands in the list of documents and in the plan itself. */
export async function createBlankPlan(
	session: Pick<WorkspaceSession, 'createDocument' | 'openDocument'>,
	title: string
): Promise<RoomId> {
	const room = await session.createDocument('plan', title);
	const open = await session.openDocument(room);
	try {
		setPlanField(open.doc, 'title', title, { tab: 'plan-create' });
	} finally {
		open.close();
	}
	return room;
}
