/** Who took figures of talks out of the workspace, and when. A record is not a lock. */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { idShape } from './talkStub.ts';

const recordShape = z.object({
	/** ISO instant by the clock of the device that exported. */
	at: z.string().check(z.maxLength(40)),
	/** Member id. */
	by: idShape,
	/** `statistics`: 谈心谈话统计表. `calendar`: who has still to talk with whom, for a calendar. */
	what: z.enum(['statistics', 'calendar']),
	format: z.enum(['xlsx', 'docx', 'csv', 'print', 'ics']),
	campaign: idShape,
	/** Lines of the form, or talks still to be held. */
	rows: z.int().check(z.nonnegative())
});
export type TalkExport = z.infer<typeof recordShape> & { readonly id: string };

const exportsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('talkExports');

export const recordTalkExport = (doc: Y.Doc, { id, ...record }: TalkExport): void =>
	void exportsIn(doc).set(id, record);

/** The latest first. */
export const readTalkExports = (doc: Y.Doc): TalkExport[] =>
	[...exportsIn(doc)]
		.flatMap(([id, value]) => {
			const parsed = recordShape.safeParse(value);
			return parsed.success ? [{ id, ...parsed.data }] : [];
		})
		.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1));
