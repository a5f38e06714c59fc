/** Who took a record out, when and how: kept in the record itself, as it says who was talked with. */
import type * as Y from 'yjs';
import * as z from 'zod/mini';

export interface RecordExport {
	readonly id: string;
	readonly by: string;
	/** ISO instant. */
	readonly at: string;
	readonly way: 'print' | 'docx';
}

const schema = z.object({
	by: z.string().check(z.minLength(1), z.maxLength(64)),
	at: z.string().check(z.maxLength(40)),
	way: z.enum(['print', 'docx'])
});

export const exportsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('exports');

/** The newest first. */
export const readExports = (doc: Y.Doc): RecordExport[] =>
	[...exportsIn(doc)]
		.flatMap(([id, value]) => {
			const parsed = schema.safeParse(value);
			return parsed.success ? [{ id, ...parsed.data }] : [];
		})
		.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1));

export const noteExport = (doc: Y.Doc, { id, ...record }: RecordExport): void =>
	void exportsIn(doc).set(id, record);
