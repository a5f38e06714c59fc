/** Which items of the branch's catalogue the ledgers have anything on, and which none (条目覆盖). */
import type { Catalogue, CatalogueItem } from '../catalogue/catalogue.ts';
import type { LedgerRow } from '../rows/ledgerRow.ts';
import { readable } from '../rows/value.ts';
import type { Figure, FigureBook } from './figure.ts';

/** By the number of an item; those nothing was put under are not in it. */
export type ItemFigures = ReadonlyMap<number, Figure>;

export interface ItemCoverage {
	readonly item: CatalogueItem;
	/** Null for none. */
	readonly problems: Figure | null;
	readonly opinions: Figure | null;
}

export interface Coverage {
	/** Items with at least one problem or opinion. */
	readonly value: number;
	readonly of: number;
	readonly problemIds: readonly string[];
	readonly opinionIds: readonly string[];
	readonly items: readonly ItemCoverage[];
}

export function itemFigures(book: FigureBook, rows: readonly LedgerRow[]): ItemFigures {
	const byNo = new Map<number, LedgerRow[]>();
	for (const row of rows) {
		const no = readable(row.values.itemNo);
		if (typeof no !== 'number') continue;
		const same = byNo.get(no);
		if (same) same.push(row);
		else byNo.set(no, [row]);
	}
	return new Map([...byNo].map(([no, same]) => [no, book.count(`itemNo.${no}`, same)]));
}

/** Null without a catalogue. */
export function coverageOf(
	catalogue: Catalogue | null,
	problems: ItemFigures,
	opinions: ItemFigures
): Coverage | null {
	if (catalogue === null) return null;
	const items = catalogue.items.map((item) => ({
		item,
		problems: problems.get(item.no) ?? null,
		opinions: opinions.get(item.no) ?? null
	}));
	const idsIn = (table: 'problems' | 'opinions'): string[] => [
		...new Set(items.flatMap((one) => one[table]?.rowIds ?? []))
	];
	return {
		value: items.filter((one) => one.problems !== null || one.opinions !== null).length,
		of: items.length,
		problemIds: idsIn('problems'),
		opinionIds: idsIn('opinions'),
		items
	};
}
