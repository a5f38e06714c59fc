/**
 * One thing that was done to a problem or an opinion: submitted, returned, closed. Events are added
 * and never changed; what they come to is foldLife's business. An event says what its author had
 * seen, so that the same set of events means the same on every device. Colleagues' events are
 * untrusted: one that does not keep the bounds below is no event.
 */
import * as z from 'zod/mini';
import { isYmd } from '$lib/base/typedDate.ts';

export const eventTypes = [
	// Problems; some are opinions' as well.
	'submit',
	'confirm',
	'reject',
	'resume',
	'merge',
	'start',
	'apply',
	'accept',
	'return',
	'longTerm',
	'review',
	'extend',
	'reopen',
	'recheck',
	// Opinions.
	'take',
	'finish',
	'reply',
	'decline',
	'transfer',
	'toProblem',
	// Both: taking back one's own step, and declaring a conflict dealt with.
	'retract',
	'settle'
] as const;
export type EventType = (typeof eventTypes)[number];

export const reviewCadences = ['monthly', 'quarterly', 'halfYearly', 'yearly'] as const;
export type ReviewCadence = (typeof reviewCadences)[number];
export const satisfactions = ['satisfied', 'fair', 'unsatisfied', 'unrated'] as const;
export type Satisfaction = (typeof satisfactions)[number];

/** What goes with a step beyond its type: see the guards for what must. */
export interface EventExtras {
	/** Reason, opinion of the verifier, or finding. */
	readonly note?: string;
	readonly due?: string;
	/** The date that `due` took the place of. */
	readonly dueBefore?: string;
	/** Row merged into, problem that the opinion became, event taken back, or to whom it was passed. */
	readonly target?: string;
	/** Meeting that decided. */
	readonly meeting?: string;
	/** Member who allowed an extension. */
	readonly approver?: string;
	readonly cadence?: ReviewCadence;
	readonly nextReviewOn?: string;
	readonly evidenceIds?: readonly string[];
	readonly satisfaction?: Satisfaction;
}

export interface LifeEvent extends EventExtras {
	readonly id: string;
	readonly type: EventType;
	/** Member id. */
	readonly by: string;
	/** ISO instant by its author's clock: shown and counted in days, never used to order. */
	readonly at: string;
	/** Lamport time: one more than the highest its author knew. */
	readonly tick: number;
	/** Ids of the events that nothing had followed when this one was made. */
	readonly after: readonly string[];
	/** The status its author saw. */
	readonly from: string;
}

export const maxNoteLength = 4000;
export const maxParents = 64;
/** Far beyond what people do, and far from where adding one stops counting. */
export const maxTick = 2 ** 50;
const maxEvidence = 200;

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const idShape = /^[\w-]{1,64}$/;
const eventId = z.string().check(z.regex(idShape));
const day = z.string().check(z.refine(isYmd));
const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
const instant = z.string().check(
	z.maxLength(40),
	z.refine((at) => isoInstant.test(at) && Number.isFinite(Date.parse(at)))
);

const eventSchema = z.object({
	type: z.enum(eventTypes),
	by: text(200),
	at: instant,
	tick: z.int().check(z.positive(), z.lte(maxTick)),
	after: z.array(eventId).check(z.maxLength(maxParents)),
	from: text(40),
	note: z.optional(text(maxNoteLength)),
	due: z.optional(day),
	dueBefore: z.optional(day),
	target: z.optional(text(200)),
	meeting: z.optional(text(200)),
	approver: z.optional(text(200)),
	cadence: z.optional(z.enum(reviewCadences)),
	nextReviewOn: z.optional(day),
	evidenceIds: z.optional(z.array(text(200)).check(z.maxLength(maxEvidence))),
	satisfaction: z.optional(z.enum(satisfactions))
});

/** Without it the step would say nothing. */
const needs: { readonly [T in EventType]?: keyof EventExtras } = {
	merge: 'target',
	toProblem: 'target',
	retract: 'target',
	transfer: 'target',
	extend: 'due'
};

export function parseLifeEvent(id: string, value: unknown): LifeEvent | null {
	if (!idShape.test(id)) return null;
	const parsed = eventSchema.safeParse(value);
	if (!parsed.success) return null;
	const event: LifeEvent = { id, ...parsed.data };
	const needed = needs[event.type];
	return needed === undefined || event[needed] !== undefined ? event : null;
}
