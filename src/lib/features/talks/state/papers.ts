/** The photos of a record's signed paper, read for the screen. */
import type * as Y from 'yjs';
import {
	countUnreadable,
	readAttachments,
	type AttachmentRef
} from '$lib/features/attachments/index.ts';
import { papersIn } from '../model/record/papers.ts';

export const readPapers = (doc: Y.Doc): readonly AttachmentRef[] => readAttachments(papersIn(doc));
export const unreadablePapers = (doc: Y.Doc): number => countUnreadable(papersIn(doc));
export const addPaper = (doc: Y.Doc, ref: AttachmentRef): void =>
	void papersIn(doc).set(ref.id, ref);
export const removePaper = (doc: Y.Doc, { id }: AttachmentRef): void => papersIn(doc).delete(id);
