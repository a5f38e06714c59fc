/** The keyboard of a grid outside its editors: shortcuts, and the way over heads and headings. */
import type { GridCommands } from './gridCommands.ts';
import type { GridCursor, GridOutside } from './gridCursor.svelte.ts';
import { keyToStep, type GridPoint } from './gridSelection.ts';
import type { GridTable } from './gridTable.svelte.ts';
import type { GridGroup } from './gridTypes.ts';

interface KeysHost<Row> {
	readonly table: GridTable<Row>;
	readonly cursor: GridCursor;
	readonly commands: GridCommands;
	undo(): void;
	redo(): void;
	/** Before the browser's own `copy` and `cut`. */
	armCopy(): void;
	canDeleteRows(): boolean;
	canFind(): boolean;
	openMenu(): void;
	pressHead(columnId: string, add: boolean): void;
	openColumnMenu(columnId: string): void;
	pushColumn(columnId: string, by: -1 | 1): void;
	toggleGroup(key: string): void;
	scrollToLine(line: number, column: number): void;
}

export function createGridKeys<Row>(host: KeysHost<Row>) {
	const { table, cursor, commands } = host;
	/** Esc was the key before: Tab then leaves the grid. */
	let tabLeaves = false;

	function shortcut(event: KeyboardEvent): boolean {
		const mod = event.ctrlKey || event.metaKey;
		const key = event.key.toLowerCase();
		if (mod && !event.altKey) return modified(event, key);
		if (event.altKey) return withAlt(event, key);
		if (key === 'f2' || key === 'enter') commands.edit();
		else if (key === ' ' && !event.shiftKey && onTick()) commands.toggle();
		else if (key === 'delete' || key === 'backspace') {
			if (cursor.selection?.whole === 'rows' && host.canDeleteRows()) commands.deleteRows();
			else commands.clear();
		} else if (key === 'contextmenu' || (key === 'f10' && event.shiftKey)) host.openMenu();
		else return false;
		return true;
	}

	const onTick = () => table.cellAt(cursor.selection?.focus)?.column.kind === 'check';

	function modified(event: KeyboardEvent, key: string): boolean {
		if (key === 'z') (event.shiftKey ? host.redo : host.undo)();
		else if (key === 'y') host.redo();
		else if (key === 'd' && !table.readonly) commands.fillDown();
		else if (key === 'r' && !event.shiftKey && !table.readonly && cursor.range)
			commands.fillRight();
		else if ((key === 'f' || key === 'h') && host.canFind() && !event.shiftKey)
			commands.find(key === 'h');
		else if (key === 'enter') commands.addRow();
		else {
			if (key === 'c' || key === 'x') host.armCopy();
			return false;
		}
		return true;
	}

	function withAlt(event: KeyboardEvent, key: string): boolean {
		const column = table.columns[cursor.selection?.focus.column ?? -1];
		if (event.ctrlKey || event.metaKey) return false;
		if (event.shiftKey) {
			if (!column || (key !== 'arrowleft' && key !== 'arrowright')) return false;
			host.pushColumn(column.id, key === 'arrowleft' ? -1 : 1);
		} else if (key === 'arrowup') commands.push(-1);
		else if (key === 'arrowdown') commands.push(1);
		else if (key === 'enter' && column?.kind === 'link') commands.openLink();
		else return false;
		return true;
	}

	// ── Heads and headings ────────────────────────────────────────────────────────────────────
	/** The line above or below; true when the keyboard went there. */
	function goToLine(line: number, column: number): boolean {
		const at = table.lines.at(line);
		if (line < 0) cursor.leave({ kind: 'head', column });
		else if (at?.kind === 'group') cursor.leave({ kind: 'group', key: at.group.key, column });
		else if (at) cursor.step({ kind: 'cell', at: { row: at.row, column }, extend: false });
		else return false;
		if (at?.kind === 'group') host.scrollToLine(line, column);
		return true;
	}

	/** A plain arrow from a cell onto a head or a heading; other steps are the selection's. */
	function leaveCells(event: KeyboardEvent, from: GridPoint): boolean {
		const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
		const plain = !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey);
		if (by === 0 || !plain) return false;
		const line = table.lines.ofRow(from.row) + by;
		// Holding ↑ ends in the first row; the head takes a press of its own.
		if (line < 0 && event.repeat) return true;
		if (line >= 0 && table.lines.at(line)?.kind !== 'group') return false;
		return goToLine(line, from.column);
	}

	function outsideKey(event: KeyboardEvent, at: GridOutside): boolean {
		const sideways = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
		if (event.ctrlKey || event.metaKey) return modified(event, event.key.toLowerCase());
		return at.kind === 'head' ? headKey(event, at.column, sideways) : groupKey(event, at, sideways);
	}

	function headKey(event: KeyboardEvent, column: number, sideways: -1 | 0 | 1): boolean {
		const id = table.columns[column]?.id;
		if (id === undefined) return false;
		const last = table.columns.length - 1;
		const to = event.key === 'Home' ? 0 : event.key === 'End' ? last : column + sideways;
		if (event.altKey && event.shiftKey && sideways !== 0) host.pushColumn(id, sideways);
		else if (event.altKey && event.key === 'ArrowDown') host.openColumnMenu(id);
		else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
			host.openColumnMenu(id);
		else if (event.key === 'ArrowDown' || event.key === 'Escape') goToLine(0, column);
		else if (event.key === 'Enter') host.pressHead(id, event.shiftKey);
		else if (event.key === ' ') cursor.step({ kind: 'columnHeader', column, extend: false }, false);
		else if (to !== column) {
			cursor.leave({ kind: 'head', column: Math.max(0, Math.min(to, last)) });
			host.scrollToLine(-1, to);
		} else return false;
		return true;
	}

	function groupKey(
		event: KeyboardEvent,
		{ key, column }: Extract<GridOutside, { kind: 'group' }>,
		sideways: -1 | 0 | 1
	): boolean {
		const line = table.lines.ofGroup(key);
		const group: GridGroup | undefined = table.lines.groups.find((one) => one.key === key);
		// It went away under the keyboard.
		if (!group) return goToLine(0, column);
		if (event.key === 'Enter' || event.key === ' ') host.toggleGroup(key);
		else if (sideways !== 0) {
			if (group.collapsed === sideways > 0) host.toggleGroup(key);
		} else if (event.key === 'ArrowUp') goToLine(line - 1, column);
		else if (event.key === 'ArrowDown') goToLine(line + 1, column);
		else return false;
		return true;
	}

	return {
		/** The focus came to the grid. */
		entered: () => void (tabLeaves = false),
		down(event: KeyboardEvent): void {
			const leaves = tabLeaves;
			tabLeaves = event.key === 'Escape';
			const { selection, outside } = cursor;
			const taken = outside ? outsideKey(event, outside) : shortcut(event);
			if (taken || (selection && leaveCells(event, selection.focus))) {
				event.preventDefault();
				return;
			}
			if (event.key === 'Tab' && (leaves || outside)) return;
			const next = keyToStep(event);
			if (outside && next?.kind !== 'all') return;
			// Tab goes on to the rest of the page from the last cell.
			if (next && cursor.step(next)) event.preventDefault();
		}
	};
}
