/**
 * Which row of the ledger a row of an imported table is: the one with its code; else one that says the
 * same in all its cells; else the one that is about the same. Each row is meant once at most, so that a
 * line copied in a spreadsheet and written over becomes a new row.
 */
import type { LedgerRow } from '../rows/ledgerRow.ts';
import type { PasteTarget } from './pasteColumns.ts';
import { isField, type Cell } from './pasteRows.ts';

export interface LedgerNow {
	/** Those a row of the table can be. */
	readonly rows: readonly LedgerRow[];
	codeOf(row: LedgerRow): string;
	/** What stands in a column of an exported table. */
	textIn(row: LedgerRow, target: PasteTarget): string;
	/** Rows that are not there are counted and left out. */
	readonly onlyUpdates?: boolean;
}

/** Files keep neither the ends of a text nor characters that no office program can show. */
export const plain = (text: string): string =>
	text
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
		.trim();

const textAt = (cells: readonly Cell[], target: PasteTarget): string =>
	plain(cells.find((cell) => cell.target === target)?.text ?? '');

function pushTo<T>(lists: Map<string, T[]>, key: string, value: T): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}

/** One for each row of the table; null for those that are new. */
export function matchRows(
	table: readonly (readonly Cell[])[],
	{ rows, codeOf, textIn }: LedgerNow,
	main: string
): (LedgerRow | null)[] {
	const found = table.map((): LedgerRow | null => null);
	const taken = new Set<LedgerRow>();
	const take = (at: number, row: LedgerRow | undefined): void => {
		if (row === undefined || taken.has(row)) return;
		found[at] = row;
		taken.add(row);
	};

	const byCode = new Map(rows.map((row) => [codeOf(row), row]));
	table.forEach((cells, at) => {
		const code = textAt(cells, 'code');
		if (code !== '') take(at, byCode.get(code));
	});

	/** Those not found yet with those not taken yet of which `key` says the same; empty keys say nothing. */
	function pair(
		keyOfCells: (cells: readonly Cell[]) => string,
		keyOfRow: (row: LedgerRow) => string,
		areSure: (rows: number, cells: number) => boolean
	): void {
		const wanted = new Map<string, number[]>();
		table.forEach((cells, at) => {
			const key = found[at] === null ? keyOfCells(cells) : '';
			if (key !== '') pushTo(wanted, key, at);
		});
		if (wanted.size === 0) return;
		const there = new Map<string, LedgerRow[]>();
		for (const row of rows) if (!taken.has(row)) pushTo(there, keyOfRow(row), row);
		for (const [key, places] of wanted) {
			const same = there.get(key) ?? [];
			if (areSure(same.length, places.length)) places.forEach((at, index) => take(at, same[index]));
		}
	}

	const targets = [...new Set((table[0] ?? []).map(({ target }) => target).filter(isField))];
	const keyOf = (texts: readonly string[]): string =>
		texts.every((text) => text === '') ? '' : JSON.stringify(texts);
	pair(
		(cells) => keyOf(targets.map((target) => textAt(cells, target))),
		(row) => keyOf(targets.map((target) => plain(textIn(row, target)))),
		() => true
	);
	// Of two that are about the same, which one was changed? Only where all of them are there it is known.
	pair(
		(cells) => textAt(cells, main),
		(row) => plain(textIn(row, main)),
		(there, wanted) => there <= wanted
	);
	return found;
}
