/**
 * One condition as a test of a row. A cell nobody has filled in passes what is put negatively
 * (≠, not containing, none of), as in a spreadsheet; an unreadable one is filled, but holds nothing.
 */
import { addDays, type Ymd } from '$lib/base/typedDate.ts';
import type {
	Condition,
	DateCondition,
	FilterContext,
	NumberCondition,
	PresenceCondition,
	SetCondition,
	TextCondition
} from './condition.ts';
import { calendarRange, type DateRange } from './dateRange.ts';
import { cellWords, foldWords } from './rowWords.ts';
import { isEmptyValue, valuesOf, type ViewField, type ViewRow } from './viewField.ts';

type Test<Row> = (row: Row) => boolean;

function textTest<Row extends ViewRow>(
	{ op, text }: TextCondition,
	field: ViewField<Row>
): Test<Row> | null {
	const wanted = foldWords(text).trim();
	const wordsOf = cellWords(field);
	if (wanted === '') return null;
	if (op === 'is') return (row) => wordsOf(row).trim() === wanted;
	const contained = op === 'contains';
	return (row) => wordsOf(row).includes(wanted) === contained;
}

type Compare = (value: number, wanted: number) => boolean;
const comparisons: Readonly<Record<'lt' | 'le' | 'gt' | 'ge', Compare>> = {
	lt: (value, wanted) => value < wanted,
	le: (value, wanted) => value <= wanted,
	gt: (value, wanted) => value > wanted,
	ge: (value, wanted) => value >= wanted
};

function numberTest<Row extends ViewRow>(
	condition: NumberCondition,
	field: ViewField<Row>
): Test<Row> | null {
	const asked = condition.op === 'between' ? [condition.from, condition.to] : [condition.number];
	if (asked.some((number) => Number.isNaN(number))) return null;
	const inCell = (isMeant: (value: number) => boolean): Test<Row> => {
		return (row) => {
			const value = field.value(row);
			return typeof value === 'number' && isMeant(value);
		};
	};
	if (condition.op === 'between') {
		const low = Math.min(condition.from, condition.to);
		const high = Math.max(condition.from, condition.to);
		return inCell((value) => value >= low && value <= high);
	}
	const { op, number: wanted } = condition;
	if (op === 'eq') return (row) => field.value(row) === wanted;
	if (op === 'ne') return (row) => field.value(row) !== wanted;
	return inCell((value) => comparisons[op](value, wanted));
}

const earliest: Ymd = '0000-00-00';
const latest: Ymd = '9999-99-99';

function rangeOf(condition: DateCondition, today: Ymd): DateRange {
	switch (condition.op) {
		case 'on':
			return { from: condition.date, to: condition.date };
		case 'before':
			return { from: earliest, to: addDays(condition.date, -1) };
		case 'after':
			return { from: addDays(condition.date, 1), to: latest };
		case 'between': {
			const [from, to] = [condition.from, condition.to].sort() as [Ymd, Ymd];
			return { from, to };
		}
		case 'overdue':
			return { from: earliest, to: addDays(today, -1) };
		case 'within':
			return { from: today, to: addDays(today, condition.days) };
		case 'last':
			return { from: addDays(today, -condition.days), to: today };
		case 'this':
			return calendarRange(condition.unit, today);
	}
}

function dateTest<Row extends ViewRow>(
	condition: DateCondition,
	field: ViewField<Row>,
	today: Ymd
): Test<Row> | null {
	if (Object.values(condition).includes('')) return null;
	const { from, to } = rangeOf(condition, today);
	return (row) => {
		const value = field.value(row);
		return typeof value === 'string' && value !== '' && value >= from && value <= to;
	};
}

function setTest<Row extends ViewRow>(
	condition: SetCondition,
	field: ViewField<Row>,
	self: string
): Test<Row> | null {
	const isIn = (wanted: ReadonlySet<string>): Test<Row> => {
		return (row) => {
			const value = field.value(row);
			if (typeof value === 'string') return wanted.has(value);
			return (valuesOf(value) ?? []).some((one) => wanted.has(one));
		};
	};
	if (condition.op === 'me') return isIn(new Set([self]));
	const wanted = new Set(condition.values);
	if (wanted.size === 0) return null;
	if (condition.op === 'allOf') {
		return (row) => {
			const values = valuesOf(field.value(row)) ?? [];
			return condition.values.every((value) => values.includes(value));
		};
	}
	const isAny = isIn(wanted);
	return condition.op === 'anyOf' ? isAny : (row) => !isAny(row);
}

const isPresence = (condition: Condition): condition is PresenceCondition =>
	condition.op === 'empty' || condition.op === 'filled';

/** Null while there is nothing to compare with yet. The condition must fit the field. */
export function compileCondition<Row extends ViewRow>(
	condition: Condition,
	field: ViewField<Row>,
	{ today, self }: FilterContext
): Test<Row> | null {
	if (isPresence(condition))
		return (row) => isEmptyValue(field.value(row)) === (condition.op === 'empty');
	switch (condition.kind) {
		case 'text':
			return textTest(condition, field);
		case 'number':
			return numberTest(condition, field);
		case 'date':
			return dateTest(condition, field, today);
		case 'person':
		case 'choice':
		case 'multi':
			return setTest(condition, field, self);
		case 'check':
			return (row) => (field.value(row) === true) === (condition.op === 'yes');
		case 'files':
			return (row) => isEmptyValue(field.value(row)) === (condition.op === 'none');
	}
}
