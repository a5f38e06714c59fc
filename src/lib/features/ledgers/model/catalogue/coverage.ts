import type { LedgerRow } from '../rows/ledgerRow.ts';
import type { Catalogue } from './catalogue.ts';

/** How many rows name each item, by its number; an item without any is in it with 0. */
export function coverageOf(
	catalogue: Catalogue,
	rows: Iterable<Pick<LedgerRow, 'values'>>
): ReadonlyMap<number, number> {
	const counts = new Map(catalogue.items.map(({ no }) => [no, 0]));
	for (const { values } of rows) {
		const no = values.itemNo;
		const found = typeof no === 'number' ? counts.get(no) : undefined;
		if (found !== undefined) counts.set(no as number, found + 1);
	}
	return counts;
}
