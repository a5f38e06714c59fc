/**
 * What can be asked of a kind of field, as a person picks it from a list, and how one question turns
 * into another without losing what was said already. A condition that lacks its word, its number
 * (NaN) or its day ('') is not finished: it filters nothing, and no view is saved with it.
 */
import type { Ymd } from '$lib/base/typedDate.ts';
import {
	calendarUnits,
	conditionKindOf,
	numberTests,
	type Condition,
	type ConditionKind
} from './condition.ts';
import type { FieldKind } from './viewField.ts';

type CalendarQuestion = `this:${(typeof calendarUnits)[number]}`;
export type Question = Exclude<Condition['op'], 'this'> | CalendarQuestion;

const presence = ['filled', 'empty'] as const;

/** In the order in which they are offered; the first is what a new condition asks. */
const questions: Readonly<Record<ConditionKind, readonly Question[]>> = {
	text: ['contains', 'notContains', 'is', ...presence],
	number: [...numberTests, 'between', ...presence],
	date: [
		...(['overdue', 'within', 'this:week', 'this:month', 'this:quarter', 'this:year'] as const),
		...(['last', 'on', 'before', 'after', 'between', ...presence] as const)
	],
	person: ['me', 'anyOf', 'noneOf', ...presence],
	choice: ['anyOf', 'noneOf', ...presence],
	multi: ['anyOf', 'allOf', 'noneOf', ...presence],
	check: ['yes', 'no'],
	files: ['has', 'none']
};

/** Which number an item has is a name: nobody asks which is greater. */
const itemQuestions: readonly Question[] = ['eq', 'ne', ...presence];

export const questionsFor = (kind: FieldKind): readonly Question[] =>
	kind === 'item' ? itemQuestions : questions[conditionKindOf(kind)];

export const questionOf = (condition: Condition): Question =>
	condition.op === 'this' ? `this:${condition.unit}` : condition.op;

const dueDays = 7;
const pastDays = 30;

/** What a condition says beyond its question. */
interface Said {
	readonly text: string;
	readonly values: readonly string[];
	readonly number: number;
	readonly to: number;
	readonly date: Ymd;
	readonly dateTo: Ymd;
	readonly days: number | null;
}

const said = (condition: Condition, today: Ymd): Said => {
	const has = condition as Readonly<Record<string, unknown>>;
	const one = <T>(key: string, type: string, fallback: T): T =>
		typeof has[key] === type ? (has[key] as T) : fallback;
	return {
		text: one('text', 'string', ''),
		values: Array.isArray(has.values) ? (has.values as string[]) : [],
		number: one('number', 'number', one('from', 'number', NaN)),
		to: one('to', 'number', NaN),
		date: one('date', 'string', one('from', 'string', today)),
		dateTo: one('to', 'string', today),
		days: one<number | null>('days', 'number', null)
	};
};

function dateCondition(field: string, question: Question, known: Said): Condition {
	const kind = 'date';
	if (question.startsWith('this:')) {
		const unit = calendarUnits.find((one) => question === `this:${one}`) ?? 'month';
		return { kind, field, op: 'this', unit };
	}
	switch (question) {
		case 'within':
			return { kind, field, op: 'within', days: known.days ?? dueDays };
		case 'last':
			return { kind, field, op: 'last', days: known.days ?? pastDays };
		case 'between':
			return { kind, field, op: 'between', from: known.date, to: known.dateTo };
		case 'on':
		case 'before':
		case 'after':
			return { kind, field, op: question, date: known.date };
		default:
			return { kind, field, op: 'overdue' };
	}
}

function conditionFor(
	field: string,
	kind: ConditionKind,
	question: Question,
	known: Said
): Condition {
	const op = question;
	if (kind === 'check') return { kind, field, op: op === 'no' ? 'no' : 'yes' };
	if (kind === 'files') return { kind, field, op: op === 'none' ? 'none' : 'has' };
	if (op === 'empty' || op === 'filled') return { kind, field, op };
	if (kind === 'date') return dateCondition(field, op, known);
	if (kind === 'text') {
		const how = op === 'notContains' || op === 'is' ? op : 'contains';
		return { kind, field, op: how, text: known.text };
	}
	if (kind === 'number') {
		if (op === 'between') return { kind, field, op, from: known.number, to: known.to };
		const test = numberTests.find((one) => one === op) ?? 'eq';
		return { kind, field, op: test, number: known.number };
	}
	if (kind === 'person' && op === 'me') return { kind, field, op };
	if (kind === 'multi' && op === 'allOf') return { kind, field, op, values: known.values };
	return { kind, field, op: op === 'noneOf' ? 'noneOf' : 'anyOf', values: known.values };
}

const nothingSaid = (today: Ymd): Said => ({
	...{ text: '', values: [], number: NaN, to: NaN, days: null },
	...{ date: today, dateTo: today }
});

export interface AskedField {
	readonly id: string;
	readonly kind: FieldKind;
}

/** What a field is first asked. */
export const firstCondition = ({ id, kind }: AskedField, today: Ymd): Condition =>
	conditionFor(id, conditionKindOf(kind), questionsFor(kind)[0]!, nothingSaid(today));

/** Another question about the same field; words, numbers and days stay where they still fit. */
export const withQuestion = (condition: Condition, question: Question, today: Ymd): Condition =>
	conditionFor(condition.field, condition.kind, question, said(condition, today));

/** The same question to another field where it fits, else that field's first one. */
export function withField(condition: Condition, field: AskedField, today: Ymd): Condition {
	const kind = conditionKindOf(field.kind);
	const asked = questionOf(condition);
	if (kind !== condition.kind || !questionsFor(field.kind).includes(asked))
		return firstCondition(field, today);
	// One field's choices are no words of another's; people are the same everywhere.
	const known = said(condition, today);
	const kept = kind === 'choice' || kind === 'multi' ? { ...known, values: [] } : known;
	return conditionFor(field.id, kind, asked, kept);
}
