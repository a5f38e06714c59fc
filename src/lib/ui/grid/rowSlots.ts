/**
 * Rows come and go while the list scrolls; making and destroying their elements is what costs time.
 * So each row takes a slot, and a row that comes into view takes the slot of one that left it. A row
 * that stays keeps its slot, with whatever editor is open in it.
 */
export interface RowSlot {
	readonly slot: number;
	/** Null: nobody's for now, kept for the next row. */
	readonly key: string | null;
}

export function createRowSlots() {
	let last: RowSlot[] = [];
	let made = 0;

	/** Slots of these rows, in their order, then the spare ones. */
	return function assign(keys: readonly string[]): readonly RowSlot[] {
		const wanted = new Set(keys);
		const held = new Map<string, number>();
		const free: number[] = [];
		for (const { slot, key } of last)
			if (key !== null && wanted.has(key)) held.set(key, slot);
			else free.push(slot);
		let taken = 0;
		const next: RowSlot[] = keys.map((key) => ({
			slot: held.get(key) ?? free[taken++] ?? made++,
			key
		}));
		for (const slot of free.slice(taken)) next.push({ slot, key: null });
		return (last = next);
	};
}
