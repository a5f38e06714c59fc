/**
 * What a row still asks for and of whom, as lines of a list over many ledgers: the row itself, its
 * measures that have a date or an owner of their own, the next look at what is kept up for good.
 */
import type { Ymd } from '$lib/base/typedDate.ts';
import { blockersOf, type Actor, type RowKind } from '../life/guards.ts';
import type { StepType } from '../life/machine.ts';
import { isSettled } from '../rows/dueState.ts';
import { builtInFields, type LedgerField, type TableName } from '../rows/fields.ts';
import { isTrashed, wordIn, wordsIn, type LedgerRow } from '../rows/ledgerRow.ts';
import type { Measure } from '../rows/measures.ts';

export interface LedgerDuty {
	readonly table: TableName;
	readonly row: string;
	/** `review`: 长期坚持, to be looked at again. */
	readonly kind: 'problem' | 'measure' | 'review' | 'opinion';
	/** Id of the measure; null for the row itself. */
	readonly measure: string | null;
	readonly status: string;
	/** The words of the row or the measure; empty while nothing is written. */
	readonly title: string;
	/** Of a measure: what it puts right. */
	readonly of: string | null;
	readonly due: Ymd | null;
	/** Member ids. */
	readonly people: readonly string[];
	/** It is this member's turn, or his to see through. */
	readonly mine: boolean;
	/** Handed in: whether this member is to accept it, or somebody else. Null while it is not. */
	readonly acceptance: 'me' | 'others' | null;
}

const asked: ReadonlySet<string> = new Set([
	...['manifestation', 'aspect', 'words', 'due', 'nextReviewOn'],
	...['leaderId', 'responsibleId', 'verifierId']
]);

/** All that is asked of a row: most of what it holds need not be read. */
export const dutyFields = (table: TableName): readonly LedgerField[] =>
	builtInFields(table).filter(({ id }) => asked.has(id));

export const rowTitle = (row: LedgerRow): string =>
	wordsIn(row, 'manifestation') || wordsIn(row, 'words') || wordsIn(row, 'aspect');

const peopleIn = (row: LedgerRow, ...fields: string[]): string[] => [
	...new Set(fields.flatMap((field) => wordIn(row, field) ?? []))
];

/** What is still to be filled in can be filled in; only who may not is left out. */
const mayTake = (kind: RowKind, step: StepType, row: LedgerRow, actor: Actor): boolean =>
	blockersOf(kind, step, row, actor).every((blocker) => blocker.kind !== 'rule');

/** Who is named accepts it; while nobody is, everyone who may. */
function isForMe(row: LedgerRow, actor: Actor): boolean {
	const named = wordIn(row, 'verifierId');
	return (named === null || named === actor.member) && mayTake('problem', 'accept', row, actor);
}

function acceptanceOf(row: LedgerRow, actor: Actor): LedgerDuty['acceptance'] {
	if (row.life.status !== 'toAccept') return null;
	return isForMe(row, actor) ? 'me' : 'others';
}

/** A measure that says neither who nor by when is part of its row, no line of its own. */
const isOwnLine = ({ ownerId, due }: Measure, row: LedgerRow): boolean =>
	due !== null || (ownerId !== null && ownerId !== wordIn(row, 'responsibleId'));

/** Before anything is decided, and after it was handed in, measures are not what is waited for. */
const atWork: ReadonlySet<string> = new Set(['toRectify', 'rectifying']);

function measureDuties(row: LedgerRow, base: LedgerDuty, actor: Actor): LedgerDuty[] {
	if (!atWork.has(row.life.status)) return [];
	return row.measures
		.filter((measure) => measure.doneOn === null && isOwnLine(measure, row))
		.map(({ id, text, ownerId, due }) => {
			const people = ownerId === null ? peopleIn(row, 'responsibleId') : [ownerId];
			return {
				...base,
				...{ kind: 'measure' as const, measure: id, title: text, of: base.title, due, people },
				mine: people.includes(actor.member)
			};
		});
}

function problemDuties(row: LedgerRow, actor: Actor): LedgerDuty[] {
	const { status } = row.life;
	const isReview = status === 'longTerm';
	const people = peopleIn(row, 'leaderId', 'responsibleId');
	const isToVerify = status === 'toVerify' && mayTake('problem', 'confirm', row, actor);
	const base: LedgerDuty = {
		...{ table: 'problems', row: row.id, measure: null, of: null, status, people },
		kind: isReview ? 'review' : 'problem',
		title: rowTitle(row),
		due: wordIn(row, isReview ? 'nextReviewOn' : 'due'),
		mine: people.includes(actor.member) || isToVerify,
		acceptance: acceptanceOf(row, actor)
	};
	return [base, ...measureDuties(row, base, actor)];
}

/** 已办结 waits for the answer to whoever had the opinion, and has no last day any more. */
function opinionDuties(row: LedgerRow, actor: Actor): LedgerDuty[] {
	const { status } = row.life;
	const due = status === 'done' ? null : wordIn(row, 'due');
	const people = peopleIn(row, 'responsibleId');
	// What was passed on is somebody else's; its date is kept in view all the same.
	if (status === 'transferred' && due === null) return [];
	const mine = people.includes(actor.member);
	return [
		{
			...{ table: 'opinions', row: row.id, kind: 'opinion', measure: null, of: null },
			...{ status, title: rowTitle(row), due, people, mine, acceptance: null }
		}
	];
}

export function rowDuties(row: LedgerRow, table: TableName, actor: Actor): LedgerDuty[] {
	if (isTrashed(row)) return [];
	if (table === 'opinions')
		return isSettled(row) && row.life.status !== 'done' ? [] : opinionDuties(row, actor);
	return isSettled(row) ? [] : problemDuties(row, actor);
}
