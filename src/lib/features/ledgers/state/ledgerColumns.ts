/**
 * The columns of a ledger as people read them: the fields of the form, what is worked out from a
 * row's life, and the branch's own. One list serves the grid, filters, sorting, exports and print.
 */
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';
import { m } from '$lib/paraglide/messages.js';
import type { Catalogue } from '../model/catalogue/catalogue.ts';
import type { People } from '../model/people.ts';
import { columnField, holdsValue, type OwnColumn } from '../model/ownColumns.ts';
import { daysUntil } from '../model/rows/dueState.ts';
import {
	builtInFields,
	ownFieldId,
	type LedgerField,
	type TableName
} from '../model/rows/fields.ts';
import { filesIn, machineOf, type LedgerRow } from '../model/rows/ledgerRow.ts';
import { measuresToText } from '../model/rows/measures.ts';
import { readable, type FieldValue, type Read } from '../model/rows/value.ts';
import { involvedFieldId, mentionsFieldId } from '../model/view/builtInViews.ts';
import type { ViewLedger } from '../model/view/savedView.ts';
import {
	peopleField,
	type FieldKind as ViewKind,
	type ViewChoice,
	type ViewField
} from '../model/view/viewField.ts';
import {
	choiceLabel,
	columnTitle,
	formStatusLabel,
	itemLabel,
	nameApart,
	personName,
	statusLabel,
	submittedWords
} from './ledgerWords.ts';

export interface LedgerColumn extends ViewField<LedgerRow> {
	readonly title: string;
	/** CSS px. */
	readonly width: number;
	/** Null for what is worked out. */
	readonly field: LedgerField | null;
	readonly own: OwnColumn | null;
}

export interface ColumnContext {
	readonly ledger: ViewLedger;
	readonly people: People;
	readonly catalogue: Catalogue | null;
	readonly ownColumns: readonly OwnColumn[];
	readonly today: Ymd;
	codeOf(row: LedgerRow): string;
	/** Of the problem that an opinion became. */
	problemCode(rowId: string): string;
}

export const tableOf = (ledger: ViewLedger): TableName =>
	ledger === 'opinions' ? 'opinions' : 'problems';

/** What a ledger shows before anybody has changed it: the columns of its printed form first. */
const defaultColumns: Readonly<Record<ViewLedger, readonly string[]>> = {
	problems: [
		...['aspect', 'itemNo', 'manifestation', 'sources', 'rootCause', 'leaderId', 'responsibleId'],
		...['remark', 'rectKind', 'due', 'status']
	],
	rectification: [
		...['manifestation', 'goal', 'measures', 'leaderId', 'responsibleId', 'due', 'result'],
		...['status', 'evidence', 'closing', 'remark']
	],
	opinions: [
		...['on', 'channel', 'words', 'topics', 'group', 'responsibleId', 'measure', 'due', 'result'],
		...['reply', 'satisfaction', 'status']
	],
	personal: [
		...[
			'aspect',
			'itemNo',
			'manifestation',
			'sources',
			'rootCause',
			'measures',
			'due',
			'submitted'
		],
		'remark'
	]
};
const moreColumns: Readonly<Record<ViewLedger, readonly string[]>> = {
	problems: [
		...['code', 'level', 'ownerMemberId', 'urgent', 'topics', 'department', 'goal', 'measures'],
		...['result', 'evidence', 'comments', 'sourceBatch', 'openDays', 'createdBy', 'createdOn']
	],
	rectification: [
		...['code', 'aspect', 'itemNo', 'sources', 'rootCause', 'rectKind', 'level'],
		...[
			'ownerMemberId',
			'urgent',
			'topics',
			'department',
			'verifierId',
			'reviewCadence',
			'nextReviewOn',
			'returns'
		],
		...['extensions', 'openDays', 'comments', 'createdBy', 'createdOn']
	],
	opinions: [
		...['code', 'itemNo', 'urgent', 'replyOn', 'replyWay', 'problem', 'remark', 'comments'],
		...['createdBy', 'createdOn']
	],
	personal: [
		...['rectKind', 'goal', 'result', 'topics', 'urgent', 'leaderId', 'responsibleId'],
		...['department', 'evidence', 'comments', 'createdBy', 'createdOn']
	]
};

export const hiddenAtFirst = (ledger: ViewLedger): readonly string[] => moreColumns[ledger];

/** Those of the printed form, in its order; 序号 is the row's number. */
export const formColumns: Readonly<Record<ViewLedger, readonly string[]>> = {
	problems: [
		...['number', 'aspect', 'itemNo', 'manifestation', 'sources', 'rootCause', 'leaderId'],
		...['responsibleId', 'remark']
	],
	rectification: [
		...['number', 'manifestation', 'goal', 'measures', 'leaderId', 'responsibleId', 'due'],
		...['result', 'formStatus', 'evidence', 'closing', 'remark']
	],
	opinions: [
		...['number', 'on', 'channel', 'words', 'topics', 'group', 'responsibleId', 'measure'],
		...['due', 'result', 'reply', 'satisfaction']
	],
	personal: [
		...['number', 'aspect', 'manifestation', 'sources', 'rootCause', 'measures', 'due'],
		'remark'
	]
};

const widths: Readonly<Record<string, number>> = {
	...{ aspect: 56, itemNo: 104, manifestation: 252, sources: 96, rootCause: 184 },
	...{ leaderId: 76, responsibleId: 76, remark: 96, rectKind: 84, due: 104, status: 80 },
	...{ goal: 180, measures: 220, result: 200, evidence: 130, closing: 120, code: 116 },
	...{ words: 262, measure: 180, on: 104, channel: 96, group: 76, topics: 110, reply: 130 },
	...{ satisfaction: 84, level: 64, urgent: 72, openDays: 80, returns: 72, extensions: 72 },
	submitted: 132
};

/** A heading in English breaks between words only; about as wide as its longest one. */
const widestWordPx = (title: string): number =>
	26 + 8 * Math.max(0, ...(title.match(/[A-Za-z]+/g) ?? []).map((word) => word.length));

const widthOf = (id: string, title: string): number =>
	Math.max(widths[id] ?? 110, widestWordPx(title));

function choicesOf({ id, choices }: LedgerField): { choices?: readonly ViewChoice[] } {
	if (choices === undefined) return {};
	return { choices: choices.map((value) => ({ value, label: choiceLabel(id, value) })) };
}

function textOf(field: LedgerField, value: FieldValue, context: ColumnContext): string {
	switch (field.kind) {
		case 'item':
			return itemLabel(context.catalogue, value as number);
		case 'person':
			return nameApart(context.people, value as string);
		case 'choice':
			return choiceLabel(field.id, value as string);
		case 'multi':
			return (value as readonly string[])
				.map((key) => choiceLabel(field.id, key))
				.join(m.ui_list_separator());
		case 'check':
			return value === true ? '√' : '';
		default:
			return String(value);
	}
}

function storedColumn(
	field: LedgerField,
	title: string,
	own: OwnColumn | null,
	context: ColumnContext
): LedgerColumn {
	return {
		...{ id: field.id, kind: field.kind, title, width: widthOf(field.id, title), field, own },
		...choicesOf(field),
		value: (row): Read<FieldValue> => row.values[field.id] ?? null,
		text(row) {
			const value = readable(row.values[field.id]);
			return value === null ? '' : textOf(field, value, context);
		}
	};
}

function filesColumn(own: OwnColumn): LedgerColumn {
	const id = ownFieldId(own.id);
	const names = (row: LedgerRow): string[] => filesIn(row, own.id).map(({ name }) => name);
	return {
		...{ id, kind: 'files', title: own.title, width: widthOf(id, own.title), field: null, own },
		value: names,
		text: (row) => names(row).join(m.ui_list_separator())
	};
}

type Computed = Pick<ViewField<LedgerRow>, 'kind' | 'value' | 'choices'> &
	Partial<Pick<ViewField<LedgerRow>, 'text'>>;

const dayOf = (instant: string | null): string =>
	instant === null ? '' : localYmd(Date.parse(instant) || 0);

/** From being listed to being closed, or until now. */
function openDays(row: LedgerRow, today: Ymd): number | null {
	const from = row.life.confirmedOn ?? (dayOf(row.createdAt) || null);
	return from === null ? null : Math.max(0, daysUntil(row.life.closedOn ?? today, from));
}

/** Of a personal list. */
const submittedColumn = (): Computed => ({
	kind: 'choice',
	value: ({ submissions }) => (submissions.length > 0 ? 'yes' : 'no'),
	text: submittedWords,
	choices: [
		{ value: 'no', label: m.personal_not_submitted() },
		{ value: 'yes', label: m.personal_submitted() }
	]
});

function computedColumns(context: ColumnContext): Record<string, Computed> {
	const { ledger, people, today } = context;
	const table = tableOf(ledger);
	const words = (text: (row: LedgerRow) => string, kind: ViewKind = 'computed'): Computed => ({
		kind,
		value: (row) => text(row) || null,
		text
	});
	const count = (value: (row: LedgerRow) => number | null): Computed => ({ kind: 'number', value });
	const reply = (row: LedgerRow): string =>
		[readable(row.values.replyOn), readable(row.values.replyWay)].filter(Boolean).join(' ');
	return {
		number: words(() => ''),
		code: words(context.codeOf, 'text'),
		status: {
			kind: 'choice',
			value: (row) => row.life.status,
			text: (row) => statusLabel(table, row.life.status),
			choices: machineOf(table).statuses.map((value) => ({
				value,
				label: statusLabel(table, value)
			}))
		},
		formStatus: words((row) => formStatusLabel(row.life.status)),
		measures: words((row) => measuresToText(row.measures), 'longText'),
		evidence: {
			kind: 'files',
			value: (row) => row.evidence.map(({ name }) => name),
			text: (row) => row.evidence.map(({ name }) => name).join(m.ui_list_separator())
		},
		closing: words(({ life }) =>
			life.closedOn === null
				? ''
				: [life.closedBy && personName(people, life.closedBy), life.closedOn]
						.filter(Boolean)
						.join(' ')
		),
		reply: words(reply),
		problem: words((row) => {
			const id = row.life.problemId ?? readable(row.values.problemId);
			return id === null ? '' : context.problemCode(String(id));
		}),
		createdBy: {
			kind: 'person',
			value: (row) => row.createdBy,
			text: (row) => (row.createdBy === null ? '' : personName(people, row.createdBy))
		},
		createdOn: words((row) => dayOf(row.createdAt), 'date'),
		returns: count((row) => row.life.returns || null),
		extensions: count((row) => row.life.extensions || null),
		openDays: count((row) => openDays(row, today)),
		comments: count((row) => row.comments.length || null),
		submitted: submittedColumn()
	};
}

/** All columns in the ledger's own order: the form's, the further ones, the branch's own. */
export function ledgerColumns(context: ColumnContext): LedgerColumn[] {
	const { ledger, ownColumns } = context;
	const fields = new Map(builtInFields(tableOf(ledger)).map((field) => [field.id, field]));
	const computed = computedColumns(context);
	const column = (id: string): LedgerColumn => {
		const title = columnTitle(ledger, id);
		const field = fields.get(id);
		if (field) return storedColumn(field, title, null, context);
		const one = computed[id]!;
		const text =
			one.text ?? ((row: LedgerRow) => String(readable(one.value(row) as Read<FieldValue>) ?? ''));
		return { ...one, id, title, width: widthOf(id, title), field: null, own: null, text };
	};
	return [
		...[...defaultColumns[ledger], ...moreColumns[ledger]].map(column),
		...ownColumns
			.filter(({ putAway }) => !putAway)
			.map((own) =>
				holdsValue(own) ? storedColumn(columnField(own), own.title, own, context) : filesColumn(own)
			)
	];
}

/** Columns that only the printed form has. */
export const printedColumns = (context: ColumnContext): LedgerColumn[] => {
	const computed = computedColumns(context);
	return ['number', 'formStatus'].map((id) => {
		const title = columnTitle(context.ledger, id);
		const one = computed[id]!;
		return {
			...one,
			id,
			title,
			width: widthOf(id, title),
			field: null,
			own: null,
			text: one.text!
		};
	});
};

/** For views: who has anything to do with a row. */
export function involvedField(columns: readonly LedgerColumn[]): ViewField<LedgerRow> {
	const people = columns.filter(({ id }) =>
		['leaderId', 'responsibleId', 'verifierId', 'ownerMemberId'].includes(id)
	);
	return peopleField(involvedFieldId, people, (names) => names.join(m.ui_list_separator()));
}

/** For views: who is meant in the comments of a row. */
export const mentionsField = (people: People): ViewField<LedgerRow> => {
	const meant = (row: LedgerRow): string[] => [
		...new Set(row.comments.flatMap(({ mentions }) => mentions))
	];
	return {
		id: mentionsFieldId,
		kind: 'person',
		value: meant,
		text: (row) =>
			meant(row)
				.map((id) => personName(people, id))
				.join(m.ui_list_separator())
	};
};
