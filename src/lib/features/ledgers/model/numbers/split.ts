/** The same few figures for each person, aspect, source: whatever a field tells the rows apart by. */
import type { LedgerRow } from '../rows/ledgerRow.ts';
import { readable } from '../rows/value.ts';
import type { Figure, FigureBook } from './figure.ts';

export interface Split<Part extends string> {
	/** A value of the field; empty for the rows without one. */
	readonly key: string;
	readonly total: Figure;
	/** Each of them of the total. */
	readonly parts: Readonly<Record<Part, Figure>>;
}

/** Which of the parts a row counts in. */
export type PartsOf<Part extends string> = (row: LedgerRow) => readonly Part[];

/** A set counts in each of its words; a field that is empty or unreadable under none. */
export function keysIn(row: LedgerRow, field: string): readonly string[] {
	const value = readable(row.values[field]);
	if (Array.isArray(value)) return value.length === 0 ? [''] : (value as readonly string[]);
	return [typeof value === 'string' || typeof value === 'number' ? String(value) : ''];
}

interface Tally<Part extends string> {
	readonly all: LedgerRow[];
	readonly parts: Record<Part, LedgerRow[]>;
}

function emptyTally<Part extends string>(parts: readonly Part[]): Tally<Part> {
	const entries = parts.map((part) => [part, []]);
	return { all: [], parts: Object.fromEntries(entries) as Record<Part, LedgerRow[]> };
}

function tally<Part extends string>(
	rows: readonly LedgerRow[],
	field: string,
	parts: readonly Part[],
	partsOf: PartsOf<Part>
): Map<string, Tally<Part>> {
	const byKey = new Map<string, Tally<Part>>();
	for (const row of rows) {
		const counted = partsOf(row);
		for (const key of keysIn(row, field)) {
			let found = byKey.get(key);
			if (found === undefined) byKey.set(key, (found = emptyTally(parts)));
			found.all.push(row);
			for (const part of counted) found.parts[part].push(row);
		}
	}
	return byKey;
}

/** Keys in a known order first, then the largest; those without a value last. */
function comparer<Part extends string>(order: readonly string[]) {
	const rankOf = (key: string): number => {
		if (key === '') return order.length + 1;
		const at = order.indexOf(key);
		return at < 0 ? order.length : at;
	};
	return (a: Split<Part>, b: Split<Part>): number =>
		rankOf(a.key) - rankOf(b.key) || b.total.value - a.total.value || (a.key < b.key ? -1 : 1);
}

export function splitBy<Part extends string>(
	book: FigureBook,
	rows: readonly LedgerRow[],
	field: string,
	parts: readonly Part[],
	partsOf: PartsOf<Part>,
	order: readonly string[] = []
): readonly Split<Part>[] {
	const found = [...tally(rows, field, parts, partsOf)].map(([key, counted]): Split<Part> => {
		const of = counted.all.length;
		const figures = parts.map((part) => [
			part,
			book.count(`${field}.${part}.${key}`, counted.parts[part], of)
		]);
		return {
			key,
			total: book.count(`${field}.total.${key}`, counted.all),
			parts: Object.fromEntries(figures) as Record<Part, Figure>
		};
	});
	return found.sort(comparer<Part>(order));
}
