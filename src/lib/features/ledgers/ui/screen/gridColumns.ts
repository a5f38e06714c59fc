/** A ledger's columns as the grid wants them. */
import { m } from '$lib/paraglide/messages.js';
import type { CellMark, GridColumn } from '$lib/ui/grid/gridTypes.ts';
import { itemByNo } from '../../model/catalogue/catalogue.ts';
import { readCell } from '../../model/paste/readCell.ts';
import { parseDay } from '../../model/rows/fields.ts';
import { setIn, type LedgerRow } from '../../model/rows/ledgerRow.ts';
import { readable, unreadable } from '../../model/rows/value.ts';
import type { LedgerColumn } from '../../state/ledgerColumns.ts';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';
import { choiceLabel, itemLabel } from '../../state/ledgerWords.ts';
import { dueMark } from '../dueMark.ts';
import { peopleChoices } from '../peopleChoices.ts';

type Extra = Partial<GridColumn<LedgerRow>> & Pick<GridColumn<LedgerRow>, 'kind'>;

/** Typed words are handed on as they are, once it is sure that they will be understood. */
function parsed(list: LedgerList, column: string, text: string): string | null {
	return readCell(column, text, list.columns.pasteContext).left === '' ? text : null;
}

function itemColumn(list: LedgerList): Extra {
	const { catalogue } = list;
	if (catalogue === null) return { kind: 'text', parse: (text) => parsed(list, 'itemNo', text) };
	return {
		kind: 'choice',
		choices: () =>
			catalogue.items.map(({ no, aspect }) => ({
				value: String(no),
				label: itemLabel(catalogue, no),
				group: aspect || m.ledgers_catalogue_no_aspect()
			})),
		value: (row) => String(readable(row.values.itemNo) ?? '')
	};
}

function choiceColumn(list: LedgerList, { id, field, kind }: LedgerColumn): Extra {
	const keys = field?.choices ?? [];
	const choices = () =>
		id === 'aspect'
			? list.aspects.map((aspect) => ({ value: aspect, label: aspect }))
			: keys.map((key) => ({ value: key, label: choiceLabel(id, key) }));
	return {
		kind: 'choice',
		choices,
		free: field?.free === true && kind === 'choice',
		...(kind === 'multi'
			? {
					// What is ticked but no choice (a branch's own word) stays to be unticked.
					choices: (row: LedgerRow) => [
						...choices(),
						...setIn(row, id)
							.filter((word) => !keys.includes(word))
							.map((word) => ({ value: word, label: word }))
					],
					ticked: (row: LedgerRow) => setIn(row, id)
				}
			: { value: (row: LedgerRow) => String(readable(row.values[id]) ?? '') })
	};
}

function extraOf(column: LedgerColumn, list: LedgerList): Extra {
	const { id, field } = column;
	const value = (row: LedgerRow): string => String(readable(row.values[id]) ?? '');
	if (id === 'measures') return { kind: 'text' };
	if (field === null) return { kind: column.kind === 'files' ? 'files' : 'computed' };
	switch (field.kind) {
		case 'longText':
			return { kind: 'longText' };
		case 'item':
			return itemColumn(list);
		case 'person':
			return {
				kind: 'choice',
				choices: (row) => peopleChoices(list.people, value(row) || null),
				value
			};
		case 'choice':
		case 'multi':
			return choiceColumn(list, column);
		case 'date':
			return { kind: 'date', value, parse: (text) => parseDay(field, text, list.today) };
		case 'number':
			return { kind: 'number', value };
		case 'check':
			return { kind: 'check', value };
		case 'link':
			return { kind: 'link', value, parse: (text) => parsed(list, id, text) };
		case 'text':
			return { kind: 'text' };
	}
}

const statusTones: Readonly<Record<string, CellMark['tone']>> = { toAccept: 'warning' };

function markOf(row: LedgerRow, { id }: LedgerColumn, list: LedgerList): CellMark | null {
	if (row.values[id] === unreadable) return { tone: 'warning', label: m.ledgers_unreadable() };
	if (id === 'due') return dueMark(row, list.today);
	if (id === 'status') {
		if (row.life.openConflicts.length > 0)
			return { tone: 'danger', label: m.ledgers_conflict_mark() };
		const tone = statusTones[row.life.status];
		return tone && row.life.returns > 0
			? { tone, label: m.ledgers_returned_times({ count: row.life.returns }) }
			: null;
	}
	if (id === list.columns.main && row.values.urgent === true)
		return { tone: 'warning', label: m.ledgers_field_urgent() };
	const no = id === 'itemNo' ? readable(row.values.itemNo) : null;
	if (typeof no === 'number' && list.catalogue !== null && itemByNo(list.catalogue, no) === null)
		return { tone: 'muted', label: m.ledgers_item_unknown() };
	return null;
}

/** 是 and 否 where the ledger's own text is a tick. */
const textOf = (column: LedgerColumn) =>
	column.kind === 'check'
		? (row: LedgerRow): string => (column.value(row) === true ? m.ledgers_yes() : '')
		: column.text;

export const gridColumns = (list: LedgerList): GridColumn<LedgerRow>[] =>
	list.columns.all.map((column) => ({
		id: column.id,
		title: column.title,
		width: column.width,
		sortable: true,
		text: textOf(column),
		mark: (row) => markOf(row, column, list),
		locked: (row) => !list.rows.isWritable(row.id),
		...extraOf(column, list)
	}));
