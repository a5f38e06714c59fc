/** The words for what can be done with a row and what was done, as a branch's office says them. */
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { GuardRule, RowKind } from '../model/life/guards.ts';
import type { Conflict, Life } from '../model/life/life.ts';
import type { EventType, LifeEvent } from '../model/life/lifeEvent.ts';
import type { LifeMachine } from '../model/life/machine.ts';
import type { People } from '../model/people.ts';
import { choiceLabel, personName } from './ledgerWords.ts';
import { opponentOf } from './lifeConflicts.ts';

const actions: Readonly<Record<EventType, () => string>> = {
	submit: m.life_action_submit,
	confirm: m.life_action_confirm,
	reject: m.life_action_reject,
	resume: m.life_action_resume,
	merge: m.life_action_merge,
	start: m.life_action_start,
	apply: m.life_action_apply,
	accept: m.life_action_accept,
	return: m.life_action_return,
	longTerm: m.life_action_longTerm,
	review: m.life_action_review,
	extend: m.life_action_extend,
	reopen: m.life_action_reopen,
	recheck: m.life_action_recheck,
	take: m.life_action_take,
	finish: m.life_action_finish,
	reply: m.life_action_reply,
	decline: m.life_action_decline,
	transfer: m.life_action_transfer,
	toProblem: m.life_action_toProblem,
	retract: m.life_action_retract,
	settle: m.life_action_settle
};
const opinionActions: Partial<Record<EventType, () => string>> = {
	merge: m.life_action_merge_opinion,
	reopen: m.life_action_reopen_opinion
};

export const actionLabel = (kind: RowKind, type: EventType): string =>
	((kind === 'opinion' ? opinionActions[type] : undefined) ?? actions[type])();

/** Within a sentence: 销号与退回. */
export const shortAction = (kind: RowKind, type: EventType): string =>
	type === 'accept' ? m.life_short_accept() : actionLabel(kind, type);

const rules: Readonly<Record<GuardRule, () => string>> = {
	observer: m.life_rule_observer,
	trashed: m.life_rule_trashed,
	status: m.life_rule_status,
	confirmersOnly: m.life_rule_confirmersOnly,
	secretaryOnly: m.life_rule_secretaryOnly,
	onlyCatalogueText: m.life_rule_onlyCatalogueText,
	verifierIsResponsible: m.life_rule_verifierIsResponsible,
	dueNotLater: m.life_rule_dueNotLater,
	targetIsItself: m.life_rule_targetIsItself,
	targetMissing: m.life_rule_targetMissing,
	targetMerged: m.life_rule_targetMerged,
	targetTrashed: m.life_rule_targetTrashed,
	alreadyProblem: m.life_rule_alreadyProblem,
	nothingToSettle: m.life_rule_nothingToSettle,
	notRevocable: m.life_rule_notRevocable
};
export const ruleWords = (rule: GuardRule): string => rules[rule]();

/** A clock that says no time is shown as it is. */
export function timeWords(instant: string): string {
	const at = new Date(instant);
	if (Number.isNaN(at.getTime())) return instant;
	return at.toLocaleString(getLocale(), { dateStyle: 'medium', timeStyle: 'short' });
}

export interface EventNames {
	readonly kind: RowKind;
	readonly people: People;
	/** Of a row that the event names: its code, or its id where it has none. */
	targetName(event: LifeEvent): string;
}

/** What was said with it, beyond its note. */
export function eventDetails(event: LifeEvent, { people, targetName }: EventNames): string[] {
	const { due, dueBefore, approver, meeting, cadence, nextReviewOn, satisfaction } = event;
	const isAimed = ['merge', 'transfer', 'toProblem'].includes(event.type);
	return [
		isAimed && event.target && m.life_event_target({ target: targetName(event) }),
		due && dueBefore && dueBefore !== due && m.life_event_due_before({ before: dueBefore, due }),
		due && (dueBefore === undefined || dueBefore === due) && m.life_event_due({ due }),
		approver && m.life_event_approver({ name: personName(people, approver) }),
		meeting && m.life_event_meeting({ meeting }),
		cadence && m.life_event_cadence({ cadence: choiceLabel('reviewCadence', cadence) }),
		nextReviewOn && m.life_event_next_review({ date: nextReviewOn }),
		satisfaction && m.life_event_satisfaction({ word: choiceLabel('satisfaction', satisfaction) })
	]
		.filter((word) => Boolean(word))
		.map(String);
}

export interface ConflictWords {
	readonly text: string;
	/** Both sides, in the order in which they count. */
	readonly events: readonly LifeEvent[];
}

export function conflictWords(
	kind: RowKind,
	machine: LifeMachine,
	life: Life,
	conflict: Conflict
): ConflictWords {
	const { event, reason } = conflict;
	const other = opponentOf(machine, life, conflict);
	const events = other ? [other, event] : [event];
	const action = actionLabel(kind, event.type);
	if (reason === 'ring') return { text: m.life_conflict_ring(), events };
	if (reason === 'otherTarget') return { text: m.life_conflict_other_target({ action }), events };
	if (other === null) return { text: m.life_conflict_status_alone({ action }), events };
	if (reason === 'status')
		return {
			text: m.life_conflict_status({ action, other: actionLabel(kind, other.type) }),
			events
		};
	const closing = shortAction(kind, event.type);
	return {
		text: m.life_conflict_beaten({ closing, doubt: shortAction(kind, other.type) }),
		events
	};
}
