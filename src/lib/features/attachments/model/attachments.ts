/**
 * Attachments of one record, as a document keeps them: a Y.Map from a blob's id to its
 * AttachmentRef. Colleagues' entries are untrusted: what does not parse is left out and counted.
 */
import type * as Y from 'yjs';
import { parseAttachmentRef, type AttachmentRef } from '$lib/core/blobs/attachmentRef.ts';

export type { AttachmentRef } from '$lib/core/blobs/attachmentRef.ts';
export { parseAttachmentRef } from '$lib/core/blobs/attachmentRef.ts';

/** Null also where it lies under another id than its own, as nothing could take it out again. */
function readEntry(id: string, value: unknown): AttachmentRef | null {
	const ref = parseAttachmentRef(value);
	return ref?.id === id ? ref : null;
}

/** In the order in which they were added. */
export function readAttachments(map: Y.Map<unknown>): readonly AttachmentRef[] {
	return [...map]
		.flatMap(([id, value]) => readEntry(id, value) ?? [])
		.toSorted((a, b) => a.at.localeCompare(b.at) || (a.id < b.id ? -1 : 1));
}

export const countUnreadable = (map: Y.Map<unknown>): number =>
	[...map].filter(([id, value]) => readEntry(id, value) === null).length;
