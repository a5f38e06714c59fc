/**
 * What stands in the way of a step, named so that the screen can lead there: fields of the row that
 * are empty, words that belong to the step itself, rules about who and when. Guards help the person
 * who takes the step; the fold does not ask them, as another device may not have the row's fields.
 */
import { isYmd } from '$lib/base/typedDate.ts';
import { isRevocable } from './judgeEvents.ts';
import type { Life } from './life.ts';
import type { EventExtras, EventType, LifeEvent } from './lifeEvent.ts';
import { stepOf, type LifeMachine, type StepType } from './machine.ts';
import { opinionGuards } from './opinionGuards.ts';
import { opinionMachine } from './opinionMachine.ts';
import { problemGuards } from './problemGuards.ts';
import { problemMachine } from './problemMachine.ts';

export type RowKind = 'problem' | 'opinion';

/** What guards look at; a LedgerRow fits. Anything but the field's own kind of value counts as empty. */
export interface GuardRow {
	readonly id: string;
	readonly values: Readonly<Record<string, unknown>>;
	readonly measures: readonly { readonly text: unknown }[];
	readonly evidence: readonly unknown[];
	readonly life: Life;
	readonly trash: unknown;
}

export interface Actor {
	/** Member id. */
	readonly member: string;
	readonly role: 'secretary' | 'officer' | 'observer';
	readonly posts: readonly string[];
}

export interface MergeTarget {
	readonly id: string;
	readonly isMerged: boolean;
	readonly isTrashed: boolean;
}

/** What the person has said so far, and what the guards cannot see in the row. */
export interface Attempt {
	readonly extras?: EventExtras;
	/** The row that `extras.target` names, for a merge; null when there is none. */
	readonly mergeTarget?: MergeTarget | null;
	/** The catalogue's items, whose bare text does not say what exactly happens here. */
	readonly catalogueTexts?: readonly string[];
}

export type GuardRule =
	| 'observer'
	| 'trashed'
	| 'status'
	| 'confirmersOnly'
	| 'secretaryOnly'
	| 'onlyCatalogueText'
	| 'verifierIsResponsible'
	| 'dueNotLater'
	| 'targetIsItself'
	| 'targetMissing'
	| 'targetMerged'
	| 'targetTrashed'
	| 'alreadyProblem'
	| 'nothingToSettle'
	| 'notRevocable';

export type Blocker =
	/** To be filled in in the row; `measures` and `evidence` are named like fields. */
	| { readonly kind: 'field'; readonly field: string }
	/** To be said with the step. */
	| { readonly kind: 'input'; readonly input: keyof EventExtras }
	| { readonly kind: 'rule'; readonly rule: GuardRule };

export interface Situation {
	readonly row: GuardRow;
	readonly actor: Actor;
	readonly attempt: Attempt;
	readonly extras: EventExtras;
}
/** Null when nothing stands in the way. */
export type Guard = (situation: Situation) => Blocker | null;
export type Guards = { readonly [T in StepType]?: readonly Guard[] };

const machines: Readonly<Record<RowKind, LifeMachine>> = {
	problem: problemMachine,
	opinion: opinionMachine
};
const guardsOf: Readonly<Record<RowKind, Guards>> = {
	problem: problemGuards,
	opinion: opinionGuards
};

export const machineOf = (kind: RowKind): LifeMachine => machines[kind];

/** Steps that this member can take back: his own, as long as nothing has followed. */
export function revocableEvents(machine: LifeMachine, life: Life, member: string): LifeEvent[] {
	const taken = new Set(life.retracted.map(({ id }) => id));
	return life.all.filter(
		(event) =>
			life.heads.includes(event.id) && !taken.has(event.id) && isRevocable(machine, event, member)
	);
}

/** What no filling in can help against. */
function barredBy(kind: RowKind, action: EventType, { row, actor, extras }: Situation) {
	const machine = machineOf(kind);
	if (actor.role === 'observer') return 'observer';
	if (row.trash !== null && row.trash !== undefined) return 'trashed';
	if (action === 'retract') {
		const mine = revocableEvents(machine, row.life, actor.member);
		const isWanted = ({ id }: LifeEvent): boolean =>
			extras.target === undefined || extras.target === id;
		return mine.some(isWanted) ? null : 'notRevocable';
	}
	return stepOf(machine, action)?.from.includes(row.life.status) ? null : 'status';
}

const isRealDate = (date: string | undefined): boolean => date === undefined || isYmd(date);

export function blockersOf(
	kind: RowKind,
	action: EventType,
	row: GuardRow,
	actor: Actor,
	attempt: Attempt = {}
): Blocker[] {
	const extras = attempt.extras ?? {};
	const situation = { row, actor, attempt, extras };
	const rule = barredBy(kind, action, situation);
	if (rule !== null) return [{ kind: 'rule', rule }];
	const guards = action === 'retract' ? [] : (guardsOf[kind][action] ?? []);
	const found = guards.flatMap((guard) => guard(situation) ?? []);
	const dates = (['due', 'nextReviewOn'] as const).filter((input) => !isRealDate(extras[input]));
	const isNamed = (input: string): boolean =>
		found.some((blocker) => blocker.kind === 'input' && blocker.input === input);
	return [
		...found,
		...dates.filter((input) => !isNamed(input)).map((input) => ({ kind: 'input' as const, input }))
	];
}
