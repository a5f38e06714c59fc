/**
 * Which cells are selected, as indexes into the rows and columns shown now. A pure reducer: keys and
 * pointer become steps, a step and the old selection make the new one.
 */
import type { CellRange } from './gridTypes.ts';

export interface GridPoint {
	readonly row: number;
	readonly column: number;
}

export interface GridSelection {
	/** The corner that stays when the selection is extended. */
	readonly anchor: GridPoint;
	/** The active cell. */
	readonly focus: GridPoint;
	readonly whole: 'cells' | 'rows' | 'columns';
}

export interface GridExtent {
	readonly rows: number;
	readonly columns: number;
	/** The row a screenful up or down from this one: where PageUp and PageDown lead. */
	pageFrom(row: number, by: -1 | 1): number;
	/** For Ctrl+arrows, which run to the edge of a block of filled cells. */
	isFilled(point: GridPoint): boolean;
}

type Sign = -1 | 0 | 1;
export type GridStep =
	| { readonly kind: 'move'; readonly rows: Sign; readonly columns: Sign; readonly extend: boolean }
	| { readonly kind: 'jump'; readonly rows: Sign; readonly columns: Sign; readonly extend: boolean }
	| { readonly kind: 'page'; readonly rows: -1 | 1; readonly extend: boolean }
	| {
			readonly kind: 'rowStart' | 'rowEnd' | 'first' | 'last';
			readonly extend: boolean;
	  }
	| { readonly kind: 'next' | 'previous' }
	| { readonly kind: 'all' | 'wholeRows' | 'wholeColumns' }
	| { readonly kind: 'cell'; readonly at: GridPoint; readonly extend: boolean }
	| { readonly kind: 'rowHeader'; readonly row: number; readonly extend: boolean }
	| { readonly kind: 'columnHeader'; readonly column: number; readonly extend: boolean };

export const cellSelection = (at: GridPoint): GridSelection => ({
	anchor: at,
	focus: at,
	whole: 'cells'
});

export function selectionRange(selection: GridSelection, extent: GridExtent): CellRange {
	const { anchor, focus, whole } = selection;
	return {
		top: whole === 'columns' ? 0 : Math.min(anchor.row, focus.row),
		bottom: whole === 'columns' ? extent.rows - 1 : Math.max(anchor.row, focus.row),
		left: whole === 'rows' ? 0 : Math.min(anchor.column, focus.column),
		right: whole === 'rows' ? extent.columns - 1 : Math.max(anchor.column, focus.column)
	};
}

/** After rows or columns went away: the nearest that are left, or nothing. */
export function clampSelection(
	selection: GridSelection,
	extent: Pick<GridExtent, 'rows' | 'columns'>
): GridSelection | null {
	if (extent.rows === 0 || extent.columns === 0) return null;
	return {
		...selection,
		anchor: clampPoint(selection.anchor, extent),
		focus: clampPoint(selection.focus, extent)
	};
}

function clampPoint(at: GridPoint, extent: Pick<GridExtent, 'rows' | 'columns'>): GridPoint {
	return {
		row: Math.max(0, Math.min(at.row, extent.rows - 1)),
		column: Math.max(0, Math.min(at.column, extent.columns - 1))
	};
}

/** Keys of the rows a selection covers; none for whole columns, which cover whatever rows there are. */
export function selectedRows(
	{ anchor, focus, whole }: GridSelection,
	keyAt: (row: number) => string | undefined
): ReadonlySet<string> {
	if (whole === 'columns') return new Set();
	const top = Math.min(anchor.row, focus.row);
	const count = Math.abs(anchor.row - focus.row) + 1;
	return new Set(Array.from({ length: count }, (_, i) => keyAt(top + i) ?? ''));
}

/** After rows moved: only the active cell, where others would be selected that nobody chose. */
export function withoutStrangers(
	selection: GridSelection,
	chosen: ReadonlySet<string>,
	keyAt: (row: number) => string | undefined
): GridSelection {
	if (selection.anchor.row === selection.focus.row) return selection;
	const isChosen = [...selectedRows(selection, keyAt)].every((key) => chosen.has(key));
	return isChosen ? selection : { ...cellSelection(selection.focus), whole: selection.whole };
}

/** Steps that say themselves where they go. */
const needsNone: ReadonlySet<GridStep['kind']> = new Set([
	'cell',
	'rowHeader',
	'columnHeader',
	'all'
]);

/** Null when there is nothing to select, or when `next` and `previous` leave the grid. */
export function stepSelection(
	selection: GridSelection | null,
	step: GridStep,
	extent: GridExtent
): GridSelection | null {
	if (extent.rows === 0 || extent.columns === 0) return null;
	const from = selection?.focus ?? { row: 0, column: 0 };
	if (!selection && !needsNone.has(step.kind)) return cellSelection(from);
	switch (step.kind) {
		case 'cell':
			return reach(selection, clampPoint(step.at, extent), step.extend);
		case 'rowHeader': {
			const focus = clampPoint({ row: step.row, column: 0 }, extent);
			const anchor = step.extend && selection ? selection.anchor : focus;
			return { anchor, focus: { ...focus, column: selection?.focus.column ?? 0 }, whole: 'rows' };
		}
		case 'columnHeader': {
			const focus = clampPoint({ row: 0, column: step.column }, extent);
			const anchor = step.extend && selection ? selection.anchor : focus;
			return { anchor, focus, whole: 'columns' };
		}
		case 'all':
			return {
				anchor: { row: 0, column: 0 },
				focus: { row: extent.rows - 1, column: extent.columns - 1 },
				whole: 'rows'
			};
		case 'wholeRows':
			return selection && { ...selection, whole: 'rows' };
		case 'wholeColumns':
			return selection && { ...selection, whole: 'columns' };
		case 'next':
		case 'previous': {
			const at = from.row * extent.columns + from.column + (step.kind === 'next' ? 1 : -1);
			if (at < 0 || at >= extent.rows * extent.columns) return null;
			return cellSelection({ row: Math.floor(at / extent.columns), column: at % extent.columns });
		}
		default: {
			const to = clampPoint(target(from, step, extent), extent);
			return reach(selection, to, step.extend);
		}
	}
}

function reach(selection: GridSelection | null, to: GridPoint, extend: boolean): GridSelection {
	return extend && selection ? { ...selection, focus: to } : cellSelection(to);
}

type TravelStep = Exclude<
	GridStep,
	{
		kind:
			| 'next'
			| 'previous'
			| 'all'
			| 'wholeRows'
			| 'wholeColumns'
			| 'cell'
			| 'rowHeader'
			| 'columnHeader';
	}
>;

function target(from: GridPoint, step: TravelStep, extent: GridExtent): GridPoint {
	switch (step.kind) {
		case 'move':
			return { row: from.row + step.rows, column: from.column + step.columns };
		case 'jump':
			return jump(from, step.rows, step.columns, extent);
		case 'page':
			return { ...from, row: extent.pageFrom(from.row, step.rows) };
		case 'rowStart':
			return { ...from, column: 0 };
		case 'rowEnd':
			return { ...from, column: extent.columns - 1 };
		case 'first':
			return { row: 0, column: 0 };
		case 'last':
			return { row: extent.rows - 1, column: extent.columns - 1 };
	}
}

/** As in a spreadsheet: to the end of the filled run, or over a gap to the next filled cell. */
function jump(from: GridPoint, rows: Sign, columns: Sign, extent: GridExtent): GridPoint {
	const step = (at: GridPoint) => ({ row: at.row + rows, column: at.column + columns });
	const inside = (at: GridPoint) =>
		at.row >= 0 && at.row < extent.rows && at.column >= 0 && at.column < extent.columns;
	let at = step(from);
	if (!inside(at)) return from;
	const running = extent.isFilled(from) && extent.isFilled(at);
	while (inside(step(at))) {
		if (running ? !extent.isFilled(step(at)) : extent.isFilled(at)) break;
		at = step(at);
	}
	return at;
}

export interface KeyPress {
	readonly key: string;
	readonly ctrlKey: boolean;
	readonly metaKey: boolean;
	readonly shiftKey: boolean;
	readonly altKey: boolean;
}

const arrows: Record<string, readonly [Sign, Sign]> = {
	ArrowUp: [-1, 0],
	ArrowDown: [1, 0],
	ArrowLeft: [0, -1],
	ArrowRight: [0, 1]
};

/** The step a key asks for outside an editor; null for every other key. */
export function keyToStep(press: KeyPress): GridStep | null {
	if (press.altKey) return null;
	const mod = press.ctrlKey || press.metaKey;
	const extend = press.shiftKey;
	const arrow = arrows[press.key];
	if (arrow) return { kind: mod ? 'jump' : 'move', rows: arrow[0], columns: arrow[1], extend };
	switch (press.key) {
		case 'Home':
			return { kind: mod ? 'first' : 'rowStart', extend };
		case 'End':
			return { kind: mod ? 'last' : 'rowEnd', extend };
		case 'PageUp':
			return { kind: 'page', rows: -1, extend };
		case 'PageDown':
			return { kind: 'page', rows: 1, extend };
		case 'Tab':
			return mod ? null : { kind: extend ? 'previous' : 'next' };
		case ' ':
			if (mod) return { kind: extend ? 'all' : 'wholeColumns' };
			return extend ? { kind: 'wholeRows' } : null;
		case 'a':
		case 'A':
			return mod && !extend ? { kind: 'all' } : null;
		default:
			return null;
	}
}
