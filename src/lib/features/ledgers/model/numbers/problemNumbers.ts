/**
 * The figures of the problem list and the rectification ledger. A problem that was rejected or merged
 * into another is none of the branch's problems and counts nowhere; one that is kept up for good
 * (长期坚持) is a third of its own between put right and not, and never counts as done.
 */
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';
import { aspectsOf, type Catalogue } from '../catalogue/catalogue.ts';
import { daysUntil, dueStateOf, soonUntil, type DueState } from '../rows/dueState.ts';
import { problemSources } from '../rows/fields.ts';
import { wordIn, type LedgerRow } from '../rows/ledgerRow.ts';
import { onceEach } from '../view/onceEach.ts';
import { FigureBook, type Figure, type Figures, type Rate } from './figure.ts';
import { itemFigures, type ItemFigures } from './items.ts';
import { monthsOf, type MonthFigures } from './months.ts';
import { splitBy, type PartsOf, type Split } from './split.ts';

export const problemParts = ['open', 'onTrack', 'overdue', 'longTerm', 'closed'] as const;
/** What is open is on track or overdue; with what is kept up and what is closed it makes the total. */
export type ProblemPart = (typeof problemParts)[number];

export interface ProblemNumbers {
	/** All that follow, by name. */
	readonly figures: Figures;
	readonly listed: Figure;
	/** Not looked at and taken up yet: drafts and what is to be verified. */
	readonly unconfirmed: Figure;
	readonly confirmed: Figure;
	/** 销号率; the rest is what is under way and what is kept up. */
	readonly closing: Rate;
	readonly longTerm: Figure;
	readonly underWay: Figure;
	readonly toRectify: Figure;
	readonly rectifying: Figure;
	readonly toAccept: Figure;
	/** 立行立改完成率. */
	readonly immediate: Rate;
	/** 按期完成率. */
	readonly onTime: Rate;
	/** Null while nothing is closed. */
	readonly averageDays: Figure | null;
	readonly returns: Figure;
	readonly extensions: Figure;
	readonly overdue: Figure;
	readonly dueSoon: Figure;
	readonly byPerson: readonly Split<ProblemPart>[];
	readonly byAspect: readonly Split<ProblemPart>[];
	/** A problem with two sources counts under both. */
	readonly bySource: readonly Split<ProblemPart>[];
	readonly months: readonly MonthFigures[];
	readonly byItem: ItemFigures;
}

const gone = new Set(['rejected', 'merged']);
const confirmed = new Set(['toRectify', 'rectifying', 'toAccept', 'closed', 'longTerm']);
const underWay = new Set(['toRectify', 'rectifying', 'toAccept']);

const statusOf = (row: LedgerRow): string => row.life.status;
const isClosed = (row: LedgerRow): boolean => statusOf(row) === 'closed';

const listedOn = onceEach(({ createdAt }: LedgerRow): Ymd | null => {
	const at = createdAt === null ? NaN : Date.parse(createdAt);
	return Number.isFinite(at) ? localYmd(at) : null;
});
const closedOn = (row: LedgerRow): Ymd | null => (isClosed(row) ? row.life.closedOn : null);

const isInTime = (row: LedgerRow): boolean => {
	const [end, due] = [closedOn(row), wordIn(row, 'due')];
	return end !== null && due !== null && end <= due;
};

/** From being confirmed to being closed; null while it is not. */
const daysTaken = onceEach((row: LedgerRow): number | null => {
	const [from, to] = [row.life.confirmedOn, closedOn(row)];
	return from === null || to === null ? null : Math.max(0, daysUntil(to, from));
});

function averageDays(book: FigureBook, rows: readonly LedgerRow[]): Figure | null {
	const counted = rows.filter((row) => daysTaken(row) !== null);
	if (counted.length === 0) return null;
	const days = counted.reduce((sum, row) => sum + (daysTaken(row) ?? 0), 0);
	return book.measure('averageDays', days / counted.length, counted);
}

function timesOf(
	book: FigureBook,
	name: 'returns' | 'extensions',
	rows: readonly LedgerRow[]
): Figure {
	const counted = rows.filter(({ life }) => life[name] > 0);
	const times = counted.reduce((sum, { life }) => sum + life[name], 0);
	return book.measure(name, times, counted);
}

type DueStates = ReadonlyMap<LedgerRow, DueState>;

function dueStates(rows: readonly LedgerRow[], today: Ymd): DueStates {
	const until = soonUntil(today);
	return new Map(rows.map((row) => [row, dueStateOf(row, today, until)]));
}

const partsBy =
	(states: DueStates): PartsOf<ProblemPart> =>
	(row) => {
		const status = statusOf(row);
		if (status === 'closed' || status === 'longTerm') return [status];
		return ['open', states.get(row) === 'overdue' ? 'overdue' : 'onTrack'];
	};

type Rows = readonly LedgerRow[];

/** What was confirmed, in three parts and by status. */
function standing(book: FigureBook, base: Rows) {
	const ofBase = (name: string, isMeant: (row: LedgerRow) => boolean): Figure =>
		book.count(name, base.filter(isMeant), base.length);
	const inStatus = (status: string): Figure => ofBase(status, (row) => statusOf(row) === status);
	return {
		closing: book.rate('closed', base, isClosed),
		longTerm: inStatus('longTerm'),
		underWay: ofBase('underWay', (row) => underWay.has(statusOf(row))),
		toRectify: inStatus('toRectify'),
		rectifying: inStatus('rectifying'),
		toAccept: inStatus('toAccept')
	};
}

/** How it went with what was confirmed. */
function course(book: FigureBook, base: Rows, states: DueStates) {
	const immediate = base.filter((row) => wordIn(row, 'rectKind') === 'immediate');
	const dated = base.filter((row) =>
		isClosed(row) ? wordIn(row, 'due') !== null : states.get(row) === 'overdue'
	);
	return {
		immediate: book.rate('immediate', immediate, isClosed),
		onTime: book.rate('onTime', dated, isInTime),
		averageDays: averageDays(book, base)
	};
}

function splits(book: FigureBook, rows: Rows, states: DueStates, catalogue: Catalogue | null) {
	const by = (field: string, order?: readonly string[]): readonly Split<ProblemPart>[] =>
		splitBy(book, rows, field, problemParts, partsBy(states), order);
	return {
		byPerson: by('responsibleId'),
		byAspect: by('aspect', aspectsOf(catalogue)),
		bySource: by('sources', problemSources)
	};
}

export function problemNumbers(
	/** Those on the list, in its order. */
	all: Rows,
	catalogue: Catalogue | null,
	today: Ymd
): ProblemNumbers {
	const book = new FigureBook();
	const rows = all.filter((row) => !gone.has(statusOf(row)));
	const base = rows.filter((row) => confirmed.has(statusOf(row)));
	const before = rows.filter((row) => !confirmed.has(statusOf(row)));
	const states = dueStates(rows, today);
	const due = (name: string, state: DueState): Figure =>
		book.count(
			name,
			rows.filter((row) => states.get(row) === state)
		);
	return {
		figures: book.figures,
		listed: book.count('listed', rows),
		unconfirmed: book.count('unconfirmed', before, rows.length),
		confirmed: book.count('confirmed', base, rows.length),
		...standing(book, base),
		...course(book, base, states),
		returns: timesOf(book, 'returns', rows),
		extensions: timesOf(book, 'extensions', rows),
		overdue: due('overdue', 'overdue'),
		dueSoon: due('dueSoon', 'soon'),
		...splits(book, rows, states, catalogue),
		months: monthsOf(book, rows, today, listedOn, closedOn),
		byItem: itemFigures(book, rows)
	};
}
