/** What can be done to the selection, whether by a key, a menu or the pointer. */
import type { CellBlock } from './clipboardBlock.ts';
import type { GridCursor } from './gridCursor.svelte.ts';
import { createGridFill } from './gridFill.ts';
import type { GridTable } from './gridTable.svelte.ts';
import type { CellPlace, CellRange, GridProps } from './gridTypes.ts';
import { dropRows, pushRows, type RowMove } from './rowMove.ts';
import { safeHref } from './safeHref.ts';

type Wishes<Row> = Pick<
	GridProps<Row>,
	| 'onMove'
	| 'onMoveRefused'
	| 'onCommit'
	| 'onCommitMany'
	| 'onClear'
	| 'onFill'
	| 'onPaste'
	| 'onAddRow'
	| 'onDeleteRows'
	| 'onOpenRow'
	| 'onFind'
>;

export interface CommandsHost<Row> {
	readonly table: GridTable<Row>;
	readonly cursor: GridCursor;
	wishes(): Wishes<Row>;
	focus(): void;
	/** Opens the editor of the active cell. */
	open(): void;
	/** Selects a cell once it is shown. */
	reveal(place: CellPlace): Promise<void>;
}

export interface GridCommands {
	edit(): void;
	toggle(): void;
	copy(): void;
	cut(): void;
	clear(): void;
	fillDown(): void;
	fillRight(): void;
	fillBy: ReturnType<typeof createGridFill>['by'];
	/** The active cell's value into its column of all selected rows. */
	applyToRows(): void;
	/** The active cell has a value that can be given to others. */
	canApply(): boolean;
	/** One value into this column of all selected rows. */
	commitMany(place: CellPlace, value: string): void;
	openRow(): void;
	openLink(): void;
	addRow(why?: 'asked' | 'enter'): void;
	push(direction: -1 | 1): void;
	drop(top: number, bottom: number, gap: number): void;
	deleteRows(): void;
	find(replace: boolean): void;
}

export function createGridCommands<Row>(host: CommandsHost<Row>): GridCommands {
	const { table, cursor } = host;
	const active = () => table.cellAt(cursor.selection?.focus);
	const fill = createGridFill<Row>({
		table,
		onFill: () => host.wishes().onFill,
		onPaste: (block: CellBlock, at) => host.wishes().onPaste(block, at)
	});

	/** Runs with what is selected, where it may be changed. */
	const changing = (run: (range: CellRange) => void) => () => {
		if (cursor.range && !table.readonly) run(cursor.range);
	};

	function move(wish: RowMove | null): void {
		if (wish) host.wishes().onMove?.(wish.rowKeys, wish.beforeKey);
	}

	/** Of this column, in the selected rows; the cell itself at least. */
	function placesBeside(place: CellPlace): CellPlace[] {
		const column = table.columnOf(place.columnId);
		const range = cursor.range;
		return range ? table.unlocked({ ...range, left: column, right: column }) : [place];
	}

	function commitMany(place: CellPlace, value: string): void {
		const { onCommit, onCommitMany } = host.wishes();
		const places = placesBeside(place);
		const cell = table.cellOf(place);
		if (!onCommitMany || places.length < 2) return onCommit(place, value);
		const ticked = cell?.column.ticked?.(cell.row);
		if (ticked) onCommitMany(places, value, !ticked.includes(value));
		else onCommitMany(places, value);
	}

	function valueOf(): string | null {
		const cell = active();
		if (!cell || cell.column.ticked || cell.column.kind === 'longText') return null;
		return cell.column.value?.(cell.row) ?? cell.column.text(cell.row);
	}

	return {
		edit() {
			const kind = active()?.column.kind;
			if (kind === 'check') this.toggle();
			else if (kind === 'files') this.openRow();
			else host.open();
		},
		toggle() {
			const cell = active();
			if (!cell || cell.locked || cell.column.kind !== 'check') return;
			commitMany(cell.place, cell.column.value?.(cell.row) === 'true' ? '' : 'true');
		},
		copy() {
			host.focus();
			document.execCommand('copy');
		},
		cut() {
			host.focus();
			document.execCommand('cut');
		},
		clear: changing((range) => {
			const places = table.unlocked(range);
			if (places.length > 0) host.wishes().onClear(places);
		}),
		fillDown: changing((range) => fill.down(range)),
		fillRight: changing((range) => fill.right(range)),
		fillBy: (range, to) => {
			if (!table.readonly) fill.by(range, to);
		},
		applyToRows: changing(() => {
			const cell = active();
			const value = valueOf();
			if (cell && value !== null) commitMany(cell.place, value);
		}),
		canApply: () => valueOf() !== null && active()?.locked === false,
		commitMany,
		openRow() {
			const key = cursor.selection && table.keyAt(cursor.selection.focus.row);
			if (typeof key === 'string') host.wishes().onOpenRow?.(key);
		},
		openLink() {
			const cell = active();
			const href = cell && cell.column.kind === 'link' ? linkOf(cell.column, cell.row) : null;
			if (href) window.open(href, '_blank', 'noopener,noreferrer');
		},
		addRow(why = 'asked') {
			const { onAddRow } = host.wishes();
			if (!onAddRow || table.readonly) return;
			const { selection, range } = cursor;
			const columnId = table.columns[selection?.focus.column ?? 0]?.id ?? '';
			const after = table.keyAt(range ? range.bottom : table.rows.length - 1) ?? null;
			void host.reveal({ rowKey: onAddRow(after, why), columnId });
		},
		push(direction) {
			const { onMove, onMoveRefused } = host.wishes();
			if (!cursor.range || table.readonly) return;
			const { top, bottom } = cursor.range;
			if (!onMove) onMoveRefused?.();
			else move(pushRows(table.rows.map(table.key), top, bottom, direction));
		},
		drop: (top, bottom, gap) => move(dropRows(table.rows.map(table.key), top, bottom, gap)),
		deleteRows: changing((range) => host.wishes().onDeleteRows?.(table.keys(range))),
		find: (replace) => host.wishes().onFind?.(replace)
	};
}

export const linkOf = <Row>(
	column: { text(row: Row): string; value?(row: Row): string },
	row: Row
): string | null => safeHref(column.value?.(row) ?? column.text(row));
