/**
 * The conditions of a filter, one shape for each question that fits a kind of field. They travel in
 * shared views, so their schema is the definition; what does not parse, or says more than we know
 * of, is no condition.
 */
import * as z from 'zod/mini';
import { isYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { FieldKind } from './viewField.ts';

const maxTextLength = 500;
const maxValues = 500;
const maxDays = 3660;

export const fieldIdSchema = z.string().check(z.minLength(1), z.maxLength(200));
const field = fieldIdSchema;
const ymd = z.string().check(z.refine(isYmd));
const days = z.int().check(z.gte(0), z.lte(maxDays));
const values = z.readonly(z.array(fieldIdSchema).check(z.maxLength(maxValues)));

export const numberTests = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const;
export const calendarUnits = ['week', 'month', 'quarter', 'year'] as const;

const textCondition = z.strictObject({
	kind: z.literal('text'),
	field,
	op: z.enum(['contains', 'notContains', 'is']),
	text: z.string().check(z.maxLength(maxTextLength))
});
const numberCondition = z.union([
	z.strictObject({ kind: z.literal('number'), field, op: z.enum(numberTests), number: z.number() }),
	z.strictObject({
		kind: z.literal('number'),
		field,
		op: z.literal('between'),
		from: z.number(),
		to: z.number()
	})
]);
/** Days count from today: `within` looks ahead, `last` looks back, both with today in them. */
const dateCondition = z.union([
	z.strictObject({
		kind: z.literal('date'),
		field,
		op: z.enum(['on', 'before', 'after']),
		date: ymd
	}),
	z.strictObject({ kind: z.literal('date'), field, op: z.literal('between'), from: ymd, to: ymd }),
	z.strictObject({ kind: z.literal('date'), field, op: z.literal('overdue') }),
	z.strictObject({ kind: z.literal('date'), field, op: z.enum(['within', 'last']), days }),
	z.strictObject({
		kind: z.literal('date'),
		field,
		op: z.literal('this'),
		unit: z.enum(calendarUnits)
	})
]);
const setCondition = z.union([
	z.strictObject({
		kind: z.enum(['person', 'choice', 'multi']),
		field,
		op: z.enum(['anyOf', 'noneOf']),
		values
	}),
	z.strictObject({ kind: z.literal('multi'), field, op: z.literal('allOf'), values }),
	z.strictObject({ kind: z.literal('person'), field, op: z.literal('me') })
]);
const presenceCondition = z.strictObject({
	kind: z.enum(['text', 'number', 'date', 'person', 'choice', 'multi']),
	field,
	op: z.enum(['empty', 'filled'])
});
const checkCondition = z.strictObject({
	kind: z.literal('check'),
	field,
	op: z.enum(['yes', 'no'])
});
const filesCondition = z.strictObject({
	kind: z.literal('files'),
	field,
	op: z.enum(['has', 'none'])
});

export const conditionSchema = z.union([
	textCondition,
	numberCondition,
	dateCondition,
	setCondition,
	presenceCondition,
	checkCondition,
	filesCondition
]);

export type TextCondition = z.infer<typeof textCondition>;
export type NumberCondition = z.infer<typeof numberCondition>;
export type DateCondition = z.infer<typeof dateCondition>;
export type SetCondition = z.infer<typeof setCondition>;
export type PresenceCondition = z.infer<typeof presenceCondition>;
export type Condition = z.infer<typeof conditionSchema>;
export type ConditionKind = Condition['kind'];

const conditionKinds: Readonly<Record<FieldKind, ConditionKind>> = {
	text: 'text',
	longText: 'text',
	link: 'text',
	computed: 'text',
	number: 'number',
	item: 'number',
	date: 'date',
	person: 'person',
	choice: 'choice',
	multi: 'multi',
	check: 'check',
	files: 'files'
};

/** Which conditions a field takes. */
export const conditionKindOf = (kind: FieldKind): ConditionKind => conditionKinds[kind];

/** What a condition leaves open. */
export interface FilterContext {
	readonly today: Ymd;
	/** Member id of the person here. */
	readonly self: string;
}
