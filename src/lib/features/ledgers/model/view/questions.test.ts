import { describe, expect, it } from 'vitest';
import { conditionKindOf, conditionSchema, type Condition } from './condition.ts';
import { compileFilter } from './filter.ts';
import { firstCondition, questionOf, questionsFor, withField, withQuestion } from './questions.ts';
import { createFields, testField } from './testRows.ts';
import type { FieldKind } from './viewField.ts';

const today = '2023-03-15';
const kinds: readonly FieldKind[] = [
	...(['text', 'longText', 'number', 'date', 'person', 'choice', 'multi', 'check'] as const),
	...(['link', 'item', 'files', 'computed'] as const)
];
const ask = (condition: Condition) => {
	const fields = [...createFields(), testField('count', 'number')];
	const filter = { match: 'all', conditions: [condition], text: '' } as const;
	return compileFilter(filter, fields, { today, self: 'm01' });
};
/** With the word, the number and the days filled in. */
const finished = (condition: Condition): unknown => ({
	...condition,
	...('text' in condition && { text: '食堂' }),
	...('values' in condition && { values: ['m01'] }),
	...('number' in condition && { number: 3 }),
	...(condition.kind === 'number' && condition.op === 'between' && { from: 1, to: 3 })
});

describe('questions', () => {
	it.each(kinds)('all of those for a %s are conditions once they are finished', (kind) => {
		for (const question of questionsFor(kind)) {
			const condition = withQuestion(firstCondition({ id: 'x', kind }, today), question, today);
			expect(questionOf(condition)).toBe(question);
			expect(condition.kind).toBe(conditionKindOf(kind));
			expect(conditionSchema.safeParse(finished(condition)).success).toBe(true);
		}
	});

	it('an unfinished one filters nothing, is named, and is not stored', () => {
		const number = firstCondition({ id: 'count', kind: 'number' }, today);
		const day = { kind: 'date', field: 'due', op: 'before', date: '' } as const;
		for (const condition of [number, withQuestion(number, 'between', today), day]) {
			expect(ask(condition)).toMatchObject({
				isFiltering: false,
				ignored: [{ index: 0, why: 'incomplete' }]
			});
			expect(conditionSchema.safeParse(condition).success).toBe(false);
		}
	});

	it('another question keeps what still fits', () => {
		const text = { kind: 'text', field: 'words', op: 'contains', text: '食堂' } as const;
		expect(withQuestion(text, 'is', today)).toEqual({ ...text, op: 'is' });
		const least = { kind: 'number', field: 'count', op: 'ge', number: 3 } as const;
		expect(withQuestion(least, 'between', today)).toMatchObject({ from: 3, to: NaN });
		const within = { kind: 'date', field: 'due', op: 'within', days: 3 } as const;
		expect(withQuestion(within, 'last', today)).toMatchObject({ op: 'last', days: 3 });
		expect(withQuestion(within, 'this:month', today)).toMatchObject({ op: 'this', unit: 'month' });
	});

	it('another field of the kind is asked the same, without words that are not its own', () => {
		const level = { kind: 'choice', field: 'level', op: 'noneOf', values: ['team'] } as const;
		const aspect = { id: 'aspect', kind: 'choice' } as const;
		expect(withField(level, aspect, today)).toEqual({ ...level, field: 'aspect', values: [] });
		const leader = { kind: 'person', field: 'leader', op: 'anyOf', values: ['m03'] } as const;
		const owner = { id: 'owner', kind: 'person' } as const;
		expect(withField(leader, owner, today)).toEqual({ ...leader, field: 'owner' });
		const due = { id: 'due', kind: 'date' } as const;
		expect(withField(leader, due, today)).toEqual({ kind: 'date', field: 'due', op: 'overdue' });
		const most = { kind: 'number', field: 'count', op: 'le', number: 3 } as const;
		expect(withField(most, { id: 'item', kind: 'item' }, today)).toMatchObject({ op: 'eq' });
	});
});
