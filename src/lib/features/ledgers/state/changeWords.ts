/** A field's earlier and later value in the words of the grid, and the way back to the earlier one. */
import { m } from '$lib/paraglide/messages.js';
import type { LedgerRow } from '../model/rows/ledgerRow.ts';
import { textToMeasures, type MeasurePart } from '../model/rows/measures.ts';
import type { RowChange } from '../model/rows/rowHistory.ts';
import type { FieldValue } from '../model/rows/value.ts';
import type { LedgerList } from './LedgerList.svelte.ts';
import { personName } from './ledgerWords.ts';

interface MeasureField {
	readonly id: string;
	readonly part: MeasurePart;
}

const parts: readonly string[] = ['ownerId', 'due', 'doneOn'] satisfies readonly MeasurePart[];

function measureField(field: string): MeasureField | null {
	const [kind, id, part] = field.split(':');
	if (kind !== 'measure' || id === undefined || part === undefined) return null;
	return parts.includes(part) ? { id, part: part as MeasurePart } : null;
}

const partTitles: Readonly<Record<MeasurePart, (inputs: { number: number }) => string>> = {
	ownerId: m.life_measure_part_ownerId,
	due: m.life_measure_part_due,
	doneOn: m.life_measure_part_doneOn
};

export function changeTitle(list: LedgerList, row: LedgerRow, field: string): string {
	const measure = measureField(field);
	if (measure === null) return list.columns.titleOf(field);
	const at = row.measures.findIndex(({ id }) => id === measure.id);
	return at < 0 ? m.life_measure_gone() : partTitles[measure.part]({ number: at + 1 });
}

/** Long ones are shown as what changed in them. */
export const isLongChange = (list: LedgerList, { field }: Pick<RowChange, 'field'>): boolean =>
	field === 'measures' ||
	list.columns.fields.some(({ id, kind }) => id === field && kind === 'longText');

/** Empty for nothing. */
export function valueWords(
	list: LedgerList,
	row: LedgerRow,
	field: string,
	value: FieldValue | null
): string {
	if (value === null) return '';
	const measure = measureField(field);
	if (measure !== null)
		return measure.part === 'ownerId' ? personName(list.people, String(value)) : String(value);
	if (typeof value === 'boolean') return value ? m.life_history_yes() : m.life_history_no();
	const column = list.columns.byId(field);
	if (!column?.field)
		return Array.isArray(value) ? value.join(m.ui_list_separator()) : String(value);
	return column.text({ ...row, values: { ...row.values, [field]: value } });
}

const isSame = (a: FieldValue | null, b: FieldValue | null): boolean =>
	JSON.stringify(a) === JSON.stringify(b);

/** Evidence that was taken out is gone; a measure that was removed cannot be written to. */
export function isRestorable(list: LedgerList, row: LedgerRow, { field }: RowChange): boolean {
	const measure = measureField(field);
	if (measure !== null) return row.measures.some(({ id }) => id === measure.id);
	return field === 'measures' || list.columns.fields.some(({ id }) => id === field);
}

/** Undoable like any other step. False when what was there cannot stand there any more. */
export function restoreChange(list: LedgerList, row: LedgerRow, change: RowChange): boolean {
	const { field, before } = change;
	const measure = measureField(field);
	if (measure !== null) {
		list.doc.measures.edit(
			row.id,
			measure.id,
			measure.part,
			before === null ? null : String(before)
		);
		return true;
	}
	if (field === 'measures') {
		const measures = textToMeasures(typeof before === 'string' ? before : '');
		list.doc.edit({ id: row.id, values: {}, measures });
		return true;
	}
	list.doc.edit({ id: row.id, values: { [field]: before } });
	return isSame(list.rows.valueNow(row.id, field) ?? null, before);
}
