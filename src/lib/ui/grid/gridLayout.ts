/** Which columns are shown, in which order, and which stay in view. Pure: a layout makes the next. */

export interface GridLayout {
	/** Column ids, hidden ones too. */
	readonly order: readonly string[];
	readonly hidden: readonly string[];
	readonly pinned: readonly string[];
}

interface Column {
	readonly id: string;
	readonly pinned?: boolean;
}

/**
 * Complete and true to the columns there are: what a kept layout names and is gone is dropped, what
 * is new stands after the column it is declared behind. At least one column stays shown.
 */
export function resolveLayout(
	columns: readonly Column[],
	kept: GridLayout | undefined
): GridLayout {
	const ids = columns.map((column) => column.id);
	if (!kept) {
		const pinned = columns.filter((column) => column.pinned).map((column) => column.id);
		return { order: ids, hidden: [], pinned };
	}
	const known = new Set(ids);
	const order = [...new Set(kept.order)].filter((id) => known.has(id));
	ids.forEach((id, i) => {
		if (order.includes(id)) return;
		const before = ids[i - 1];
		order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, id);
	});
	const hidden = kept.hidden.filter((id) => known.has(id));
	return {
		order,
		hidden: order.every((id) => hidden.includes(id)) ? [] : hidden,
		pinned: kept.pinned.filter((id) => known.has(id))
	};
}

/** The columns as they stand on the screen, pinned ones first. */
export function shownColumns<C extends Column>(
	columns: readonly C[],
	layout: GridLayout | undefined
): C[] {
	const { order, hidden, pinned } = resolveLayout(columns, layout);
	const byId = new Map(columns.map((column) => [column.id, column]));
	const shown = order.flatMap((id) => {
		const column = hidden.includes(id) ? undefined : byId.get(id);
		return column ? [column] : [];
	});
	const sticks = (column: C) => pinned.includes(column.id);
	const marked = (column: C): C =>
		(column.pinned ?? false) === sticks(column) ? column : { ...column, pinned: sticks(column) };
	return [...shown.filter(sticks), ...shown.filter((column) => !sticks(column))].map(marked);
}

/** Ids as they stand on the screen. */
function shownIds({ order, hidden, pinned }: GridLayout): string[] {
	const shown = order.filter((id) => !hidden.includes(id));
	return [
		...shown.filter((id) => pinned.includes(id)),
		...shown.filter((id) => !pinned.includes(id))
	];
}

/**
 * A column dropped into the gap before the shown column `gap`; null when it is there already. Among
 * pinned columns it is pinned, among the others it is not.
 */
export function moveColumn(layout: GridLayout, id: string, gap: number): GridLayout | null {
	const shown = shownIds(layout);
	const from = shown.indexOf(id);
	const fixed = shown.filter((one) => layout.pinned.includes(one)).length;
	const wasPinned = layout.pinned.includes(id);
	const pins = gap === fixed ? wasPinned : gap < fixed;
	if (from < 0 || (pins === wasPinned && (gap === from || gap === from + 1))) return null;
	const before = shown.slice(gap).find((one) => one !== id);
	const rest = [...shown.filter((one) => one !== id)];
	rest.splice(before === undefined ? rest.length : rest.indexOf(before), 0, id);
	return { ...layout, order: withHidden(layout, rest), pinned: pinnedWith(layout, id, pins) };
}

/** One place left or right; null at the edge. */
export function pushColumn(layout: GridLayout, id: string, by: -1 | 1): GridLayout | null {
	const shown = shownIds(layout);
	const from = shown.indexOf(id);
	const to = from + by;
	if (from < 0 || to < 0 || to >= shown.length) return null;
	return moveColumn(layout, id, by === 1 ? to + 1 : to);
}

/** Hidden columns keep standing behind the column they stood behind. */
function withHidden(layout: GridLayout, shown: readonly string[]): string[] {
	const order = [...shown];
	layout.order.forEach((id, i) => {
		if (order.includes(id)) return;
		const before = layout.order[i - 1];
		order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, id);
	});
	return order;
}

const pinnedWith = (layout: GridLayout, id: string, pins: boolean): string[] => {
	const others = layout.pinned.filter((one) => one !== id);
	return pins ? [...others, id] : others;
};

/** Null when nothing would be left to see. */
export function hideColumns(layout: GridLayout, ids: readonly string[]): GridLayout | null {
	const hidden = [...new Set([...layout.hidden, ...ids])];
	return layout.order.every((id) => hidden.includes(id)) ? null : { ...layout, hidden };
}

export const showColumn = (layout: GridLayout, id: string): GridLayout => ({
	...layout,
	hidden: layout.hidden.filter((one) => one !== id)
});

export const pinColumn = (layout: GridLayout, id: string, pins: boolean): GridLayout => ({
	...layout,
	pinned: pinnedWith(layout, id, pins)
});
