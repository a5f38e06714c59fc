import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeEvent, TestReplica } from './fixtures/lifeStories.ts';
import {
	eventTypes,
	maxNoteLength,
	maxParents,
	maxTick,
	parseLifeEvent,
	type LifeEvent
} from './lifeEvent.ts';
import { nextEvent } from './nextEvent.ts';

const { id, ...plain } = makeEvent('e1', 'extend', {
	tick: 3,
	after: ['e0'],
	note: '等材料',
	due: '2023-05-01',
	dueBefore: '2023-04-20',
	approver: 'm1',
	target: 'x',
	meeting: '第4次支委会',
	cadence: 'quarterly',
	nextReviewOn: '2023-07-01',
	evidenceIds: ['f1'],
	satisfaction: 'fair'
});

describe('parseLifeEvent', () => {
	it('LF21 reads what it wrote, and leaves out what it does not know', () => {
		expect(parseLifeEvent(id, plain)).toEqual({ id, ...plain });
		expect(parseLifeEvent(id, { ...plain, id: 'other', later: 1 })).toEqual({ id, ...plain });
	});

	it.each<[string, unknown]>([
		['nothing', null],
		['no object', 'extend'],
		['an unknown type', { ...plain, type: 'toString' }],
		['no author', { ...plain, by: '' }],
		['an endless author', { ...plain, by: 'm'.repeat(201) }],
		['no time', { ...plain, at: 'soon' }],
		['no real time', { ...plain, at: '2023-13-01T00:00:00Z' }],
		['a time that only looks like one', { ...plain, at: `2023-04-20T09:00:00Z${' '.repeat(9)}` }],
		['tick nought', { ...plain, tick: 0 }],
		['half a tick', { ...plain, tick: 1.5 }],
		['no number', { ...plain, tick: NaN }],
		['a tick beyond counting', { ...plain, tick: maxTick + 1 }],
		[
			'too many parents',
			{ ...plain, after: Array.from({ length: maxParents + 1 }, (_, n) => `e${n}`) }
		],
		['a parent that is no id', { ...plain, after: ['a b'] }],
		['a book of a note', { ...plain, note: 'x'.repeat(maxNoteLength + 1) }],
		['an empty note', { ...plain, note: '' }],
		['a day that does not exist', { ...plain, due: '2023-02-30' }],
		['an unknown cadence', { ...plain, cadence: 'daily' }],
		['evidence without end', { ...plain, evidenceIds: Array.from({ length: 201 }, () => 'f') }],
		['an extension to no day', { ...plain, due: undefined }],
		['a merge into nothing', { ...plain, type: 'merge', target: undefined }],
		['taking back nothing', { ...plain, type: 'retract', target: undefined }]
	])('LF21 %s is no event', (_, value) => {
		expect(parseLifeEvent(id, value)).toBeNull();
	});

	it('LF21 an id that could not be ours is no event', () => {
		for (const wrong of ['', 'a b', 'a'.repeat(65), '同'])
			expect(parseLifeEvent(wrong, plain)).toBeNull();
	});

	it('LF21 never throws', () => {
		const part = fc.oneof(fc.anything(), fc.constantFrom<unknown>(...Object.values(plain)));
		const record = fc.record(Object.fromEntries(Object.keys(plain).map((key) => [key, part])), {
			requiredKeys: []
		});
		fc.assert(
			fc.property(fc.string(), fc.oneof(record, fc.anything()), (anyId, value) => {
				const event = parseLifeEvent(anyId, value);
				expect(event === null || eventTypes.includes(event.type)).toBe(true);
			})
		);
	});
});

describe('nextEvent', () => {
	it('LF24 comes after all that this device has, and says what its author saw', () => {
		const [b, c] = [new TestReplica('B'), new TestReplica('C')];
		const first = b.act('submit');
		const other = c.act('submit');
		b.hear([other]);
		const event = b.act('confirm', { note: '' });
		expect(event).toMatchObject({
			tick: 2,
			after: [first.id, other.id],
			from: 'toVerify',
			by: 'B'
		});
		expect(event).not.toHaveProperty('note');
	});

	it('LF24 what it makes can be read, even after more heads than an event may name', () => {
		const replica = new TestReplica('B');
		replica.hear(Array.from({ length: 200 }, (_, n) => makeEvent(`h${n}`, 'settle')));
		const { id: made, ...value }: LifeEvent = nextEvent(
			replica.life,
			'submit',
			'm1',
			'2023-04-20T01:00:00.000Z',
			'new'
		);
		expect(parseLifeEvent(made, value)).toEqual({ id: made, ...value });
		expect(value.after).toHaveLength(maxParents);
	});
});
