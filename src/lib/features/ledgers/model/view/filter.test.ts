import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from './condition.ts';
import { compileFilter, noFilter, type Filter } from './filter.ts';
import { createFields, fieldById, names, testField, TestList, type TestRow } from './testRows.ts';
import { peopleField } from './viewField.ts';

const fields = createFields();
/** A Wednesday. */
const context = { today: '2023-03-15', self: 'm01' };
const unreadable = Symbol('unreadable');

const rows: readonly TestRow['values'][] = [
	{ words: '食堂留样', aspect: '实', due: '2023-03-14', leader: 'm01', item: 3, topics: ['meals'] },
	{ words: '会议记录', aspect: '细', due: '2023-03-15', leader: 'm03', item: 14, evidence: ['p'] },
	{ words: 'ＰＰＴ 家长会', aspect: '细', due: '2023-04-01', topics: ['meals', 'safety'] },
	{ words: unreadable, aspect: '严', due: unreadable, urgent: true, evidence: [] },
	{}
];

const passing = (filter: Partial<Filter>, all = rows): string[] => {
	const { matches } = compileFilter({ ...noFilter, ...filter }, fields, context);
	return new TestList(all).listed.filter(matches).map(({ id }) => id);
};
const meeting = (condition: Condition): string[] => passing({ conditions: [condition] });

describe('each question of its kind', () => {
	it.each<[Condition, string[]]>([
		[{ kind: 'text', field: 'words', op: 'contains', text: 'ppt' }, ['r2']],
		[{ kind: 'text', field: 'words', op: 'notContains', text: '会' }, ['r0', 'r3', 'r4']],
		[{ kind: 'text', field: 'words', op: 'is', text: ' PPT 家长会 ' }, ['r2']],
		[{ kind: 'text', field: 'words', op: 'is', text: '家长会' }, []],
		[{ kind: 'text', field: 'words', op: 'contains', text: '无法识别' }, []],
		[{ kind: 'text', field: 'words', op: 'empty' }, ['r4']],
		[{ kind: 'text', field: 'words', op: 'filled' }, ['r0', 'r1', 'r2', 'r3']],
		[{ kind: 'number', field: 'item', op: 'eq', number: 3 }, ['r0']],
		[{ kind: 'number', field: 'item', op: 'ne', number: 3 }, ['r1', 'r2', 'r3', 'r4']],
		[{ kind: 'number', field: 'item', op: 'lt', number: 14 }, ['r0']],
		[{ kind: 'number', field: 'item', op: 'le', number: 14 }, ['r0', 'r1']],
		[{ kind: 'number', field: 'item', op: 'gt', number: 3 }, ['r1']],
		[{ kind: 'number', field: 'item', op: 'ge', number: 3 }, ['r0', 'r1']],
		[{ kind: 'number', field: 'item', op: 'between', from: 14, to: 4 }, ['r1']],
		[{ kind: 'number', field: 'item', op: 'empty' }, ['r2', 'r3', 'r4']],
		[{ kind: 'date', field: 'due', op: 'on', date: '2023-03-15' }, ['r1']],
		[{ kind: 'date', field: 'due', op: 'before', date: '2023-03-15' }, ['r0']],
		[{ kind: 'date', field: 'due', op: 'after', date: '2023-03-15' }, ['r2']],
		[
			{ kind: 'date', field: 'due', op: 'between', from: '2023-04-01', to: '2023-03-15' },
			['r1', 'r2']
		],
		[{ kind: 'date', field: 'due', op: 'overdue' }, ['r0']],
		[{ kind: 'date', field: 'due', op: 'within', days: 7 }, ['r1']],
		[{ kind: 'date', field: 'due', op: 'within', days: 17 }, ['r1', 'r2']],
		[{ kind: 'date', field: 'due', op: 'last', days: 1 }, ['r0', 'r1']],
		[{ kind: 'date', field: 'due', op: 'this', unit: 'month' }, ['r0', 'r1']],
		[{ kind: 'date', field: 'due', op: 'this', unit: 'year' }, ['r0', 'r1', 'r2']],
		[{ kind: 'date', field: 'due', op: 'filled' }, ['r0', 'r1', 'r2', 'r3']],
		[{ kind: 'person', field: 'leader', op: 'anyOf', values: ['m03', 'm30'] }, ['r1']],
		[{ kind: 'person', field: 'leader', op: 'noneOf', values: ['m03'] }, ['r0', 'r2', 'r3', 'r4']],
		[{ kind: 'person', field: 'leader', op: 'me' }, ['r0']],
		[{ kind: 'person', field: 'leader', op: 'empty' }, ['r2', 'r3', 'r4']],
		[{ kind: 'choice', field: 'aspect', op: 'anyOf', values: ['细', '严'] }, ['r1', 'r2', 'r3']],
		[{ kind: 'choice', field: 'aspect', op: 'noneOf', values: ['细', '严'] }, ['r0', 'r4']],
		[{ kind: 'multi', field: 'topics', op: 'anyOf', values: ['safety', 'meals'] }, ['r0', 'r2']],
		[{ kind: 'multi', field: 'topics', op: 'allOf', values: ['safety', 'meals'] }, ['r2']],
		[
			{ kind: 'multi', field: 'topics', op: 'noneOf', values: ['safety'] },
			['r0', 'r1', 'r3', 'r4']
		],
		[{ kind: 'multi', field: 'topics', op: 'empty' }, ['r1', 'r3', 'r4']],
		[{ kind: 'check', field: 'urgent', op: 'yes' }, ['r3']],
		[{ kind: 'check', field: 'urgent', op: 'no' }, ['r0', 'r1', 'r2', 'r4']],
		[{ kind: 'files', field: 'evidence', op: 'has' }, ['r1']],
		[{ kind: 'files', field: 'evidence', op: 'none' }, ['r0', 'r2', 'r3', 'r4']]
	])('%j', (condition, expected) => {
		expect(meeting(condition)).toEqual(expected);
	});
});

describe('calendar stretches', () => {
	const inThis = (unit: 'week' | 'month' | 'quarter', today: string, due: string): boolean => {
		const condition: Condition = { kind: 'date', field: 'due', op: 'this', unit };
		const filter = { ...noFilter, conditions: [condition] };
		const { matches } = compileFilter(filter, fields, { ...context, today });
		return matches({ id: 'r', values: { due } });
	};

	it.each<['week' | 'month' | 'quarter', string, string, string]>([
		['week', '2023-03-15', '2023-03-13', '2023-03-19'],
		['week', '2023-03-19', '2023-03-13', '2023-03-19'],
		['week', '2023-01-01', '2022-12-26', '2023-01-01'],
		['month', '2024-02-10', '2024-02-01', '2024-02-29'],
		['month', '2023-12-31', '2023-12-01', '2023-12-31'],
		['quarter', '2023-11-30', '2023-10-01', '2023-12-31'],
		['quarter', '2023-04-01', '2023-04-01', '2023-06-30']
	])('this %s seen from %s is %s to %s', (unit, today, from, to) => {
		const dayBefore = new Date(Date.parse(from) - 86_400_000).toISOString().slice(0, 10);
		const dayAfter = new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10);
		expect([dayBefore, from, to, dayAfter].map((due) => inThis(unit, today, due))).toEqual([
			false,
			true,
			true,
			false
		]);
	});
});

describe('the search', () => {
	it.each<[string, string[]]>([
		['ppt', ['r2']],
		[' 食堂 ', ['r0', 'r2']],
		['周敬宁', ['r0']],
		['家长会 安全', ['r2']],
		['家长会 记录', []],
		['2023-03', ['r0', 'r1']],
		['没有的', []],
		['  ', ['r0', 'r1', 'r2', 'r3', 'r4']]
	])('for “%s”', (text, expected) => {
		expect(passing({ text })).toEqual(expected);
	});

	it('finds new names once the fields are made anew', () => {
		const row: TestRow = { id: 'r', values: { leader: 'm01' } };
		const called = (name: string) => [{ ...fieldById(fields, 'leader'), text: () => name }];
		const isFound = (text: string, name: string): boolean =>
			compileFilter({ ...noFilter, text }, called(name), context).matches(row);
		expect(isFound('周', '周敬宁')).toBe(true);
		expect(isFound('周', '许国平')).toBe(false);
	});
});

describe('several conditions', () => {
	const conditions: readonly Condition[] = [
		{ kind: 'choice', field: 'aspect', op: 'anyOf', values: ['细'] },
		{ kind: 'person', field: 'leader', op: 'me' }
	];

	it('have all to be met, or any of them', () => {
		expect(passing({ conditions })).toEqual([]);
		expect(passing({ conditions, match: 'any' })).toEqual(['r0', 'r1', 'r2']);
	});

	it('are narrowed by the search and by the rows of a figure, whichever way they are matched', () => {
		expect(passing({ conditions, match: 'any', text: '食堂', rowIds: ['r2', 'r3'] })).toEqual([
			'r2'
		]);
		expect(passing({ rowIds: [] })).toEqual([]);
	});

	it('that cannot be asked are ignored and named', () => {
		const odd: readonly Condition[] = [
			{ kind: 'text', field: 'own:gone', op: 'filled' },
			{ kind: 'number', field: 'words', op: 'eq', number: 1 },
			{ kind: 'text', field: 'words', op: 'contains', text: ' ' },
			{ kind: 'multi', field: 'topics', op: 'noneOf', values: [] }
		];
		for (const match of ['all', 'any'] as const) {
			const compiled = compileFilter({ ...noFilter, match, conditions: odd }, fields, context);
			expect(compiled.ignored).toEqual([
				{ index: 0, why: 'unknownField' },
				{ index: 1, why: 'wrongKind' },
				{ index: 2, why: 'incomplete' },
				{ index: 3, why: 'incomplete' }
			]);
			expect(compiled.isFiltering).toBe(false);
			expect(passing({ match, conditions: odd })).toHaveLength(rows.length);
		}
	});
});

it('the people of several fields are one field', () => {
	const parts = [testField('leader', 'person'), testField('owner', 'person')];
	const involved = peopleField('involved', parts, (names) => names.join('、'));
	const mine: Condition = { kind: 'person', field: 'involved', op: 'me' };
	const { matches } = compileFilter({ ...noFilter, conditions: [mine] }, [involved], context);
	const row = (values: TestRow['values']): TestRow => ({ id: 'r', values });
	expect(matches(row({ leader: 'm03', owner: 'm01' }))).toBe(true);
	expect(matches(row({ leader: 'm03', owner: unreadable }))).toBe(false);
	expect(involved.text(row({ leader: 'm01', owner: 'm03' }))).toBe('周敬宁、梁晓芸');
	expect(involved.value(row({ leader: 'm01', owner: 'm01' }))).toEqual(['m01']);
});

describe('against a plain reading of the same questions', () => {
	const values = fc.record({
		words: fc.constantFrom('甲乙', '乙', 'ABC', null),
		item: fc.constantFrom(1, 2, 3, null),
		due: fc.constantFrom('2023-03-14', '2023-03-15', '2023-03-20', null),
		leader: fc.constantFrom(...Object.keys(names), null),
		topics: fc.subarray(['meals', 'safety', 'study'])
	});
	type Plain = readonly [Condition, (row: TestRow['values']) => boolean];
	const has = (row: TestRow['values'], value: string): boolean =>
		(row.topics as readonly string[]).includes(value);
	const questions: readonly Plain[] = [
		[{ kind: 'text', field: 'words', op: 'contains', text: 'b' }, (row) => row.words === 'ABC'],
		[
			{ kind: 'text', field: 'words', op: 'notContains', text: '乙' },
			(row) => row.words === 'ABC' || row.words === null
		],
		[
			{ kind: 'number', field: 'item', op: 'ge', number: 2 },
			(row) => row.item !== null && Number(row.item) >= 2
		],
		[{ kind: 'date', field: 'due', op: 'overdue' }, (row) => row.due === '2023-03-14'],
		[
			{ kind: 'date', field: 'due', op: 'within', days: 5 },
			(row) => row.due === '2023-03-15' || row.due === '2023-03-20'
		],
		[{ kind: 'person', field: 'leader', op: 'me' }, (row) => row.leader === 'm01'],
		[
			{ kind: 'multi', field: 'topics', op: 'allOf', values: ['meals', 'study'] },
			(row) => has(row, 'meals') && has(row, 'study')
		],
		[
			{ kind: 'multi', field: 'topics', op: 'noneOf', values: ['safety'] },
			(row) => !has(row, 'safety')
		]
	];

	it('the same rows pass', () => {
		fc.assert(
			fc.property(
				fc.array(values),
				fc.subarray([...questions]),
				fc.constantFrom('all' as const, 'any' as const),
				(all, asked, match) => {
					const plain = all.flatMap((row, index) => {
						const answers = asked.map(([, isMet]) => isMet(row));
						const passes =
							match === 'all' || asked.length === 0
								? !answers.includes(false)
								: answers.includes(true);
						return passes ? [`r${index}`] : [];
					});
					expect(passing({ match, conditions: asked.map(([one]) => one) }, all)).toEqual(plain);
				}
			)
		);
	});
});
