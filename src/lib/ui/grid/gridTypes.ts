/**
 * What the grid and its user agree on. The grid knows rows only through columns: it never reads a
 * row itself, stores nothing, and reports every wish through a callback. A callback that is absent
 * takes its command out of the menus.
 */
import type { Snippet } from 'svelte';
import type { Box } from '../placePopover.ts';
import type { GridLayout } from './gridLayout.ts';

/**
 * `longText` cells are edited by the user's own editor (the `editor` snippet).
 * `number`: typed like a text, set to the right. `check`: a tick; Space, Enter or a press on it
 * toggles, `onCommit` gets `'true'` or `''`. `link`: a text with a way to open it, where it is an
 * http, https or mailto address. `files`: computed; Enter opens the row. `computed`: never edited.
 */
export type CellKind =
	'longText' | 'text' | 'number' | 'choice' | 'date' | 'check' | 'link' | 'files' | 'computed';

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
	/** Kept in view while the rest scrolls sideways, before all others; `layout` overrides it. */
	readonly pinned?: boolean;
	readonly sortable?: boolean;
	/** False: not offered in 按本列分组. */
	readonly groupable?: boolean;
	/** False: not offered in 筛选. */
	readonly filterable?: boolean;
	/** What is shown, copied, searched and, for `check`, copied and said in words (是, 否). */
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
	/**
	 * The stored value behind the text, for `choice`, `date` (YYYY-MM-DD), `number` (as typed, with a
	 * point), `check` (`'true'` is ticked) and `link` (the address, where `text` is a title).
	 */
	value?(row: Row): string;
	/**
	 * Typed text to what `onCommit` gets, for `text`, `link`, `number` and `date`; null when it cannot
	 * be read: the editor then stays open and says so. Without it the text is handed over as it was
	 * typed; a `number` is then read by `readNumber`.
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

/** A block of cells by name: it stays right when rows or columns move meanwhile. */
export interface CellArea {
	readonly rowKeys: readonly string[];
	readonly columnIds: readonly string[];
}

/** What is selected, for a status line and for editing many rows. */
export interface GridSelected {
	readonly focus: CellPlace;
	readonly rows: number;
	readonly columns: number;
	readonly cells: number;
	readonly columnIds: readonly string[];
	readonly whole: 'cells' | 'rows' | 'columns';
	/** Worked out when asked for: thousands of rows may be selected. */
	rowKeys(): string[];
	/** Cells that are not empty; among them the numbers of `number` columns and their sum. */
	tally(): { readonly filled: number; readonly numbers: number; readonly sum: number };
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

/** A heading among the rows. In order of `start`. */
export interface GridGroup {
	readonly key: string;
	readonly label: string;
	/** Rows that belong to it, shown or not. */
	readonly count: number;
	/** Index in `rows` of its first row; where it would be when it is collapsed. */
	readonly start: number;
	/** The rows of a collapsed group are left out of `rows` by the user of the grid. */
	readonly collapsed: boolean;
}

/** A cell's new text, from find and replace. */
export interface CellReplacement {
	readonly place: CellPlace;
	readonly before: string;
	readonly text: string;
}

export interface EditorArgs<Row> {
	readonly row: Row;
	readonly column: GridColumn<Row>;
	/** Typed over a selected cell: replaces what is there. Null when opened with Enter or F2. */
	readonly typed: string | null;
	readonly done: (move: 'stay' | 'down' | 'right' | 'left') => void;
}

export interface GridProps<Row> {
	/** In the order shown; without the rows of collapsed groups. */
	rows: readonly Row[];
	rowKey: (row: Row) => string;
	/** All columns, those hidden too where `layout` hides some. */
	columns: readonly GridColumn<Row>[];
	label: string;
	/** Order, hidden and pinned columns; absent: as `columns` says. See gridLayout.ts. */
	layout?: GridLayout | undefined;
	/** The person moved, hid, pinned or unpinned a column: the layout as a whole. */
	onLayout?: (next: GridLayout) => void;
	/** Column id to pixels, where the person changed it; bindable, so that it can be kept. */
	widths?: Record<string, number>;
	/** `fit`: as high as the text, six lines at most. `compact`: two lines at most. */
	rowHeight?: 'fit' | 'compact';
	readonly?: boolean;
	peers?: readonly GridPeer[];
	/** Levels of sorting, the first one first. */
	sort?: readonly GridSort[];
	onSort?: (sort: readonly GridSort[]) => void;
	/** Headings among the rows; absent or empty: no grouping. */
	groups?: readonly GridGroup[];
	/** Collapse it when it is open, else open it. */
	onToggleGroup?: (key: string) => void;
	/** The column rows are grouped by, for the menu. */
	groupedBy?: string | null;
	onGroupBy?: (columnId: string | null) => void;
	/** Columns with a filter in force: their heads say so. */
	filtered?: readonly string[];
	/** Open the filter of this column beside the box. */
	onFilterColumn?: (columnId: string, anchor: Box) => void;
	/** Present only while rows may be dragged or moved with Alt+↑/↓ (no sort in force). */
	onMove?: (rowKeys: readonly string[], beforeKey: string | null) => void;
	/** Somebody tried to move rows while `onMove` is absent. */
	onMoveRefused?: () => void;
	onFocusCell?: (place: CellPlace | null) => void;
	/** Null: nothing is selected. */
	onSelection?: (selected: GridSelected | null) => void;
	/** `choice`, `date`, `text`, `number`, `link` and `check` cells. */
	onCommit: (place: CellPlace, value: string) => void;
	/**
	 * Ctrl+Enter in an editor, Space on ticks, or 应用到所选各行 while several rows are selected: one
	 * value for the same column of many rows, none of them locked. For a column with `ticked`, `on`
	 * says whether the choice is to be ticked or unticked in all of them.
	 */
	onCommitMany?: (places: readonly CellPlace[], value: string, on?: boolean) => void;
	onClear: (places: readonly CellPlace[]) => void;
	/** A block of cells copied from a spreadsheet, to be laid down from this place on. */
	onPaste: (block: readonly (readonly string[])[], at: CellPlace | null) => void;
	/**
	 * Filled with Ctrl+D, Ctrl+R or the handle: `block` is as large as `area`. Locked cells may be
	 * among them; leave them out as in a paste. Without it there is no handle, and Ctrl+D pastes.
	 */
	onFill?: (block: readonly (readonly string[])[], area: CellArea) => void;
	/**
	 * Gives the new row's key, to which the selection goes. `enter`: nobody asked for it, somebody only
	 * pressed Enter in the last row.
	 */
	onAddRow?: (afterKey: string | null, why: 'asked' | 'enter') => string;
	onDeleteRows?: (rowKeys: readonly string[]) => void;
	onOpenRow?: (rowKey: string) => void;
	/** Ctrl+F, or Ctrl+H with `replace`: show a GridFind. */
	onFind?: (replace: boolean) => void;
	onUndo?: () => void;
	onRedo?: () => void;
	editor: Snippet<[EditorArgs<Row>]>;
}
