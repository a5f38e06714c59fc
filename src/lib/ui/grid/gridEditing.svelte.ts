/** The editor that is open: what it edits, and what happens when the cell goes away under it. */
import { untrack } from 'svelte';
import {
	createCellEntry,
	type CellEntry,
	type CellEntryState,
	type EntryCell
} from './cellEntry.svelte.ts';
import type { GridCursor } from './gridCursor.svelte.ts';
import type { GridTable } from './gridTable.svelte.ts';
import type { CellPlace, EditorArgs } from './gridTypes.ts';

interface EditingHost<Row> {
	readonly table: GridTable<Row>;
	readonly cursor: GridCursor;
	proxy(): HTMLTextAreaElement | undefined;
	choiceKey(event: KeyboardEvent): boolean;
	commit(place: CellPlace, value: string): void;
	commitMany(place: CellPlace, value: string): void;
	/** Enter in the last row; false when no row can be added. */
	addRow(): boolean;
	focus(): void;
	/** The last press was a finger's. */
	touched(): boolean;
}

export interface GridEditing<Row> {
	readonly entry: CellEntry;
	readonly state: Exclude<CellEntryState, { kind: 'idle' }> | null;
	readonly cell: EntryCell<Row> | null;
	/** For the user's own editor, while it is open. */
	readonly own: EditorArgs<Row> | null;
	/** Of the active cell. */
	open(): void;
}

/** Call while a component is set up. */
export function createGridEditing<Row>(host: EditingHost<Row>): GridEditing<Row> {
	const { table, cursor } = host;
	const entry = createCellEntry<Row>({
		proxy: host.proxy,
		active: () => table.cellAt(cursor.selection?.focus),
		find: table.cellOf,
		commit: host.commit,
		commitMany: host.commitMany,
		left(move) {
			host.focus();
			// As in a spreadsheet: Enter goes on below the last row too, never over what was just typed.
			const last = cursor.selection?.focus.row === table.rows.length - 1;
			if (move === 'down' && last && host.addRow()) return;
			if (move === 'down') cursor.step({ kind: 'move', rows: 1, columns: 0, extend: false });
			else if (move === 'right') cursor.step({ kind: 'next' });
			else if (move === 'left') cursor.step({ kind: 'previous' });
		},
		choiceKey: host.choiceKey
	});
	const state = $derived(entry.state.kind === 'idle' ? null : entry.state);
	const cell = $derived(state && table.cellOf(state.place));
	const own = $derived.by((): EditorArgs<Row> | null => {
		if (state?.kind !== 'own' || !cell) return null;
		const { row, column } = cell;
		return { row, column, typed: state.typed, done: (move) => entry.finish(move) };
	});
	$effect(() => {
		if (!state || (cell && !cell.locked)) return;
		untrack(() => {
			entry.drop();
			if (document.activeElement === document.body) host.focus();
		});
	});

	return {
		entry,
		get state() {
			return state;
		},
		get cell() {
			return cell;
		},
		get own() {
			return own;
		},
		open() {
			const proxy = host.proxy();
			if (!entry.open(null) || !host.touched() || !proxy || entry.state.kind !== 'typing') return;
			// The keyboard of a phone comes up only for a field that takes the focus anew.
			proxy.inputMode = 'text';
			proxy.blur();
			entry.open(null);
			proxy.focus({ preventScroll: true });
		}
	};
}
