/** What a press on a column's head makes of the levels of sorting. */
import type { GridSort } from './gridTypes.ts';

/** Ascending, descending, none. `add`: the other levels stay, and a new one comes last. */
export function nextSort(
	sort: readonly GridSort[],
	columnId: string,
	add: boolean
): readonly GridSort[] {
	const now = sort.find((level) => level.columnId === columnId);
	if (!now) return [...(add ? sort : []), { columnId, descending: false }];
	if (!add && sort.length > 1) return [{ columnId, descending: false }];
	if (now.descending) return sort.filter((level) => level !== now);
	return sort.map((level) => (level === now ? { columnId, descending: true } : level));
}

/** One level set, as the menu does: alone, or where it stands among the others, else last. */
export function withLevel(
	sort: readonly GridSort[],
	level: GridSort,
	add: boolean
): readonly GridSort[] {
	if (!add) return [level];
	const at = sort.findIndex(({ columnId }) => columnId === level.columnId);
	return at < 0 ? [...sort, level] : sort.with(at, level);
}
