/** Rows and the headings of their groups, as the lines of one list. */
import type { GridGroup } from './gridTypes.ts';

export type GridLine =
	| { readonly kind: 'row'; readonly row: number }
	| { readonly kind: 'group'; readonly group: GridGroup };

export interface GridLines {
	readonly count: number;
	readonly groups: readonly GridGroup[];
	/** Undefined beyond either end. */
	at(line: number): GridLine | undefined;
	ofRow(row: number): number;
	/** -1 when there is no such group. */
	ofGroup(key: string): number;
	/** The group a line is in, or is the heading of. */
	groupAt(line: number): GridGroup | undefined;
	/** The row of this line; of a heading, the row below it, or the last one. -1 without rows. */
	nearestRow(line: number): number;
}

export function createLines(rows: number, groups: readonly GridGroup[]): GridLines {
	const heads = groups.map((group, i) => Math.min(group.start, rows) + i);
	const count = rows + groups.length;
	/** Headings at or above this line. */
	const headsTo = (line: number) => countUpTo(heads, line);
	return {
		count,
		groups,
		at(line) {
			if (line < 0 || line >= count) return undefined;
			const above = headsTo(line);
			const group = groups[above - 1];
			return group && heads[above - 1] === line
				? { kind: 'group', group }
				: { kind: 'row', row: line - above };
		},
		ofRow: (row) => row + countUpTo(groups, row, (group) => group.start),
		ofGroup: (key) => heads[groups.findIndex((group) => group.key === key)] ?? -1,
		groupAt: (line) => groups[headsTo(line) - 1],
		nearestRow(line) {
			const above = headsTo(line);
			const row = heads[above - 1] === line ? line - above + 1 : line - above;
			return Math.max(-1, Math.min(row, rows - 1));
		}
	};
}

/** How many of the sorted numbers are at most `limit`. */
function countUpTo(sorted: readonly number[], limit: number): number;
function countUpTo<T>(sorted: readonly T[], limit: number, of: (one: T) => number): number;
function countUpTo<T>(sorted: readonly T[], limit: number, of = (one: T) => Number(one)): number {
	let from = 0;
	let to = sorted.length;
	while (from < to) {
		const middle = (from + to) >> 1;
		const one = sorted[middle];
		if (one !== undefined && of(one) <= limit) from = middle + 1;
		else to = middle;
	}
	return from;
}
