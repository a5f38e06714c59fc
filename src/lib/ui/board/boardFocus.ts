/** Where the arrow keys lead on a board. */

/** Keys of the cards shown, column by column. */
export type BoardKeys = readonly (readonly string[])[];

export interface CardPlace {
	readonly column: number;
	readonly index: number;
}

export function placeOf(columns: BoardKeys, key: string | null): CardPlace | null {
	if (key === null) return null;
	for (const [column, keys] of columns.entries()) {
		const index = keys.indexOf(key);
		if (index >= 0) return { column, index };
	}
	return null;
}

export const firstKey = (columns: BoardKeys): string | null => columns.flat()[0] ?? null;

/** Empty columns are stepped over; at the edge one stays. */
function beside(columns: BoardKeys, { column, index }: CardPlace, step: -1 | 1): string | null {
	for (let at = column + step; at >= 0 && at < columns.length; at += step) {
		const keys = columns[at]!;
		if (keys.length > 0) return keys[Math.min(index, keys.length - 1)]!;
	}
	return null;
}

/** The card a key leads to from another; null for a key that leads nowhere. */
export function nextCard(columns: BoardKeys, from: string | null, pressed: string): string | null {
	const place = placeOf(columns, from);
	if (place === null) return null;
	const keys = columns[place.column]!;
	switch (pressed) {
		case 'ArrowDown':
			return keys[place.index + 1] ?? null;
		case 'ArrowUp':
			return keys[place.index - 1] ?? null;
		case 'ArrowRight':
			return beside(columns, place, 1);
		case 'ArrowLeft':
			return beside(columns, place, -1);
		case 'Home':
			return keys[0] ?? null;
		case 'End':
			return keys.at(-1) ?? null;
		default:
			return null;
	}
}
