/**
 * The selection of a grid that changes under it: it stays on its rows (by key) when colleagues'
 * rows come and go and when the list is sorted or filtered. Rows that come between are not selected.
 */
import { untrack } from 'svelte';
import {
	clampSelection,
	selectedRows,
	selectionRange,
	stepSelection,
	withoutStrangers,
	type GridExtent,
	type GridPoint,
	type GridSelection,
	type GridStep
} from './gridSelection.ts';
import type { CellPlace, CellRange } from './gridTypes.ts';

export interface GridCursorHost {
	extent(): GridExtent;
	keyAt(row: number): string | undefined;
	/** -1 when it is not shown. */
	rowOf(key: string): number;
	columnId(column: number): string | undefined;
	scrollTo(point: GridPoint): void;
	/** Reads everything whose change may move rows. */
	follow(): void;
}

/** Where the keyboard is when it is on no cell: a column's head or a group's heading. */
export type GridOutside =
	| { readonly kind: 'head'; readonly column: number }
	| { readonly kind: 'group'; readonly key: string; readonly column: number };

export interface GridCursor {
	readonly selection: GridSelection | null;
	/** Not null: nothing is selected. */
	readonly outside: GridOutside | null;
	readonly range: CellRange | null;
	select(next: GridSelection | null, scroll?: boolean): void;
	leave(to: GridOutside): void;
	/** False when the step leads out of the grid. */
	step(step: GridStep, scroll?: boolean): boolean;
	place(point: GridPoint | undefined): CellPlace | null;
}

/** Call while a component is set up. */
export function createGridCursor(host: GridCursorHost): GridCursor {
	let selection = $state.raw<GridSelection | null>(null);
	let outside = $state.raw<GridOutside | null>(null);
	let keys = { anchor: '', focus: '' };
	let chosen: ReadonlySet<string> = new Set();
	const range = $derived(selection && selectionRange(selection, host.extent()));

	function select(next: GridSelection | null, scroll = true): void {
		selection = next;
		if (!next) return;
		outside = null;
		keys = { anchor: host.keyAt(next.anchor.row) ?? '', focus: host.keyAt(next.focus.row) ?? '' };
		chosen = selectedRows(next, host.keyAt);
		if (scroll) host.scrollTo(next.focus);
	}

	function step(next: GridStep, scroll = next.kind !== 'all'): boolean {
		const to = stepSelection(selection, next, host.extent());
		if (to) select(to, scroll);
		return to !== null;
	}

	function moved(point: GridPoint, key: string): GridPoint {
		if (host.keyAt(point.row) === key) return point;
		const row = host.rowOf(key);
		return row < 0 ? point : { ...point, row };
	}

	$effect.pre(() => {
		host.follow();
		untrack(() => {
			if (!selection) return;
			const next = {
				...selection,
				anchor: moved(selection.anchor, keys.anchor),
				focus: moved(selection.focus, keys.focus)
			};
			const inside = clampSelection(next, host.extent());
			select(inside && withoutStrangers(inside, chosen, host.keyAt), false);
		});
	});

	return {
		get selection() {
			return selection;
		},
		get outside() {
			return outside;
		},
		get range() {
			return range;
		},
		select,
		leave(to) {
			selection = null;
			outside = to;
		},
		step,
		place(point) {
			const rowKey = point && host.keyAt(point.row);
			const columnId = point && host.columnId(point.column);
			return rowKey === undefined || columnId === undefined ? null : { rowKey, columnId };
		}
	};
}
