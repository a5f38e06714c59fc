import { describe, expect, it } from 'vitest';
import { makeEvent } from '../life/fixtures/lifeStories.ts';
import { foldLife } from '../life/foldLife.ts';
import type { Actor } from '../life/guards.ts';
import type { EventType } from '../life/lifeEvent.ts';
import type { TableName } from '../rows/fields.ts';
import { machineOf, type LedgerRow } from '../rows/ledgerRow.ts';
import type { Measure } from '../rows/measures.ts';
import { rowDuties } from './rowDuties.ts';

const [secretary, responsible, officer, observer]: [Actor, Actor, Actor, Actor] = [
	{ member: 'A', role: 'secretary', posts: ['书记'] },
	{ member: 'B', role: 'officer', posts: ['宣传委员'] },
	{ member: 'C', role: 'officer', posts: ['纪检委员'] },
	{ member: 'O', role: 'observer', posts: [] }
];

function row(
	table: TableName,
	steps: readonly EventType[],
	values: LedgerRow['values'],
	measures: readonly Measure[] = []
): LedgerRow {
	const events = steps.map((type, at) =>
		makeEvent(`e${at}`, type, { tick: at + 1, after: at === 0 ? [] : [`e${at - 1}`] })
	);
	return {
		...{ id: 'r', order: 'V', seq: 1, createdBy: 'B', createdAt: null, trash: null },
		...{
			evidence: [],
			files: {},
			unreadableFiles: 0,
			comments: [],
			submissions: [],
			values,
			measures
		},
		life: foldLife(machineOf(table), events)
	};
}

const measure = (id: string, rest: Partial<Measure> = {}): Measure => ({
	...{ id, order: id, text: `措施${id}`, ownerId: null, due: null, doneOn: null },
	...rest
});

const toRectify: readonly EventType[] = ['submit', 'confirm'];
const rectifying: readonly EventType[] = [...toRectify, 'start'];
const toAccept: readonly EventType[] = [...rectifying, 'apply'];
const named = { manifestation: '作业批改不及时', responsibleId: 'B', leaderId: 'A' } as const;

const acceptance = (values: LedgerRow['values'], actor: Actor) =>
	rowDuties(row('problems', toAccept, values), 'problems', actor)[0]?.acceptance;

describe('a problem', () => {
	it('is the leader’s and the responsible person’s until it is settled', () => {
		const open = row('problems', rectifying, { ...named, due: '2023-05-31' });
		const [duty] = rowDuties(open, 'problems', responsible);
		expect(duty).toMatchObject({
			...{ kind: 'problem', title: '作业批改不及时', due: '2023-05-31', status: 'rectifying' },
			...{ people: ['A', 'B'], mine: true, acceptance: null }
		});
		expect(rowDuties(open, 'problems', secretary)[0]?.mine).toBe(true);
		expect(rowDuties(open, 'problems', officer)[0]?.mine).toBe(false);
		for (const end of ['accept', 'longTerm'] as const) {
			const ended = rowDuties(row('problems', [...toAccept, end], named), 'problems', responsible);
			expect(ended.map(({ kind }) => kind)).toEqual(end === 'accept' ? [] : ['review']);
		}
	});

	it('waits for whoever may say that it is one', () => {
		const waiting = row('problems', ['submit'], { manifestation: '值班有空缺' });
		expect(rowDuties(waiting, 'problems', secretary)[0]?.mine).toBe(true);
		expect(rowDuties(waiting, 'problems', officer)[0]?.mine).toBe(false);
	});

	it('is accepted by who is named, else by anyone but who put it right', () => {
		expect(acceptance(named, officer)).toBe('me');
		expect(acceptance(named, responsible)).toBe('others');
		expect(acceptance(named, observer)).toBe('others');
		const forSecretary = { ...named, verifierId: 'A' };
		expect(acceptance(forSecretary, secretary)).toBe('me');
		expect(acceptance(forSecretary, officer)).toBe('others');
		// Nobody may accept what he himself answers for.
		expect(acceptance({ ...named, verifierId: 'B' }, responsible)).toBe('others');
	});

	it('kept up for good is looked at again on its day and has no last one', () => {
		const kept = row('problems', [...rectifying, 'longTerm'], {
			...{ ...named, due: '2023-05-31', nextReviewOn: '2023-09-30' }
		});
		expect(rowDuties(kept, 'problems', responsible)[0]).toMatchObject({
			kind: 'review',
			due: '2023-09-30'
		});
	});

	it('in the trash asks for nothing', () => {
		const gone = { ...row('problems', rectifying, named), trash: { at: '', by: 'A' } };
		expect(rowDuties(gone, 'problems', responsible)).toEqual([]);
	});
});

describe('a measure', () => {
	const lines = (steps: readonly EventType[], ...measures: Measure[]) =>
		rowDuties(row('problems', steps, named, measures), 'problems', officer)
			.filter(({ kind }) => kind === 'measure')
			.map(({ measure: id, due, people, mine, of }) => ({ id, due, people, mine, of }));

	it('is a line of its own where it has a date or an owner, and is not done', () => {
		expect(
			lines(
				rectifying,
				measure('1', { due: '2023-04-30' }),
				measure('2', { ownerId: 'C' }),
				measure('3', { ownerId: 'B' }),
				measure('4'),
				measure('5', { due: '2023-04-30', doneOn: '2023-04-20' })
			)
		).toEqual([
			{ id: '1', due: '2023-04-30', people: ['B'], mine: false, of: '作业批改不及时' },
			{ id: '2', due: null, people: ['C'], mine: true, of: '作业批改不及时' }
		]);
	});

	it('is not waited for before its problem is confirmed, nor after it was handed in', () => {
		const dated = measure('1', { due: '2023-04-30' });
		expect(lines(['submit'], dated)).toEqual([]);
		expect(lines(toRectify, dated)).toHaveLength(1);
		expect(lines(toAccept, dated)).toEqual([]);
	});
});

describe('an opinion', () => {
	const values = { words: '希望增加延时服务', responsibleId: 'B', due: '2023-04-10' };
	const duty = (steps: readonly EventType[], more: LedgerRow['values'] = values) =>
		rowDuties(row('opinions', steps, more), 'opinions', responsible)[0];

	it('has its last day until it is dealt with, and then waits for the answer', () => {
		expect(duty(['take'])).toMatchObject({ kind: 'opinion', due: '2023-04-10', mine: true });
		expect(duty(['take', 'finish'])).toMatchObject({ status: 'done', due: null, mine: true });
		expect(duty(['take', 'finish', 'reply'])).toBeUndefined();
	});

	it('passed on stays in view as long as it has a date', () => {
		const passed = (more?: LedgerRow['values']) => {
			const events = [makeEvent('e', 'transfer', { target: '总务处' })];
			const at = {
				...row('opinions', [], more ?? values),
				life: foldLife(machineOf('opinions'), events)
			};
			return rowDuties(at, 'opinions', responsible)[0];
		};
		expect(passed()?.due).toBe('2023-04-10');
		expect(passed({ words: '谢谢' })).toBeUndefined();
	});
});
