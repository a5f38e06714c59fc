/**
 * The list of typical problems (问题表现) as a branch got it from above: pasted by people, never
 * invented here. Read from the document as untrusted, and parsed from pasted text or cells.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { unreadable, type Read } from '../rows/value.ts';

export interface CatalogueItem {
	readonly aspect: string;
	readonly no: number;
	readonly text: string;
}

export interface Catalogue {
	readonly items: readonly CatalogueItem[];
}

export const maxItems = 1000;
export const maxItemChars = 2000;
const maxAspectChars = 200;

const catalogueSchema = z.object({
	items: z
		.array(
			z.object({
				aspect: z.string().check(z.maxLength(maxAspectChars)),
				no: z.int().check(z.positive(), z.lte(9999)),
				text: z.string().check(z.maxLength(maxItemChars))
			})
		)
		.check(z.maxLength(maxItems))
});

export const catalogueIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('catalogue');

export function readCatalogue(doc: Y.Doc): Read<Catalogue> {
	const value = catalogueIn(doc).get('current');
	if (value === undefined) return null;
	const parsed = catalogueSchema.safeParse(value);
	return parsed.success ? parsed.data : unreadable;
}

/** The caller holds the transaction. False for a list that others could not read. */
export function putCatalogue(doc: Y.Doc, catalogue: Catalogue | null): boolean {
	if (catalogue === null) catalogueIn(doc).delete('current');
	else if (!catalogueSchema.safeParse(catalogue).success) return false;
	else catalogueIn(doc).set('current', { items: catalogue.items.map((item) => ({ ...item })) });
	return true;
}

export const itemByNo = (catalogue: Catalogue | null, no: number): CatalogueItem | null =>
	catalogue?.items.find((item) => item.no === no) ?? null;

export const aspectsOf = (catalogue: Catalogue | null): string[] => [
	...new Set((catalogue?.items ?? []).map((item) => item.aspect).filter((aspect) => aspect !== ''))
];
