/** What can be done to a grid, and the keyboard, the clipboard and the pointer that do it. */
import { tick } from 'svelte';
import type { Box } from '../placePopover.ts';
import { clampWidth } from './columnLayout.ts';
import { createColumnCommands } from './columnMenu.ts';
import { createGridClipboard } from './gridClipboard.ts';
import { createGridCommands } from './gridCommands.ts';
import { createGridEditing } from './gridEditing.svelte.ts';
import { createGridKeys } from './gridKeys.ts';
import { createGridPointer } from './gridPointer.svelte.ts';
import type { CellPlace, GridProps, GridSort } from './gridTypes.ts';
import type { GridView } from './gridView.svelte.ts';

export interface GridControlsHost<Row> {
	readonly view: GridView<Row>;
	wishes(): Omit<GridProps<Row>, 'widths'>;
	sort(): readonly GridSort[];
	widths(): Readonly<Record<string, number>>;
	setWidths(widths: Record<string, number>): void;
	viewport(): HTMLElement | undefined;
	proxy(): HTMLTextAreaElement | undefined;
	choiceKey(event: KeyboardEvent): boolean;
	openCellMenu(at: Box): void;
	openColumnMenu(columnId: string): void;
}

/** Call while a component is set up. */
export function createGridControls<Row>(host: GridControlsHost<Row>) {
	const { table, cursor, virtual, showColumn } = host.view;

	// ── Editing ────────────────────────────────────────────────────────────────────────────────
	const editing = createGridEditing<Row>({
		table,
		cursor,
		proxy: () => host.proxy(),
		choiceKey: (event) => host.choiceKey(event),
		commit: (where, value) => host.wishes().onCommit(where, value),
		commitMany: (where, value) => commands.commitMany(where, value),
		addRow() {
			if (!host.wishes().onAddRow || table.readonly) return false;
			commands.addRow('enter');
			return true;
		},
		focus,
		touched: () => pointer.touched
	});

	function focus(): void {
		const proxy = host.proxy();
		if (proxy && document.activeElement !== proxy) proxy.focus({ preventScroll: true });
	}

	function reveal(where: CellPlace, options: { readonly focus?: boolean } = {}): void {
		const at = { row: table.rowOf(where.rowKey), column: table.columnOf(where.columnId) };
		if (at.row >= 0)
			cursor.step({ kind: 'cell', at: { ...at, column: Math.max(0, at.column) }, extend: false });
		if (options.focus !== false) focus();
	}

	// ── Commands ───────────────────────────────────────────────────────────────────────────────
	const commands = createGridCommands<Row>({
		table,
		cursor,
		wishes: () => host.wishes(),
		focus,
		open: editing.open,
		async reveal(where) {
			// The row must be among those shown before it can be scrolled to.
			await tick();
			reveal(where);
		}
	});
	const widthOf = (columnId: string) => table.layout.widths[table.columnOf(columnId)] ?? 0;
	function resize(columnId: string, widthPx: number): void {
		host.setWidths({ ...host.widths(), [columnId]: clampWidth(widthPx) });
	}
	function fitWidth(columnId: string): void {
		const at = table.columnOf(columnId);
		const cells = host.viewport()?.querySelectorAll<HTMLElement>(`[data-column="${at}"] .text`);
		const longest = [...(cells ?? [])].map((cell) => cell.textContent?.length ?? 0);
		resize(columnId, Math.min(480, 24 + 15 * Math.max(4, ...longest)));
	}
	const columnCommands = createColumnCommands({
		wishes: () => host.wishes(),
		order: () => table.order,
		sort: () => host.sort(),
		resize: (columnId, byPx) => resize(columnId, widthOf(columnId) + byPx),
		fitWidth,
		selectColumn: (columnId) => selectColumn(table.columnOf(columnId), false)
	});

	function selectColumn(column: number, extend: boolean): void {
		cursor.step({ kind: 'columnHeader', column, extend }, false);
		focus();
	}

	function openMenuAtCell(): void {
		const cell = host.viewport()?.querySelector('.active') ?? host.proxy();
		if (cell) host.openCellMenu(cell.getBoundingClientRect());
	}

	// ── Keyboard, clipboard, pointer ───────────────────────────────────────────────────────────
	const clipboard = createGridClipboard<Row>({
		table,
		range: () => cursor.range,
		editing: () => editing.state !== null,
		proxy: () => host.proxy(),
		clear: () => commands.clear(),
		onPaste: (block, at) => host.wishes().onPaste(block, at)
	});
	const keys = createGridKeys<Row>({
		table,
		cursor,
		commands,
		undo: () => host.wishes().onUndo?.(),
		redo: () => host.wishes().onRedo?.(),
		armCopy: clipboard.arm,
		canDeleteRows: () => host.wishes().onDeleteRows !== undefined,
		canFind: () => host.wishes().onFind !== undefined,
		openMenu: openMenuAtCell,
		pressHead: columnCommands.press,
		openColumnMenu: (columnId) => host.openColumnMenu(columnId),
		pushColumn: columnCommands.push,
		toggleGroup: (key) => host.wishes().onToggleGroup?.(key),
		scrollToLine(line, column) {
			if (line >= 0) virtual.scrollTo(line);
			showColumn(column);
		}
	});
	const pointer = createGridPointer({
		cursor,
		viewport: () => host.viewport(),
		headPx: () => host.view.headPx,
		layout: () => table.layout,
		rowAt: (offsetPx) => table.lines.nearestRow(virtual.indexAt(offsetPx)),
		rowBox: (row) => virtual.box(table.lines.ofRow(row)),
		canMove: () => host.wishes().onMove !== undefined && !table.readonly,
		refuseMove: () => host.wishes().onMoveRefused?.(),
		drop: commands.drop,
		fill: commands.fillBy,
		toggle: () => commands.toggle(),
		toggleGroup: (key) => host.wishes().onToggleGroup?.(key),
		focus,
		edit: () => commands.edit(),
		openRow: commands.openRow,
		openMenu: (at) => host.openCellMenu(at)
	});

	return {
		editing,
		focus,
		reveal,
		commands,
		columnCommands,
		selectColumn,
		resize,
		fitWidth,
		clipboard,
		keys,
		pointer
	};
}
