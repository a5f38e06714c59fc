/** The lines in view and the elements that show them: headings by key, rows by slot. */
import type { VirtualItem } from '@tanstack/virtual-core';
import type { GridTable } from './gridTable.svelte.ts';
import type { GridGroup } from './gridTypes.ts';
import { createRowSlots } from './rowSlots.ts';

interface Shown {
	/** Which element it is. */
	readonly each: string;
	/** -1 for a spare row. */
	readonly line: number;
	readonly topPx: number;
}
export interface ShownGroup extends Shown {
	readonly kind: 'group';
	readonly group: GridGroup;
}
export interface ShownRow<Row> extends Shown {
	readonly kind: 'row';
	/** Null for a spare one: nothing of a row that went away stays in the document. */
	readonly row: Row | null;
	readonly index: number;
	readonly key: string;
}
export type ShownLine<Row> = ShownGroup | ShownRow<Row>;

export function createShownLines<Row>(table: GridTable<Row>) {
	const slots = createRowSlots();

	function lineOf({ index: line, start }: VirtualItem, headPx: number): ShownLine<Row>[] {
		const at = table.lines.at(line);
		const topPx = start - headPx;
		if (at?.kind === 'group')
			return [{ kind: 'group', line, topPx, each: `group ${at.group.key}`, group: at.group }];
		const row = at && table.rows[at.row];
		if (!at || row === undefined) return [];
		const key = table.key(row);
		return [{ kind: 'row', line, topPx, each: '', index: at.row, row, key }];
	}

	/** In their order on the screen, which is that in which they are read; spare rows last. */
	return function shown(items: readonly VirtualItem[], headPx: number): ShownLine<Row>[] {
		const lines = items.flatMap((item) => lineOf(item, headPx));
		const rows = lines.filter((one) => one.kind === 'row');
		const assigned = slots(rows.map((one) => one.key));
		const slotOf = new Map(assigned.map(({ slot, key }) => [key, slot]));
		const spare = assigned.filter(({ key }) => key === null).map(({ slot }) => spareOf(slot));
		const placed = lines.map((one) =>
			one.kind === 'row' ? { ...one, each: `row${slotOf.get(one.key)}` } : one
		);
		return [...placed, ...spare];
	};
}

const spareOf = (slot: number): ShownRow<never> => ({
	kind: 'row',
	row: null,
	line: -1,
	topPx: 0,
	index: -1,
	each: `row${slot}`,
	key: ''
});
