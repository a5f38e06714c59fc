/**
 * The views every branch needs, as data; what they are called is for the screens to say. They ask
 * fields that are worked out, `status` (choice), `involved` (person: leader, responsible and the like)
 * and `mentions` (person: who is meant in its comments), beside stored ones.
 */
import type { Condition } from './condition.ts';
import type { Filter } from './filter.ts';
import type { SortLevel } from './sort.ts';
import type { ViewLedger } from './savedView.ts';
import { plainSpec, type ViewSpec } from './viewSpec.ts';

export const statusFieldId = 'status';
export const involvedFieldId = 'involved';
export const mentionsFieldId = 'mentions';

export type BuiltInViewId =
	| 'mine'
	| 'mentioned'
	| 'overdue'
	| 'dueSoon'
	| 'toAccept'
	| 'urgent'
	| 'open'
	| 'unsettled'
	| 'toReply'
	| 'unsubmitted';

export interface BuiltInView {
	/** Within its ledger. */
	readonly id: BuiltInViewId;
	readonly spec: ViewSpec;
}

const dueSoonDays = 7;

/** Nothing more is to be done by a deadline; what is kept up for good has reviews instead. */
const beyondDue = ['closed', 'longTerm', 'rejected', 'merged'];
const confirmedOpen = ['toRectify', 'rectifying', 'toAccept', 'longTerm'];
const unsettledOpinions = ['new', 'inHand', 'transferred'];

const status = (op: 'anyOf' | 'noneOf', values: readonly string[]): Condition => ({
	kind: 'choice',
	field: statusFieldId,
	op,
	values
});
const underDue = status('noneOf', beyondDue);
const urgent: Condition = { kind: 'check', field: 'urgent', op: 'yes' };
const mentioned: Condition = { kind: 'person', field: mentionsFieldId, op: 'me' };
const byDue: readonly SortLevel[] = [{ field: 'due', descending: false }];

function builtIn(
	id: BuiltInViewId,
	conditions: readonly Condition[],
	sort: readonly SortLevel[] = []
): BuiltInView {
	const filter: Filter = { match: 'all', conditions, text: '' };
	return { id, spec: { ...plainSpec, filter, sort } };
}

const ofProblems: readonly BuiltInView[] = [
	builtIn('mine', [{ kind: 'person', field: involvedFieldId, op: 'me' }, underDue], byDue),
	builtIn('overdue', [{ kind: 'date', field: 'due', op: 'overdue' }, underDue], byDue),
	builtIn(
		'dueSoon',
		[{ kind: 'date', field: 'due', op: 'within', days: dueSoonDays }, underDue],
		byDue
	),
	builtIn('toAccept', [status('anyOf', ['toAccept'])], byDue),
	builtIn('urgent', [urgent]),
	builtIn('open', [status('anyOf', confirmedOpen)]),
	builtIn('mentioned', [mentioned])
];

const ofOpinions: readonly BuiltInView[] = [
	builtIn('unsettled', [status('anyOf', unsettledOpinions)]),
	builtIn('toReply', [status('anyOf', ['done'])]),
	builtIn('urgent', [urgent]),
	builtIn('mentioned', [mentioned])
];

/** Asks `submitted`, which is worked out. */
const ofPersonal: readonly BuiltInView[] = [
	builtIn('unsubmitted', [{ kind: 'choice', field: 'submitted', op: 'anyOf', values: ['no'] }]),
	builtIn('mentioned', [mentioned])
];

export const builtInViews: Readonly<Record<ViewLedger, readonly BuiltInView[]>> = {
	problems: ofProblems,
	rectification: ofProblems,
	opinions: ofOpinions,
	personal: ofPersonal
};
