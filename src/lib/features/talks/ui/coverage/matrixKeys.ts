/** Where an arrow key leads in the table: to the next cell there is in that direction. */
import type { MatrixCell, MatrixRow } from '../../model/coverage/talkMatrix.ts';

export interface CellPlace {
	readonly row: number;
	readonly column: number;
}

const cellAt = (rows: readonly MatrixRow[], { row, column }: CellPlace): MatrixCell | null =>
	rows[row]?.cells[column] ?? null;

function next(rows: readonly MatrixRow[], from: CellPlace, by: CellPlace): CellPlace | null {
	const columns = rows[0]?.cells.length ?? 0;
	let at = { row: from.row + by.row, column: from.column + by.column };
	while (at.row >= 0 && at.row < rows.length && at.column >= 0 && at.column < columns) {
		if (cellAt(rows, at)) return at;
		at = { row: at.row + by.row, column: at.column + by.column };
	}
	return null;
}

export const firstCell = (rows: readonly MatrixRow[]): CellPlace | null => {
	for (const [row, { cells }] of rows.entries()) {
		const column = cells.findIndex((cell) => cell !== null);
		if (column >= 0) return { row, column };
	}
	return null;
};

const steps: Readonly<Record<string, CellPlace>> = {
	ArrowUp: { row: -1, column: 0 },
	ArrowDown: { row: 1, column: 0 },
	ArrowLeft: { row: 0, column: -1 },
	ArrowRight: { row: 0, column: 1 }
};

/** Null for a key that is none of these, `from` where there is nothing further. */
export function placeByKey(
	rows: readonly MatrixRow[],
	from: CellPlace,
	key: string,
	toEnd: boolean
): CellPlace | null {
	const step = steps[key];
	if (step) return next(rows, from, step) ?? from;
	const columns = rows[0]?.cells.length ?? 0;
	if (key === 'Home')
		return next(rows, { row: toEnd ? 0 : from.row, column: -1 }, steps.ArrowRight!) ?? from;
	if (key === 'End')
		return (
			next(rows, { row: toEnd ? rows.length - 1 : from.row, column: columns }, steps.ArrowLeft!) ??
			from
		);
	return null;
}
