/** What people say to each other about a row, with who is meant by @. */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { partsOf } from './rowParts.ts';

export interface LedgerComment {
	readonly id: string;
	/** Member id. */
	readonly by: string;
	/** ISO instant by the author's clock. */
	readonly at: string;
	readonly text: string;
	/** Member ids. */
	readonly mentions: readonly string[];
}

export const maxCommentChars = 2_000;
const id = z.string().check(z.minLength(1), z.maxLength(200));
const schema = z.object({
	by: id,
	at: z.string().check(z.maxLength(40)),
	text: z.string().check(z.minLength(1), z.maxLength(maxCommentChars)),
	mentions: z.array(id).check(z.maxLength(50))
});

/** Whether colleagues' devices will be able to read it. */
export const isComment = (value: unknown): boolean => schema.safeParse(value).success;

/** The oldest first. */
export const readComments = (row: Y.Map<unknown>): readonly LedgerComment[] =>
	partsOf(row, 'comment')
		.flatMap(([key, value]) => {
			const parsed = schema.safeParse(value);
			return parsed.success ? [{ id: key, ...parsed.data }] : [];
		})
		.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
