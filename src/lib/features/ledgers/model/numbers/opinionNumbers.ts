/**
 * The figures of the opinions ledger. An opinion merged into another is heard with that one and counts
 * nowhere by itself; one that is not followed counts as settled only when somebody said why.
 */
import type { Ymd } from '$lib/base/typedDate.ts';
import { dueStateOf, soonUntil } from '../rows/dueState.ts';
import { opinionChannels, opinionGroups, topicKeys } from '../rows/fields.ts';
import { setIn, wordIn, wordsIn, type LedgerRow } from '../rows/ledgerRow.ts';
import { FigureBook, type Figure, type Figures, type Rate } from './figure.ts';
import { itemFigures, type ItemFigures } from './items.ts';
import { monthsOf, type MonthFigures } from './months.ts';
import { splitBy, type PartsOf, type Split } from './split.ts';

export const opinionParts = ['unsettled', 'settled', 'replied'] as const;
/** `replied` is among `settled`; the other two make the total. */
export type OpinionPart = (typeof opinionParts)[number];

export interface OpinionNumbers {
	/** All that follow, by name. */
	readonly figures: Figures;
	/** All but those merged into others: what the rates are of. */
	readonly active: Figure;
	readonly merged: Figure;
	/** 办结率. */
	readonly settling: Rate;
	/** 反馈率. */
	readonly replying: Rate;
	/** 满意率, of those that somebody rated. */
	readonly satisfaction: Rate;
	readonly declined: Figure;
	/** Settled, and the reply is still to come. */
	readonly toReply: Figure;
	readonly toProblem: Figure;
	readonly urgent: Figure;
	readonly overdue: Figure;
	readonly dueSoon: Figure;
	readonly byChannel: readonly Split<OpinionPart>[];
	readonly byGroup: readonly Split<OpinionPart>[];
	/** An opinion on two topics counts under both. */
	readonly byTopic: readonly Split<OpinionPart>[];
	readonly months: readonly MonthFigures[];
	readonly byItem: ItemFigures;
}

const statusOf = (row: LedgerRow): string => row.life.status;
const isReplied = (row: LedgerRow): boolean => statusOf(row) === 'replied';

/** Said with the step, or in the row's result. */
function isExplained(row: LedgerRow): boolean {
	const decline = row.life.applied.findLast(({ type }) => type === 'decline');
	return ((decline?.note ?? '') + wordsIn(row, 'result')).trim() !== '';
}
const isDeclined = (row: LedgerRow): boolean => statusOf(row) === 'declined' && isExplained(row);

const isSettled = (row: LedgerRow): boolean =>
	statusOf(row) === 'done' || isReplied(row) || isDeclined(row);

const ratings = new Set(['satisfied', 'fair', 'unsatisfied']);
const ratingOf = (row: LedgerRow): string => wordsIn(row, 'satisfaction');

const becameProblem = (row: LedgerRow): boolean =>
	row.life.problemId !== null || wordIn(row, 'problemId') !== null;

const partsOf: PartsOf<OpinionPart> = (row) => {
	if (!isSettled(row)) return ['unsettled'];
	return isReplied(row) ? ['settled', 'replied'] : ['settled'];
};

const knownTopics = (rows: readonly LedgerRow[]): readonly string[] =>
	topicKeys.filter((topic) => rows.some((row) => setIn(row, 'topics').includes(topic)));

export function opinionNumbers(
	/** Those on the list, in its order. */
	all: readonly LedgerRow[],
	today: Ymd
): OpinionNumbers {
	const book = new FigureBook();
	const rows = all.filter((row) => statusOf(row) !== 'merged');
	const until = soonUntil(today);
	const states = new Map(rows.map((row) => [row, dueStateOf(row, today, until)]));
	const count = (name: string, isMeant: (row: LedgerRow) => boolean): Figure =>
		book.count(name, rows.filter(isMeant), rows.length);
	const split = (field: string, order: readonly string[]): readonly Split<OpinionPart>[] =>
		splitBy(book, rows, field, opinionParts, partsOf, order);
	return {
		figures: book.figures,
		active: book.count('active', rows, all.length),
		merged: book.count(
			'merged',
			all.filter((row) => statusOf(row) === 'merged'),
			all.length
		),
		settling: book.rate('settled', rows, isSettled),
		replying: book.rate('replied', rows, isReplied),
		satisfaction: book.rate(
			'satisfied',
			rows.filter((row) => ratings.has(ratingOf(row))),
			(row) => ratingOf(row) !== 'unsatisfied'
		),
		declined: count('declined', isDeclined),
		toReply: count('toReply', (row) => statusOf(row) === 'done'),
		toProblem: count('toProblem', becameProblem),
		urgent: count('urgent', (row) => row.values.urgent === true),
		overdue: count('overdue', (row) => states.get(row) === 'overdue'),
		dueSoon: count('dueSoon', (row) => states.get(row) === 'soon'),
		byChannel: split('channel', opinionChannels),
		byGroup: split('group', opinionGroups),
		byTopic: split('topics', knownTopics(rows)),
		months: monthsOf(
			book,
			rows,
			today,
			(row) => wordIn(row, 'on'),
			(row) => (isSettled(row) ? row.life.closedOn : null)
		),
		byItem: itemFigures(book, rows)
	};
}
