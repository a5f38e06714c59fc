/**
 * Sorting by several fields: empty cells last either way, Chinese collation for words, the list's own
 * order where all else is equal. A field that is gone is skipped and named.
 */
import { Collation } from './collation.ts';
import { onceEach } from './onceEach.ts';
import { sortKeyOf, type SortKey } from './sortKey.ts';
import type { ViewField, ViewRow } from './viewField.ts';

export interface SortLevel {
	readonly field: string;
	readonly descending: boolean;
}

export interface Sorter<Row> {
	/** False when it leaves the order as it is. */
	readonly isSorting: boolean;
	/** Fields that are not there. */
	readonly ignored: readonly string[];
	sort(rows: readonly Row[]): readonly Row[];
	/** Whether a row that changes from one to the other may stay where it is. */
	isSamePlace(before: Row, after: Row): boolean;
}

const collationOf = onceEach((_field: object) => new Collation());

interface Level<Row> {
	readonly field: ViewField<Row & ViewRow>;
	readonly keyOf: (row: Row) => SortKey;
	readonly descending: boolean;
}

/** One number for each row, smallest first; words rank after the choices of their field. */
function ranksIn<Row>({ field, keyOf, descending }: Level<Row>, rows: readonly Row[]) {
	const keys = rows.map(keyOf);
	const collation = collationOf(field);
	collation.learn(new Set(keys.filter((key) => typeof key === 'string')));
	const choices = field.choices?.length ?? 0;
	const sign = descending ? -1 : 1;
	return Float64Array.from(keys, (key) => {
		if (key === null) return Infinity;
		return sign * (typeof key === 'number' ? key : choices + collation.rankOf(key));
	});
}

function sortBy<Row>(levels: readonly Level<Row>[], rows: readonly Row[]): Row[] {
	const ranks = levels.map((level) => ranksIn(level, rows));
	const order = rows.map((_, index) => index);
	order.sort((a, b) => {
		for (const rank of ranks) {
			const [left, right] = [rank[a]!, rank[b]!];
			if (left !== right) return left < right ? -1 : 1;
		}
		return a - b;
	});
	return order.map((index) => rows[index]!);
}

export function createSorter<Row extends ViewRow>(
	levels: readonly SortLevel[],
	fields: readonly ViewField<Row>[]
): Sorter<Row> {
	const byId = new Map(fields.map((field) => [field.id, field]));
	const known = levels.flatMap(({ field: id, descending }): Level<Row>[] => {
		const field = byId.get(id);
		return field === undefined ? [] : [{ field, keyOf: sortKeyOf(field), descending }];
	});
	return {
		isSorting: known.length > 0,
		ignored: levels.map(({ field }) => field).filter((id) => !byId.has(id)),
		sort: (rows) => (known.length === 0 ? rows : sortBy(known, rows)),
		isSamePlace: (before, after) =>
			before === after || known.every(({ keyOf }) => keyOf(before) === keyOf(after))
	};
}
