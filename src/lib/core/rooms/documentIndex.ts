/** The branch document's index: which documents there are. Entries of others are untrusted. */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { parseRoomId, type RoomId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import type { DocumentEntry } from './openDocument.ts';

const row = z.object({
	kind: z.string().check(z.maxLength(40)),
	title: z.string().check(z.maxLength(400)),
	createdAt: z.string().check(z.maxLength(40)),
	trashed: z._default(z.boolean(), false)
});

export interface DocumentIndex {
	readonly documents: Observable<readonly DocumentEntry[]>;
	add(entry: Omit<DocumentEntry, 'trashed'>): void;
	rename(room: RoomId, title: string): void;
	trash(room: RoomId, trashed: boolean): void;
}

const INDEX = 'documents';

function readIndex(rows: Y.Map<unknown>): DocumentEntry[] {
	const entries = [...rows].flatMap(([id, value]) => {
		const room = parseRoomId(id);
		const parsed = row.safeParse(value);
		return room && parsed.success ? [{ room, ...parsed.data }] : [];
	});
	return entries.sort(
		(a, b) => a.createdAt.localeCompare(b.createdAt) || a.room.localeCompare(b.room)
	);
}

export function createDocumentIndex(root: Y.Doc): DocumentIndex {
	const rows = root.getMap<unknown>(INDEX);
	const documents = createSource<readonly DocumentEntry[]>(readIndex(rows));
	rows.observe(() => documents.set(readIndex(rows)));

	function change(room: RoomId, part: Partial<DocumentEntry>) {
		const current = documents.current().find((entry) => entry.room === room);
		if (!current) return;
		const { kind, title, createdAt, trashed } = { ...current, ...part };
		rows.set(room, { kind, title, createdAt, trashed });
	}

	return {
		documents,
		add: ({ room, kind, title, createdAt }) =>
			void rows.set(room, { kind, title, createdAt, trashed: false }),
		rename: (room, title) => change(room, { title }),
		trash: (room, trashed) => change(room, { trashed })
	};
}
