/** Where rows go when they are dragged or pushed with Alt+↑/↓. */

export interface RowMove {
	readonly rowKeys: readonly string[];
	/** Null: to the end. */
	readonly beforeKey: string | null;
}

/** Rows `top` to `bottom` one place up or down; null at the edge. */
export function pushRows(
	keys: readonly string[],
	top: number,
	bottom: number,
	direction: -1 | 1
): RowMove | null {
	const rowKeys = keys.slice(top, bottom + 1);
	if (direction === -1) return top > 0 ? { rowKeys, beforeKey: keys[top - 1] ?? null } : null;
	return bottom < keys.length - 1 ? { rowKeys, beforeKey: keys[bottom + 2] ?? null } : null;
}

/** Rows `top` to `bottom` dropped into the gap above row `gap`; null when they are there already. */
export function dropRows(
	keys: readonly string[],
	top: number,
	bottom: number,
	gap: number
): RowMove | null {
	if (gap >= top && gap <= bottom + 1) return null;
	return { rowKeys: keys.slice(top, bottom + 1), beforeKey: keys[gap] ?? null };
}
