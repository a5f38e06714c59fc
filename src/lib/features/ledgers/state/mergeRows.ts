/** Which rows another one can be merged into, and what the one that stays takes over from it. */
import { setIn, wordIn, wordsIn, type LedgerRow } from '../model/rows/ledgerRow.ts';
import type { TableName } from '../model/rows/fields.ts';
import type { RowValues } from '../model/rows/rowEdit.ts';
import { maxSetSize, unreadable } from '../model/rows/value.ts';
import type { ListColumns } from './list/ListColumns.svelte.ts';
import type { ListRows } from './list/ListRows.ts';

export interface MergeChoice {
	readonly row: LedgerRow;
	readonly code: string;
	readonly words: string;
}
export interface MergeSource {
	readonly rows: Pick<ListRows, 'listed' | 'codeOf'>;
	readonly columns: Pick<ListColumns, 'main'>;
}

const bare = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** How much two rows have in common: likely ones are offered first. */
function likeness(a: LedgerRow, b: LedgerRow): number {
	const topics = setIn(a, 'topics').filter((topic) => setIn(b, 'topics').includes(topic)).length;
	const isSameItem = a.values.itemNo !== undefined && a.values.itemNo === b.values.itemNo;
	const aspect = wordIn(a, 'aspect');
	return (
		topics + (isSameItem ? 3 : 0) + (aspect !== null && aspect === wordIn(b, 'aspect') ? 1 : 0)
	);
}

export function mergeChoices(
	{ rows, columns }: MergeSource,
	row: LedgerRow,
	query: string
): MergeChoice[] {
	const wanted = bare(query);
	return rows.listed
		.filter((one) => one.id !== row.id && one.life.status !== 'merged')
		.map((one) => ({ row: one, code: rows.codeOf(one), words: wordsIn(one, columns.main) }))
		.filter(({ code, words }) => bare(code + words).includes(wanted))
		.sort((a, b) => likeness(b.row, row) - likeness(a.row, row));
}

function union(from: LedgerRow, into: LedgerRow, field: string): RowValues {
	// What cannot be read is not overwritten.
	if (into.values[field] === unreadable) return {};
	const [there, more] = [setIn(into, field), setIn(from, field)];
	const both = [...new Set([...there, ...more])].slice(0, maxSetSize);
	return both.length === there.length ? {} : { [field]: both };
}

/** Sources and topics are united, and what is urgent stays urgent. */
export function unitedValues(table: TableName, from: LedgerRow, into: LedgerRow): RowValues {
	const isUrgent = from.values.urgent === true && into.values.urgent === undefined;
	return {
		...(table === 'problems' ? union(from, into, 'sources') : {}),
		...union(from, into, 'topics'),
		...(isUrgent ? { urgent: true } : {})
	};
}

/** The row at the end of its chain of merges; null where it is not there, or leads back. */
export function mergedInto(
	rowOf: (id: string) => LedgerRow | undefined,
	row: LedgerRow
): LedgerRow | null {
	const seen = new Set([row.id]);
	let at = row;
	while (at.life.mergedInto !== null) {
		const next = rowOf(at.life.mergedInto);
		if (next === undefined || seen.has(next.id)) return null;
		seen.add(next.id);
		at = next;
	}
	return at === row ? null : at;
}
