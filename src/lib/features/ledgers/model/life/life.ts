/** What a row's events come to. */
import type { Ymd } from '$lib/base/typedDate.ts';
import type { LifeEvent } from './lifeEvent.ts';

export type ConflictReason =
	/** A closing made without knowing of a return or reopening. */
	| 'beatenByDoubt'
	/** Made at the same time as one of its kind that leads elsewhere. */
	| 'otherTarget'
	/** The status in which it can be done has gone. */
	| 'status'
	/** A merge that would lead back to its own row: see resolveMerges. */
	| 'ring';

export interface Conflict {
	readonly event: LifeEvent;
	readonly reason: ConflictReason;
}

/** 验收: one application, and how it ended. */
export interface AcceptanceRound {
	readonly apply: LifeEvent;
	/** The acceptance, return or turn to the long term; null while it is looked at. */
	readonly outcome: LifeEvent | null;
}

/** All lists in the order of the fold. Every event is in exactly one of the first five. */
export interface Life {
	readonly applied: readonly LifeEvent[];
	readonly conflicts: readonly Conflict[];
	/** Done by two people at once and to the same end: no conflict. */
	readonly duplicates: readonly LifeEvent[];
	readonly retracted: readonly LifeEvent[];
	/** Without effect: not a step of this machine, or a retraction that takes nothing back. */
	readonly ignored: readonly LifeEvent[];
	readonly all: readonly LifeEvent[];

	readonly status: string;
	/** Those after which nobody who knew of them has taken a step. */
	readonly openConflicts: readonly Conflict[];
	/** What the next event comes after, and its tick. */
	readonly heads: readonly string[];
	readonly nextTick: number;

	readonly returns: number;
	readonly extensions: number;
	readonly rounds: readonly AcceptanceRound[];
	/** Steps that set a date, oldest first. */
	readonly dues: readonly LifeEvent[];
	/** The merge that holds. */
	readonly mergedBy: LifeEvent | null;
	readonly mergedInto: string | null;
	/** Of an opinion. */
	readonly problemId: string | null;
	readonly confirmedOn: Ymd | null;
	readonly startedOn: Ymd | null;
	/** Null unless the matter is at an end now. */
	readonly closedOn: Ymd | null;
	readonly closedBy: string | null;
	readonly repliedOn: Ymd | null;
}
