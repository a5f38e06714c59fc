/** The rows and columns shown now, by index and by key: what every part of the grid asks. */
import type { EntryCell } from './cellEntry.svelte.ts';
import { layColumns, lookOfColumns, type ColumnLayout, type ColumnLook } from './columnLayout.ts';
import { resolveLayout, shownColumns, type GridLayout } from './gridLayout.ts';
import { createLines, type GridLines } from './gridLines.ts';
import type { GridPoint } from './gridSelection.ts';
import type { CellPlace, CellRange, GridColumn, GridGroup } from './gridTypes.ts';
import { isLocked } from './rowCells.ts';

export interface GridTableSource<Row> {
	rows(): readonly Row[];
	rowKey(): (row: Row) => string;
	columns(): readonly GridColumn<Row>[];
	columnOrder(): GridLayout | undefined;
	widths(): Readonly<Record<string, number>>;
	groups(): readonly GridGroup[];
	readonly(): boolean;
	/** Width of the view. */
	viewPx(): number;
}

export interface GridTable<Row> {
	readonly rows: readonly Row[];
	/** Those shown, in order. */
	readonly columns: readonly GridColumn<Row>[];
	/** Of all columns. */
	readonly order: GridLayout;
	readonly layout: ColumnLayout;
	readonly looks: readonly ColumnLook[];
	readonly lines: GridLines;
	readonly readonly: boolean;
	/** A new function whenever the lines change. */
	readonly keyOfLine: (line: number) => string;
	key(row: Row): string;
	keyAt(row: number): string | undefined;
	/** -1 when it is not shown. */
	rowOf(key: string): number;
	columnOf(columnId: string): number;
	textAt(at: GridPoint): string;
	place(at: GridPoint | undefined): CellPlace | null;
	cellAt(at: GridPoint | undefined): EntryCell<Row> | null;
	cellOf(place: CellPlace): EntryCell<Row> | null;
	/** Texts, as they are copied. */
	block(range: CellRange): string[][];
	keys(range: CellRange): string[];
	/** Those of the range that may be changed. */
	unlocked(range: CellRange): CellPlace[];
}

/** Pinned columns take at most this share of the view. */
const PINNED_SHARE = 0.7;

/** Call while a component is set up. */
export function createGridTable<Row>(source: GridTableSource<Row>): GridTable<Row> {
	const rows = $derived(source.rows());
	const columns = $derived(shownColumns(source.columns(), source.columnOrder()));
	const order = $derived(resolveLayout(source.columns(), source.columnOrder()));
	const layout = $derived(
		layColumns(columns, source.widths(), Math.max(320, source.viewPx() * PINNED_SHARE))
	);
	const looks = $derived(lookOfColumns(columns, layout));
	const lines = $derived(createLines(rows.length, source.groups()));
	const readonly = $derived(source.readonly());
	// Read once: the virtualiser asks for thousands of keys, and each prop is a call through a proxy.
	const keyOfLine = $derived.by(() => {
		const shown = rows;
		const all = lines;
		const key = source.rowKey();
		const grouped = all.groups.length > 0;
		return (line: number): string => {
			const at = grouped ? all.at(line) : undefined;
			if (at?.kind === 'group') return `group ${at.group.key}`;
			const row = shown[at ? at.row : line];
			return row === undefined ? `${line}` : key(row);
		};
	});
	/** Made when first asked for, once for each list of rows. */
	const rowsByKey = $derived.by(() => {
		const key = source.rowKey();
		return new Map(rows.map((row, index) => [key(row), index]));
	});

	const key = (row: Row) => source.rowKey()(row);
	function keyAt(index: number): string | undefined {
		const row = rows[index];
		return row === undefined ? undefined : key(row);
	}
	const rowOf = (rowKey: string) => rowsByKey.get(rowKey) ?? -1;
	const columnOf = (columnId: string) => columns.findIndex((column) => column.id === columnId);

	function place(at: GridPoint | undefined): CellPlace | null {
		const rowKey = at && keyAt(at.row);
		const columnId = at && columns[at.column]?.id;
		return rowKey === undefined || columnId === undefined ? null : { rowKey, columnId };
	}
	function cellAt(at: GridPoint | undefined): EntryCell<Row> | null {
		const row = at && rows[at.row];
		const column = at && columns[at.column];
		const where = place(at);
		if (row === undefined || !column || !where) return null;
		return { place: where, row, column, locked: isLocked(column, row, readonly) };
	}

	return {
		get rows() {
			return rows;
		},
		get columns() {
			return columns;
		},
		get order() {
			return order;
		},
		get layout() {
			return layout;
		},
		get looks() {
			return looks;
		},
		get lines() {
			return lines;
		},
		get readonly() {
			return readonly;
		},
		get keyOfLine() {
			return keyOfLine;
		},
		key,
		keyAt,
		rowOf,
		columnOf,
		textAt({ row, column }) {
			const one = rows[row];
			return one === undefined ? '' : (columns[column]?.text(one) ?? '');
		},
		place,
		cellAt,
		cellOf: (where) => cellAt({ row: rowOf(where.rowKey), column: columnOf(where.columnId) }),
		block(range) {
			const shown = columns.slice(range.left, range.right + 1);
			return rows
				.slice(range.top, range.bottom + 1)
				.map((row) => shown.map((column) => column.text(row)));
		},
		keys: (range) => rows.slice(range.top, range.bottom + 1).map(key),
		unlocked(range) {
			const places: CellPlace[] = [];
			for (let row = range.top; row <= range.bottom; row++)
				for (let column = range.left; column <= range.right; column++) {
					const cell = cellAt({ row, column });
					if (cell && !cell.locked) places.push(cell.place);
				}
			return places;
		}
	};
}
