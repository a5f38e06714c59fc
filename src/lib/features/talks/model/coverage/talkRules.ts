/** Who must talk with whom, as data: a campaign carries its own copy, so that it keeps its meaning. */
import * as z from 'zod/mini';
import { pairKinds, talkGroups, type PairKind, type TalkGroup } from './talkPeople.ts';
import { idShape } from './talkStub.ts';

interface RuleHead {
	/** Unique in its set. */
	readonly id: string;
	/** Which figure it goes into; each rule that is `other` has a figure of its own. */
	readonly kind: PairKind;
}

/**
 * `between`: everybody of `of` with everybody of `with`. `within`: everybody of `of` with each other.
 * `some`: everybody of `of` with at least one of `with`; of the same group it is any one peer.
 */
export type TalkRule = RuleHead &
	(
		| { readonly need: 'between' | 'some'; readonly of: TalkGroup; readonly with: TalkGroup }
		| { readonly need: 'within'; readonly of: TalkGroup }
	);

const setNames = ['strict', 'relaxed', 'yearly'] as const;
export type BuiltInSet = (typeof setNames)[number];

export interface RuleSet {
	/** `own`: made by the branch from a copy of another. */
	readonly name: BuiltInSet | 'own';
	readonly rules: readonly TalkRule[];
}

const head = { id: idShape, kind: z.enum(pairKinds), of: z.enum(talkGroups) };
const ruleShape = z.discriminatedUnion('need', [
	z.object({ ...head, need: z.enum(['between', 'some']), with: z.enum(talkGroups) }),
	z.object({ ...head, need: z.literal('within') })
]);

export const maxRules = 20;
export const ruleSetShape = z.object({
	name: z.enum([...setNames, 'own']),
	rules: z.array(ruleShape).check(
		z.minLength(1),
		z.maxLength(maxRules),
		z.refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length)
	)
});

const p1: TalkRule = { id: 'p1', kind: 'P1', need: 'between', of: 'principals', with: 'deputies' };
const p2Principals: TalkRule = { id: 'p2p', kind: 'P2', need: 'within', of: 'principals' };
const p3: TalkRule = { id: 'p3', kind: 'P3', need: 'some', of: 'others', with: 'team' };

export const builtInSets: Readonly<Record<BuiltInSet, RuleSet>> = {
	strict: {
		name: 'strict',
		rules: [p1, { id: 'p2', kind: 'P2', need: 'within', of: 'deputies' }, p2Principals, p3]
	},
	relaxed: {
		name: 'relaxed',
		rules: [
			p1,
			{ id: 'p2', kind: 'P2', need: 'some', of: 'deputies', with: 'deputies' },
			p2Principals,
			p3
		]
	},
	/** Common practice, not a rule of the notice: at least once a year. */
	yearly: {
		name: 'yearly',
		rules: [
			{ id: 'committee', kind: 'other', need: 'within', of: 'committee' },
			{ id: 'members', kind: 'other', need: 'some', of: 'plain', with: 'committee' },
			{ id: 'peers', kind: 'other', need: 'some', of: 'plain', with: 'plain' }
		]
	}
};
