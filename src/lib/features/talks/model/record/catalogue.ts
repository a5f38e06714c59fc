/**
 * The branch's list of typical problems as a talk needs it: to tick by number while talking. It lives
 * in a ledger, which talks do not know; whoever shows a talk hands it in.
 */
export interface TalkCatalogueItem {
	readonly no: number;
	readonly text: string;
}

export interface TalkCatalogue {
	readonly title: string;
	readonly aspects: readonly {
		readonly name: string;
		readonly items: readonly TalkCatalogueItem[];
	}[];
}

/** Null where there is none; undefined while it is not known yet. */
export type MaybeCatalogue = TalkCatalogue | null | undefined;

export const itemText = (catalogue: MaybeCatalogue, no: number): string =>
	catalogue?.aspects.flatMap(({ items }) => items).find((item) => item.no === no)?.text ?? '';

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

/** By number (24, 第24项) or by words, of the item or its aspect. Aspects with nothing in them are left out. */
export function searchCatalogue(catalogue: TalkCatalogue, typed: string): TalkCatalogue {
	const wanted = plain(typed);
	const no = /^第?(\d{1,4})[项条]?$/.exec(wanted)?.[1];
	const isMeant = (aspect: string, item: TalkCatalogueItem): boolean =>
		no !== undefined
			? String(item.no).startsWith(String(Number(no)))
			: plain(item.text).includes(wanted) || plain(aspect).includes(wanted);
	const aspects = catalogue.aspects
		.map(({ name, items }) => ({ name, items: items.filter((item) => isMeant(name, item)) }))
		.filter(({ items }) => items.length > 0);
	return { ...catalogue, aspects };
}
