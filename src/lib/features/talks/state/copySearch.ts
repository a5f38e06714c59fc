/**
 * Looks through this person's other records for the words of one. Records are opened one after the
 * other and let go again, so that a branch of many years costs time and not memory.
 */
import type * as Y from 'yjs';
import type { RoomId } from '$lib/base/ids.ts';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import { repeatedPassages, type CheckedRecord, type RepeatedPassage } from '../model/copyCheck.ts';
import { sectionIds, sectionText, type SectionId } from '../model/record/sections.ts';

export interface CopySearch {
	readonly found: readonly RepeatedPassage<RoomId>[];
	/** Records that could not be looked into: not here yet. */
	readonly skipped: number;
}

const checked = (doc: Y.Doc, key: RoomId): CheckedRecord<RoomId> => ({
	key,
	texts: Object.fromEntries(sectionIds.map((id) => [id, sectionText(doc, id)])) as Record<
		SectionId,
		string
	>
});

export async function searchCopies(
	session: Pick<WorkspaceSession, 'openDocument'>,
	own: { readonly room: RoomId; readonly doc: Y.Doc },
	others: readonly RoomId[],
	onProgress: (done: number) => void,
	signal: AbortSignal
): Promise<CopySearch> {
	const mine = checked(own.doc, own.room);
	const found: RepeatedPassage<RoomId>[] = [];
	let skipped = 0;
	for (const [done, room] of others.entries()) {
		if (signal.aborted) break;
		const document = await session.openDocument(room).catch(() => null);
		if (!document) skipped += 1;
		else {
			found.push(...repeatedPassages(mine, [checked(document.doc, room)]));
			document.close();
		}
		onProgress(done + 1);
	}
	return { found: found.toSorted((a, b) => b.text.length - a.text.length), skipped };
}
