/** 追记: what is added once a record is signed. Appended, never altered. */
import type * as Y from 'yjs';
import * as z from 'zod/mini';

export interface Addition {
	readonly id: string;
	/** Member id. */
	readonly by: string;
	/** ISO instant by the author's clock. */
	readonly at: string;
	readonly text: string;
}

export const maxAdditionChars = 2_000;
const schema = z.object({
	by: z.string().check(z.minLength(1), z.maxLength(64)),
	at: z.string().check(z.maxLength(40)),
	text: z.string().check(z.minLength(1), z.maxLength(maxAdditionChars))
});

export const additionsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('additions');

/** The oldest first. */
export const readAdditions = (doc: Y.Doc): Addition[] =>
	[...additionsIn(doc)]
		.flatMap(([id, value]) => {
			const parsed = schema.safeParse(value);
			return parsed.success ? [{ id, ...parsed.data }] : [];
		})
		.toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));

/** False when colleagues could not read it: empty, or too long. */
export function appendAddition(doc: Y.Doc, { id, ...addition }: Addition): boolean {
	if (!schema.safeParse(addition).success || additionsIn(doc).has(id)) return false;
	additionsIn(doc).set(id, addition);
	return true;
}
