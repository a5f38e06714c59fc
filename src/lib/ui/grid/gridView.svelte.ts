/** What is shown of a grid: its rows and columns, the selection among them, and where both lie. */
import { untrack } from 'svelte';
import { leftOf } from './columnLayout.ts';
import { createGridCursor } from './gridCursor.svelte.ts';
import type { GridExtent, GridPoint } from './gridSelection.ts';
import { createGridTable } from './gridTable.svelte.ts';
import type { GridProps } from './gridTypes.ts';
import { createShownLines } from './shownLines.ts';
import { createVirtualRows } from './virtualRows.svelte.ts';

const ROW_PX = 33;
const END_PX = 48;
const LINES = { fit: 6, compact: 2 } as const;

export interface GridViewHost<Row> {
	props(): Omit<GridProps<Row>, 'widths'>;
	widths(): Readonly<Record<string, number>>;
	viewport(): HTMLElement | undefined;
}

export type GridView<Row> = ReturnType<typeof createGridView<Row>>;

/** Call while a component is set up. */
export function createGridView<Row>(host: GridViewHost<Row>) {
	let headPx = $state(36);
	let viewPx = $state(0);
	let viewHeightPx = $state(0);
	let scrolled = $state.raw({ left: 0, top: 0 });

	const groups = $derived(host.props().groups ?? []);
	const lines = $derived(LINES[host.props().rowHeight ?? 'fit']);
	const table = createGridTable<Row>({
		rows: () => host.props().rows,
		rowKey: () => host.props().rowKey,
		columns: () => host.props().columns,
		columnOrder: () => host.props().layout,
		widths: () => host.widths(),
		groups: () => groups,
		readonly: () => host.props().readonly ?? false,
		viewPx: () => viewPx
	});
	const limits = $derived({
		widths: table.layout.widths,
		lines,
		readonly: table.readonly
	});
	const extent = $derived<GridExtent>({
		rows: table.rows.length,
		columns: table.columns.length,
		pageFrom,
		isFilled: (at) => table.textAt(at) !== ''
	});
	const cursor = createGridCursor({
		extent: () => extent,
		keyAt: table.keyAt,
		rowOf: table.rowOf,
		columnId: (column) => table.columns[column]?.id,
		scrollTo: showCell,
		follow: () => [table.rows, table.columns.length]
	});

	const keep = $derived.by(() => {
		const { outside, selection } = cursor;
		if (outside?.kind === 'group') return table.lines.ofGroup(outside.key);
		return selection ? table.lines.ofRow(selection.focus.row) : null;
	});
	const virtual = createVirtualRows(
		() => host.viewport(),
		() => ({
			count: table.lines.count,
			keyOf: table.keyOfLine,
			estimatePx: ROW_PX,
			headPx,
			coveredPx: groups.length > 0 ? ROW_PX : 0,
			endPx: END_PX,
			keep
		})
	);
	let linesBefore = untrack(() => lines);
	$effect(() => {
		if (lines === linesBefore) return;
		linesBefore = lines;
		untrack(() => virtual.forget());
	});

	const linesOf = createShownLines(table);
	const shown = $derived(linesOf(virtual.items, headPx));

	function showColumn(column: number): void {
		const { layout } = table;
		const viewport = host.viewport();
		const left = layout.lefts[column] ?? 0;
		const width = layout.widths[column] ?? 0;
		if (!viewport || layout.pinned[column] !== null) return;
		const view = viewport.clientWidth;
		if (left < viewport.scrollLeft + layout.coveredPx)
			viewport.scrollLeft = left - layout.coveredPx;
		else if (left + width > viewport.scrollLeft + view)
			viewport.scrollLeft = Math.min(left - layout.coveredPx, left + width - view);
	}
	function showCell(at: GridPoint): void {
		virtual.scrollTo(table.lines.ofRow(at.row));
		showColumn(at.column);
	}

	/** Rows are as high as their text: what was last in view comes first, so that none is passed over. */
	function pageFrom(row: number, by: -1 | 1): number {
		const box = virtual.box(table.lines.ofRow(row));
		if (!box) return row + by;
		const px = Math.max(0, viewHeightPx - headPx);
		const line = virtual.indexAt(by > 0 ? box.start + px : box.end - px);
		const to = table.lines.nearestRow(line);
		return by > 0 ? Math.max(to, row + 1) : Math.min(to, row - 1);
	}

	/** Where the proxy lies: over the active cell, so that candidate windows open there. */
	const spot = $derived.by(() => {
		const at = cursor.selection?.focus;
		const box = at && virtual.box(table.lines.ofRow(at.row));
		if (!at || !box) return { top: headPx, left: 0, width: 1, height: ROW_PX };
		return {
			top: box.start,
			left: leftOf(at.column, scrolled.left, table.layout),
			width: table.layout.widths[at.column] ?? 1,
			height: box.size
		};
	});

	return {
		table,
		cursor,
		virtual,
		showColumn,
		get groups() {
			return groups;
		},
		/** Of text, in a row. */
		get lines() {
			return lines;
		},
		get limits() {
			return limits;
		},
		/** The lines in view, each with the element that shows it. */
		get shown() {
			return shown;
		},
		get spot() {
			return spot;
		},
		get headPx() {
			return headPx;
		},
		set headPx(px: number) {
			headPx = px;
		},
		get viewPx() {
			return viewPx;
		},
		set viewPx(px: number) {
			viewPx = px;
		},
		get viewHeightPx() {
			return viewHeightPx;
		},
		set viewHeightPx(px: number) {
			viewHeightPx = px;
		},
		get scrolled() {
			return scrolled;
		},
		set scrolled(to: { readonly left: number; readonly top: number }) {
			scrolled = to;
		}
	};
}
