import { describe, expect, it } from 'vitest';
import { fold, TestReplica } from './fixtures/lifeStories.ts';
import { machineOf, type Actor, type GuardRow, type RowKind } from './guards.ts';
import type { EventType } from './lifeEvent.ts';
import { stepsAtOnce } from './stepsAtOnce.ts';

const organiser: Actor = { member: 'B', role: 'officer', posts: ['组织委员'] };
const officer: Actor = { member: 'C', role: 'officer', posts: ['宣传委员'] };

function row(
	id: string,
	kind: RowKind,
	steps: readonly EventType[],
	values: GuardRow['values']
): GuardRow {
	const replica = new TestReplica('C', machineOf(kind));
	for (const step of steps) replica.act(step);
	const life = fold(machineOf(kind), replica.events.values());
	return { id, values, measures: [], evidence: [], trash: null, life };
}

const whole = { manifestation: '课堂提问少', level: 'branch', aspect: '实' };
const rows = [
	row('a', 'problem', [], whole),
	row('b', 'problem', [], {}),
	row('c', 'problem', ['submit'], whole),
	row('d', 'problem', ['submit'], { manifestation: '食堂价格', aspect: '实' }),
	row('e', 'problem', ['submit'], { manifestation: '校门口拥堵' })
];
const lacks = (field: string, ...ids: string[]) => ({
	blocker: { kind: 'field', field },
	rows: ids
});

describe('one step for many rows', () => {
	it('says which rows can take it, and what the others lack', () => {
		expect(stepsAtOnce('problem', rows, organiser)).toEqual([
			{ step: 'submit', ready: ['a'], hindrances: [lacks('manifestation', 'b')], elsewhere: 3 },
			{
				step: 'confirm',
				ready: ['c'],
				hindrances: [lacks('level', 'd', 'e'), lacks('aspect', 'e')],
				elsewhere: 2
			}
		]);
	});

	it('a step that no row stands before is not offered', () => {
		const steps = stepsAtOnce('problem', rows.slice(0, 2), organiser);
		expect(steps.map(({ step }) => step)).toEqual(['submit']);
		expect(stepsAtOnce('problem', [], organiser)).toEqual([]);
	});

	it('who may not take it hears why, for all rows at once', () => {
		const confirm = stepsAtOnce('problem', rows, officer).find(({ step }) => step === 'confirm');
		expect(confirm?.ready).toEqual([]);
		expect(confirm?.hindrances[0]).toEqual({
			blocker: { kind: 'rule', rule: 'confirmersOnly' },
			rows: ['c', 'd', 'e']
		});
	});

	it('an opinion is taken in hand', () => {
		const opinions = [
			row('x', 'opinion', [], { words: '延长服务时间', responsibleId: 'C' }),
			row('y', 'opinion', ['take'], {})
		];
		expect(stepsAtOnce('opinion', opinions, officer)).toEqual([
			{ step: 'take', ready: ['x'], hindrances: [], elsewhere: 1 }
		]);
	});
});
