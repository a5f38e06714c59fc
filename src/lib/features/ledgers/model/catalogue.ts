/**
 * The list of typical problems (问题表现) as a branch got it from above: pasted by people, never
 * invented here. Read from the document as untrusted, and parsed from pasted text or cells.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { unreadable, type Read } from './problem.ts';

export interface CatalogueItem {
	readonly aspect: string;
	readonly no: number;
	readonly text: string;
}

export interface Catalogue {
	readonly items: readonly CatalogueItem[];
}

const catalogueSchema = z.object({
	items: z
		.array(
			z.object({
				aspect: z.string().check(z.maxLength(200)),
				no: z.int().check(z.positive(), z.lte(9999)),
				text: z.string().check(z.maxLength(2000))
			})
		)
		.check(z.maxLength(1000))
});

export const catalogueIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('catalogue');

export function readCatalogue(doc: Y.Doc): Read<Catalogue> {
	const value = catalogueIn(doc).get('current');
	if (value === undefined) return null;
	const parsed = catalogueSchema.safeParse(value);
	return parsed.success ? parsed.data : unreadable;
}

export const itemByNo = (catalogue: Catalogue | null, no: number): CatalogueItem | null =>
	catalogue?.items.find((item) => item.no === no) ?? null;

export const aspectsOf = (catalogue: Catalogue | null): string[] => [
	...new Set((catalogue?.items ?? []).map((item) => item.aspect).filter((aspect) => aspect !== ''))
];
