/**
 * Codes such as WT-2023-004. A row takes the next number when it is made; two that were made at once
 * without a network may take the same. Everyone then sees the elder keep it and the others marked
 * -2, -3, so that no two codes are alike and nobody has to renumber a printed list.
 */
import type { LedgerRow } from './ledgerRow.ts';

interface Numbered {
	readonly id: string;
	readonly seq: number | null;
	readonly createdAt: string | null;
}

const elderFirst = (a: Numbered, b: Numbered): number => {
	const [x, y] = [a.createdAt ?? '', b.createdAt ?? ''];
	return x < y ? -1 : x > y ? 1 : a.id < b.id ? -1 : 1;
};

function inOneNumber(rows: readonly Numbered[], prefix: string): [string, string][] {
	return [...rows]
		.sort(elderFirst)
		.map(({ id, seq }, at) => [
			id,
			`${prefix}-${String(seq).padStart(3, '0')}${at === 0 ? '' : `-${at + 1}`}`
		]);
}

/** By row id; rows without a number have none. Give those in the trash too: their numbers stay taken. */
export function rowCodes(rows: Iterable<Numbered>, prefix: string): Map<string, string> {
	const bySeq = new Map<number, Numbered[]>();
	for (const row of rows) {
		if (row.seq === null) continue;
		const same = bySeq.get(row.seq);
		if (same) same.push(row);
		else bySeq.set(row.seq, [row]);
	}
	return new Map([...bySeq.values()].flatMap((same) => inOneNumber(same, prefix)));
}

/**
 * The year of a ledger, from its rows: that in which most were made, of two alike the earlier. One row
 * added in January, or on a device whose clock is wrong, must not rename all that has been printed.
 */
export function yearOfRows(rows: Iterable<Pick<LedgerRow, 'createdAt'>>): string | null {
	const counts = new Map<string, number>();
	for (const { createdAt } of rows) {
		const year = /^\d{4}(?=-)/.exec(createdAt ?? '')?.[0];
		if (year !== undefined) counts.set(year, (counts.get(year) ?? 0) + 1);
	}
	const [most] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
	return most?.[0] ?? null;
}
