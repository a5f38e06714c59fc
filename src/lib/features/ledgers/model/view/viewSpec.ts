/** How a ledger is looked at: what is shown, in what order and in which form. Travels as JSON. */
import { plainQuery, type ViewQuery } from './rowsView.ts';

export const viewLayouts = ['grid', 'board', 'calendar', 'cards'] as const;
/** One line, two, five, or as many as the text needs. */
export const rowHeights = ['short', 'medium', 'tall', 'fit'] as const;

export type ViewLayout = (typeof viewLayouts)[number];
export type RowHeight = (typeof rowHeights)[number];

export interface ViewColumns {
	/** Field ids; a column that is not named keeps its place after its neighbour. */
	readonly order: readonly string[];
	readonly hidden: readonly string[];
	readonly pinned: readonly string[];
	/** CSS px by field id. */
	readonly widths: Readonly<Record<string, number>>;
}

export interface ViewSpec extends ViewQuery {
	readonly columns: ViewColumns;
	readonly rowHeight: RowHeight;
	readonly layout: ViewLayout;
}

export const plainColumns: ViewColumns = { order: [], hidden: [], pinned: [], widths: {} };

export const plainSpec: ViewSpec = {
	...plainQuery,
	columns: plainColumns,
	rowHeight: 'fit',
	layout: 'grid'
};

/**
 * The columns to show, pinned ones first. A view may be older than a column: one it does not name
 * comes after the column it follows in `all`, the ledger's own order.
 */
export function arrangeColumns(columns: ViewColumns, all: readonly string[]): string[] {
	const known = new Set(all);
	const order = [...new Set(columns.order)].filter((id) => known.has(id));
	const named = new Set(order);
	all.forEach((id, index) => {
		if (named.has(id)) return;
		order.splice(index === 0 ? 0 : order.indexOf(all[index - 1]!) + 1, 0, id);
	});
	const hidden = new Set(columns.hidden);
	const pinned = new Set(columns.pinned);
	const shown = order.filter((id) => !hidden.has(id));
	return [...shown.filter((id) => pinned.has(id)), ...shown.filter((id) => !pinned.has(id))];
}

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

/** With its keys in one order, so that equal conditions read the same. */
const toPlain = (condition: object): string =>
	JSON.stringify(
		Object.entries(condition as Readonly<Record<string, unknown>>)
			.map(([key, value]): [string, unknown] => [
				key,
				Array.isArray(value) ? sorted(value as string[]) : value
			])
			.sort(([a], [b]) => (a < b ? -1 : 1))
	);

/** Says the same for specs that show the same; not what is folded away or which figure was clicked. */
function essenceOf({ filter, sort, group, columns, rowHeight, layout }: ViewSpec): string {
	const conditions = sorted(filter.conditions.map(toPlain));
	return JSON.stringify([
		conditions.length > 1 ? filter.match : 'all',
		conditions,
		filter.text.trim(),
		sort.map(({ field, descending }) => [field, descending]),
		group === null ? null : [group.field, group.descending],
		columns.order,
		sorted(columns.hidden),
		sorted(columns.pinned),
		Object.entries(columns.widths).sort(([a], [b]) => (a < b ? -1 : 1)),
		rowHeight,
		layout
	]);
}

/** Whether there is nothing to save. */
export const isSameSpec = (a: ViewSpec, b: ViewSpec): boolean => essenceOf(a) === essenceOf(b);
