/**
 * What the grid and its user agree on. The grid knows rows only through columns: it never reads a
 * row itself, stores nothing, and reports every wish through a callback.
 */
import type { Snippet } from 'svelte';

/** `longText` cells are edited by the user's own editor (the `editor` snippet). */
export type CellKind = 'longText' | 'text' | 'choice' | 'date' | 'computed';

export interface CellChoice {
	readonly value: string;
	readonly label: string;
	/** Heading under which the choice is listed. */
	readonly group?: string;
}

export interface CellMark {
	readonly tone: 'danger' | 'warning' | 'muted';
	/** Said in words beside the value: colour alone tells nothing. */
	readonly label: string;
}

export interface GridColumn<Row> {
	readonly id: string;
	readonly title: string;
	readonly kind: CellKind;
	/** Pixels. */
	readonly width: number;
	/** Kept in view while the rest scrolls sideways. */
	readonly pinned?: boolean;
	readonly sortable?: boolean;
	/** What is shown and what is copied. */
	text(row: Row): string;
	mark?(row: Row): CellMark | null;
	/** For `choice`; an empty value clears. */
	choices?(row: Row): readonly CellChoice[];
	/** For `choice`: words that are not in the list may be typed; `onCommit` gets them as typed. */
	readonly free?: boolean;
	/**
	 * For `choice`: what is ticked, where several may be. `onCommit` then gets the one choice to tick
	 * or untick, and the list stays open.
	 */
	ticked?(row: Row): readonly string[];
	/** The stored value behind the text, for `choice` and `date` (YYYY-MM-DD). */
	value?(row: Row): string;
	/**
	 * Typed text to what `onCommit` gets, for `text` and `date`; null when it cannot be read: the
	 * editor then stays open and says so. Without it the text is handed over as it was typed.
	 */
	parse?(text: string, row: Row): string | null;
	/** This cell of this row is not to be changed. */
	locked?(row: Row): boolean;
}

export interface CellPlace {
	readonly rowKey: string;
	readonly columnId: string;
}

/** Both corners included, as indexes into the rows and columns shown now. */
export interface CellRange {
	readonly top: number;
	readonly bottom: number;
	readonly left: number;
	readonly right: number;
}

export interface GridPeer extends CellPlace {
	readonly client: number;
	readonly name: string;
	/** 0–7, an index into the design tokens' peer colours. */
	readonly colour: number;
}

export interface GridSort {
	readonly columnId: string;
	readonly descending: boolean;
}

export interface EditorArgs<Row> {
	readonly row: Row;
	readonly column: GridColumn<Row>;
	/** Typed over a selected cell: replaces what is there. Null when opened with Enter or F2. */
	readonly typed: string | null;
	readonly done: (move: 'stay' | 'down' | 'right' | 'left') => void;
}

export interface GridProps<Row> {
	rows: readonly Row[];
	rowKey: (row: Row) => string;
	columns: readonly GridColumn<Row>[];
	label: string;
	/** Column id to pixels, where the person changed it; bindable, so that it can be kept. */
	widths?: Record<string, number>;
	readonly?: boolean;
	peers?: readonly GridPeer[];
	sort?: GridSort | null;
	/** Present only while rows may be dragged or moved with Alt+↑/↓ (no sort in force). */
	onMove?: (rowKeys: readonly string[], beforeKey: string | null) => void;
	/** Somebody tried to move rows while `onMove` is absent. */
	onMoveRefused?: () => void;
	onSort?: (sort: GridSort | null) => void;
	onFocusCell?: (place: CellPlace | null) => void;
	/** `choice`, `date` and `text` cells. */
	onCommit: (place: CellPlace, value: string) => void;
	onClear: (places: readonly CellPlace[]) => void;
	/** A block of cells copied from a spreadsheet, to be laid down from this place on. */
	onPaste: (block: readonly (readonly string[])[], at: CellPlace | null) => void;
	/**
	 * Gives the new row's key, to which the selection goes. `enter`: nobody asked for it, somebody only
	 * pressed Enter in the last row.
	 */
	onAddRow?: (afterKey: string | null, why: 'asked' | 'enter') => string;
	onDeleteRows?: (rowKeys: readonly string[]) => void;
	onOpenRow?: (rowKey: string) => void;
	onUndo?: () => void;
	onRedo?: () => void;
	editor: Snippet<[EditorArgs<Row>]>;
}
