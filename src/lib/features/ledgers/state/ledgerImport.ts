/** A table out of a file → what it would change in a ledger, in the words in which ledgers are exported. */
import type { ColumnMapping, ImportTarget, TableBlock } from '$lib/features/sheets/index.ts';
import { m } from '$lib/paraglide/messages.js';
import { inOfficeWords } from '$lib/state/officeWords.ts';
import type { LedgerNow } from '../model/paste/matchRows.ts';
import {
	columnsOfHeader,
	guessColumns,
	targetOfTitle,
	type PasteColumn,
	type PasteTarget
} from '../model/paste/pasteColumns.ts';
import { planUpdate } from '../model/paste/planUpdate.ts';
import type { PasteContext, PastePlan } from '../model/paste/pasteRows.ts';
import type { LedgerRow } from '../model/rows/ledgerRow.ts';
import type { RowEdit } from '../model/rows/rowEdit.ts';
import type { ViewLedger } from '../model/view/savedView.ts';
import type { LedgerList } from './LedgerList.svelte.ts';
import { sheetColumns, type SheetColumn } from './sheetColumns.ts';

/** Columns that are no fields and are read all the same. */
const readAnyway = new Set(['measures', 'reply', 'number', 'code']);

const targetOf = ({ id, isField }: SheetColumn): PasteTarget =>
	isField || readAnyway.has(id) ? id : 'skip';

/** The ledger's own names for its columns before those of the other one over the same rows. */
function knownColumns(list: LedgerList): SheetColumn[] {
	const ledgers: readonly ViewLedger[] =
		list.table === 'opinions' ? ['opinions'] : ['problems', 'rectification'];
	const others = ledgers.filter((ledger) => ledger !== list.ledger);
	return [list.ledger, ...others].flatMap((ledger) => sheetColumns(list, ledger));
}

function titlesOf(list: LedgerList): Map<string, PasteTarget> {
	const titles = new Map<string, PasteTarget>();
	const columns = [...inOfficeWords(() => knownColumns(list)), ...knownColumns(list)];
	for (const column of columns)
		if (!titles.has(column.title)) titles.set(column.title, targetOf(column));
	return titles;
}

export interface LedgerImport {
	knowsTitle(cell: string): boolean;
	guess(block: TableBlock): ColumnMapping;
	plan(block: TableBlock, mapping: ColumnMapping): PastePlan;
	/** What a change does to a row, field by field. */
	changesOf(change: RowEdit): readonly FieldChange[];
}

export interface FieldChange {
	readonly field: string;
	readonly before: string;
	readonly after: string;
}

const isFilled = ({ data }: TableBlock, column: number): boolean =>
	data.some((row) => (row[column] ?? '').trim() !== '');

function guessed(block: TableBlock, context: PasteContext): readonly PasteColumn[] {
	return block.headerRows === null
		? guessColumns(block.data, context)
		: columnsOfHeader(block.titles, context);
}

/** For as long as a dialog is open: the names of columns and the words in cells are those of now. */
export function createLedgerImport(list: LedgerList): LedgerImport {
	const titles = titlesOf(list);
	const context: PasteContext = { ...list.columns.pasteContext, ownTitles: titles };
	const columns = inOfficeWords(() => new Map(knownColumns(list).map((one) => [one.id, one])));
	const textIn = (row: LedgerRow, target: PasteTarget): string =>
		columns.get(target)?.text(row) ?? '';
	const now = (): LedgerNow => ({
		rows: list.rows.ofLedger,
		codeOf: (row) => list.rows.codeOf(row),
		textIn,
		onlyUpdates: list.ledger === 'rectification'
	});
	return {
		knowsTitle: (cell) => targetOfTitle(list.table, titles, cell) !== null,
		guess: (block) =>
			guessed(block, context).map(({ target }, at) =>
				target === 'skip' || (target === 'keep' && !isFilled(block, at)) ? null : target
			),
		plan(block, mapping) {
			const targets = mapping.map((target, at): PasteColumn => ({
				target: target ?? 'skip',
				title: block.titles[at] ?? ''
			}));
			const table = { columns: targets, hasHeader: block.headerRows !== null, data: block.data };
			return inOfficeWords(() => planUpdate(table, targets, now(), context));
		},
		changesOf: ({ id, values, measures }) => {
			const row = list.rows.get(id);
			if (row === undefined) return [];
			const after = { ...row, values: { ...row.values, ...values } };
			const fields = Object.keys(values).map((field) => ({
				field,
				before: textIn(row, field),
				after: textIn(after, field)
			}));
			const lines = measures?.join('\n');
			const before = textIn(row, 'measures');
			return lines === undefined
				? fields
				: [...fields, { field: 'measures', before, after: lines }];
		}
	};
}

/** What a column of a file can become: the fields, the form's first, and what is no field. */
export const importTargets = (
	fields: readonly { readonly value: string; readonly label: string }[],
	list: LedgerList
): ImportTarget[] => [
	...fields.map(({ value, label }) => ({ id: value, title: label })),
	{ id: 'code', title: list.columns.titleOf('code') },
	{ id: 'number', title: m.ledgers_paste_number() },
	{ id: 'keep', title: m.ledgers_paste_to_remark(), many: true }
];
