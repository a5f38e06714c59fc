/** The problem list's columns for the grid, in the printed form's order; 序号 is the grid's own. */
import { parseTypedDate } from '$lib/base/typedDate.ts';
import { m } from '$lib/paraglide/messages.js';
import type { CellMark, GridColumn } from '$lib/ui/grid/gridTypes.ts';
import { itemByNo } from '../model/catalogue.ts';
import { readCell } from '../model/pasteCell.ts';
import {
	problemSources,
	readable,
	rectKinds,
	unreadable,
	type Problem,
	type ProblemField
} from '../model/problem.ts';
import type { ProblemList } from '../state/ProblemList.svelte.ts';
import { peopleChoices } from './peopleChoices.ts';
import {
	dueMark,
	fieldText,
	fieldTitle,
	itemLabel,
	kindLabel,
	sourceLabel
} from './problemLabels.ts';

export const columnFields = [
	'aspect',
	'itemNo',
	'manifestation',
	'sources',
	'rootCause',
	'leaderId',
	'responsibleId',
	'remark',
	'rectKind',
	'due'
] as const satisfies readonly ProblemField[];

type ColumnField = (typeof columnFields)[number];

/** Together they fit beside the sidebar on a 1440 px screen. */
const widths: Record<ColumnField, number> = {
	aspect: 56,
	itemNo: 122,
	manifestation: 262,
	sources: 108,
	rootCause: 200,
	leaderId: 76,
	responsibleId: 76,
	remark: 116,
	rectKind: 84,
	due: 104
};

/** A heading in English breaks between words only; about as wide as its longest one. */
const widestWordPx = (title: string): number =>
	26 + 8 * Math.max(0, ...(title.match(/[A-Za-z]+/g) ?? []).map((word) => word.length));

type Extra = Partial<GridColumn<Problem>> & Pick<GridColumn<Problem>, 'kind'>;

function itemColumn(list: ProblemList): Extra {
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
		value: (row) => String(readable(row.itemNo) ?? '')
	};
}

/** Typed words are handed on as they are, once it is sure that they will be understood. */
function parsed(list: ProblemList, field: ProblemField, text: string): string | null {
	return readCell(field, text, list.cellContext).left === '' ? text : null;
}

function extraOf(field: ColumnField, list: ProblemList): Extra {
	switch (field) {
		case 'manifestation':
		case 'rootCause':
		case 'remark':
			return { kind: 'longText' };
		case 'itemNo':
			return itemColumn(list);
		case 'leaderId':
		case 'responsibleId':
			return {
				kind: 'choice',
				choices: (row) => peopleChoices(list.people, readable(row[field])),
				value: (row) => readable(row[field]) ?? ''
			};
		case 'aspect':
			return {
				kind: 'choice',
				free: true,
				choices: () => list.aspects.map((aspect) => ({ value: aspect, label: aspect })),
				value: (row) => readable(row.aspect) ?? ''
			};
		case 'sources':
			return {
				kind: 'choice',
				choices: () => problemSources.map((one) => ({ value: one, label: sourceLabel(one) })),
				ticked: (row) => readable(row.sources) ?? []
			};
		case 'rectKind':
			return {
				kind: 'choice',
				choices: () => rectKinds.map((kind) => ({ value: kind, label: kindLabel(kind) })),
				value: (row) => readable(row.rectKind) ?? ''
			};
		case 'due':
			return {
				kind: 'date',
				value: (row) => readable(row.due) ?? '',
				parse: (text) => parseTypedDate(text, list.today)
			};
	}
}

function markOf(row: Problem, field: ColumnField, list: ProblemList): CellMark | null {
	if (row[field] === unreadable) return { tone: 'warning', label: m.ledgers_unreadable() };
	if (field === 'due') return dueMark(row, list.today);
	if (field === 'manifestation' && row.urgent === true)
		return { tone: 'warning', label: m.ledgers_field_urgent() };
	const no = field === 'itemNo' ? readable(row.itemNo) : null;
	if (no !== null && list.catalogue !== null && itemByNo(list.catalogue, no) === null)
		return { tone: 'muted', label: m.ledgers_item_unknown() };
	return null;
}

export function problemColumns(list: ProblemList): GridColumn<Problem>[] {
	const context = { people: list.people, catalogue: list.catalogue };
	return columnFields.map((field) => ({
		id: field,
		title: fieldTitle(field),
		width: Math.max(widths[field], widestWordPx(fieldTitle(field))),
		sortable: true,
		text: (row) => fieldText(row, field, context),
		mark: (row) => markOf(row, field, list),
		locked: (row) => !list.isWritable(row.id),
		...extraOf(field, list)
	}));
}
