/**
 * Erasing a document here: its attachments while they can still be told, then its room. And, whoever
 * erased it, what is open of it and what its journal holds.
 */
import type { BlobId, RoomId, WorkspaceId } from '$lib/base/ids.ts';
import type { Result } from '$lib/base/result.ts';
import { parseAttachmentRef } from '../blobs/attachmentRef.ts';
import type { AttachmentsKeeper } from '../blobs/createAttachments.ts';
import type { Circles, EraseFault } from '../circles/circles.ts';
import { readableDocument } from '../recovery/readableDocument.ts';
import type { DocumentKind } from '../rooms/documentKind.ts';
import type { Documents } from '../rooms/documents.ts';
import { dropJournal, type JournalStorage } from '../store/journal.ts';

export interface ErasingOptions {
	readonly workspace: WorkspaceId;
	readonly documents: Pick<Documents, 'open' | 'shut'>;
	readonly circles: Pick<Circles, 'erase' | 'mayErase' | 'isErased' | 'changed'>;
	readonly attachments: Pick<AttachmentsKeeper, 'drop'>;
	readonly kindOfRoom: (room: RoomId) => DocumentKind;
	readonly journalStorage: JournalStorage | null;
}

export interface Erasing {
	erase(room: RoomId): Promise<Result<void, EraseFault>>;
	stop(): void;
}

/** Wherever in a document's content references to attachments stand. */
export function blobsIn(content: unknown): BlobId[] {
	if (typeof content !== 'object' || content === null) return [];
	const ref = parseAttachmentRef(content);
	if (ref) return [ref.id, ...(ref.thumb ? [ref.thumb.id] : [])];
	return Object.values(content).flatMap(blobsIn);
}

export function createErasing(options: ErasingOptions): Erasing {
	const { workspace, documents, circles, attachments, journalStorage } = options;

	async function blobsOf(room: RoomId): Promise<BlobId[]> {
		const document = await documents.open(room, options.kindOfRoom(room));
		try {
			return blobsIn(readableDocument(document.doc));
		} finally {
			document.close();
		}
	}

	async function letGo(room: RoomId) {
		await documents.shut(room);
		if (journalStorage) dropJournal({ workspace, room }, journalStorage);
	}

	return {
		async erase(room) {
			// What cannot be read, or not be dropped, has no key any more all the same.
			const blobs = circles.mayErase(room) ? await blobsOf(room).catch(() => []) : [];
			const erased = await circles.erase(room);
			if (erased.ok) await attachments.drop(blobs).catch(() => undefined);
			return erased;
		},
		stop: circles.changed.subscribe(() => {
			const { room } = circles.changed.current();
			if (room && circles.isErased(room)) void letGo(room).catch(() => undefined);
		})
	};
}
