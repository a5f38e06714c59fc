/** What a figure is called, how it is worked out, and where its rows are to be seen. */
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { People } from '../model/people.ts';
import type { TableName } from '../model/rows/fields.ts';
import type { ViewLedger } from '../model/view/savedView.ts';
import { choiceLabel, personName, statusLabel } from './ledgerWords.ts';

type Words = Readonly<Record<string, () => string>>;

const labels: Words = {
	listed: m.numbers_label_listed,
	unconfirmed: m.numbers_label_unconfirmed,
	confirmed: m.numbers_label_confirmed,
	closed: () => statusLabel('problems', 'closed'),
	'closed.rest': m.numbers_label_closed_rest,
	longTerm: () => statusLabel('problems', 'longTerm'),
	underWay: m.numbers_label_underWay,
	toRectify: () => statusLabel('problems', 'toRectify'),
	rectifying: () => statusLabel('problems', 'rectifying'),
	toAccept: () => statusLabel('problems', 'toAccept'),
	immediate: m.numbers_label_immediate,
	'immediate.rest': m.numbers_label_immediate_rest,
	onTime: m.numbers_label_onTime,
	'onTime.rest': m.numbers_label_onTime_rest,
	averageDays: () => statusLabel('problems', 'closed'),
	returns: m.numbers_label_returns,
	extensions: m.numbers_label_extensions,
	overdue: m.numbers_label_overdue,
	dueSoon: m.numbers_label_dueSoon,
	active: m.numbers_label_active,
	merged: () => statusLabel('opinions', 'merged'),
	settled: m.numbers_label_settled,
	'settled.rest': m.numbers_label_settled_rest,
	unsettled: m.numbers_label_settled_rest,
	replied: () => statusLabel('opinions', 'replied'),
	'replied.rest': m.numbers_label_replied_rest,
	satisfied: m.numbers_label_satisfied,
	'satisfied.rest': m.numbers_label_satisfied_rest,
	declined: () => statusLabel('opinions', 'declined'),
	toReply: m.numbers_label_toReply,
	toProblem: m.numbers_label_toProblem,
	urgent: m.numbers_label_urgent,
	total: m.numbers_label_total,
	open: m.numbers_label_open,
	opened: m.numbers_label_opened,
	onTrack: m.numbers_label_onTrack
};

/** Titles of cards, where a rate is called otherwise than the rows it counts. */
const titles: Words = {
	closed: m.numbers_card_closed,
	immediate: m.numbers_card_immediate,
	onTime: m.numbers_card_onTime,
	averageDays: m.numbers_card_averageDays,
	returns: m.numbers_card_returns,
	extensions: m.numbers_card_extensions,
	settled: m.numbers_card_settled,
	replied: m.numbers_card_replied,
	satisfied: m.numbers_card_satisfied
};

const definitions: Readonly<Record<TableName, Words>> = {
	problems: {
		closed: m.numbers_how_problems_closed,
		longTerm: m.numbers_how_problems_longTerm,
		underWay: m.numbers_how_problems_underWay,
		toRectify: m.numbers_how_problems_toRectify,
		rectifying: m.numbers_how_problems_rectifying,
		toAccept: m.numbers_how_problems_toAccept,
		overdue: m.numbers_how_problems_overdue,
		dueSoon: m.numbers_how_problems_dueSoon,
		immediate: m.numbers_how_problems_immediate,
		onTime: m.numbers_how_problems_onTime,
		averageDays: m.numbers_how_problems_averageDays,
		returns: m.numbers_how_problems_returns,
		extensions: m.numbers_how_problems_extensions,
		unconfirmed: m.numbers_how_problems_unconfirmed
	},
	opinions: {
		settled: m.numbers_how_opinions_settled,
		'settled.rest': m.numbers_how_opinions_rest,
		replied: m.numbers_how_opinions_replied,
		satisfied: m.numbers_how_opinions_satisfied,
		overdue: m.numbers_how_opinions_overdue,
		dueSoon: m.numbers_how_opinions_dueSoon,
		toReply: m.numbers_how_opinions_toReply,
		toProblem: m.numbers_how_opinions_toProblem,
		urgent: m.numbers_how_opinions_urgent,
		declined: m.numbers_how_opinions_declined
	}
};

export const partLabel = (part: string): string => (labels[part] ?? (() => part))();
export const cardTitle = (name: string): string => titles[name]?.() ?? partLabel(name);
/** In one sentence. */
export const definitionOf = (table: TableName, name: string): string =>
	definitions[table][name]?.() ?? '';

export function monthLabel(month: string): string {
	const format = { timeZone: 'UTC', year: 'numeric', month: 'long' } as const;
	return new Intl.DateTimeFormat(getLocale(), format).format(new Date(`${month}-01T00:00:00Z`));
}

export function keyLabel(field: string, key: string, people: People): string {
	if (key === '') return m.numbers_unset();
	return field === 'responsibleId' ? personName(people, key) : choiceLabel(field, key);
}

/** What the rows of a figure are, for the filter that shows them. */
export function figureLabel(name: string, people: People): string {
	if (labels[name]) return labels[name]();
	const [field = '', part = '', ...rest] = name.split('.');
	if (field === 'itemNo') return m.numbers_item({ no: part });
	if (/^\d{4}-\d\d$/.test(part))
		return m.numbers_month_part({ month: monthLabel(part), part: partLabel(field) });
	return m.numbers_named({
		key: keyLabel(field, rest.join('.'), people),
		part: partLabel(part)
	});
}

/** What the rectification ledger shows: rows that were confirmed, and nothing else. */
const ofConfirmed = new Set(
	['confirmed', 'closed', 'longTerm', 'underWay', 'toRectify', 'rectifying', 'toAccept']
		.concat(['immediate', 'onTime', 'averageDays'])
		.flatMap((name) => [name, `${name}.rest`])
);

const ledgerOf = (table: TableName, name: string): ViewLedger =>
	table === 'problems' && ofConfirmed.has(name) ? 'rectification' : table;

/** The ledger with just the rows of a figure. `room`: null for the newest. */
export function figureHref(table: TableName, name: string, room: string | null): string {
	const query = new URLSearchParams([...(room === null ? [] : [['room', room]]), ['figure', name]]);
	return `/ledgers/${ledgerOf(table, name)}?${query}`;
}
