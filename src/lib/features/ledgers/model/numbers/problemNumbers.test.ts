import { describe, expect, it } from 'vitest';
import {
	problemStory,
	storyCatalogue,
	storyDay,
	tableStory,
	type Step
} from './fixtures/branchStory.ts';
import type { LedgerRow } from '../rows/ledgerRow.ts';
import { builtInViews } from '../view/builtInViews.ts';
import { compileFilter } from '../view/filter.ts';
import type { ViewField } from '../view/viewField.ts';
import { shareOf, type Figure } from './figure.ts';
import { problemNumbers } from './problemNumbers.ts';

const { ids, rows } = problemStory();
const numbers = problemNumbers(rows, storyCatalogue, storyDay);

const viewFields: readonly ViewField<LedgerRow>[] = [
	{ id: 'due', kind: 'date', value: ({ values }) => values.due ?? null, text: () => '' },
	{ id: 'status', kind: 'choice', value: ({ life }) => life.status, text: () => '' }
];
const brief = ({ value, of }: Figure): string => (of === null ? `${value}` : `${value}/${of}`);
const namesIn = ({ rowIds }: Figure): string[] =>
	Object.entries(ids).flatMap(([name, id]) => (rowIds.includes(id) ? [name] : []));

describe('the problems of a branch', () => {
	it('are a third closed, a third kept up, a third under way; nothing merged or rejected counts', () => {
		expect(brief(numbers.listed)).toBe('6');
		expect(brief(numbers.unconfirmed)).toBe('1/6');
		expect(brief(numbers.confirmed)).toBe('5/6');
		expect(brief(numbers.closing.done)).toBe('1/5');
		expect(shareOf(numbers.closing.done)).toBe(0.2);
		expect(brief(numbers.longTerm)).toBe('1/5');
		expect(brief(numbers.underWay)).toBe('3/5');
		expect([numbers.toRectify, numbers.rectifying, numbers.toAccept].map(brief)).toEqual([
			'1/5',
			'1/5',
			'1/5'
		]);
	});

	it('are late and soon due by day, what is kept up never', () => {
		expect(namesIn(numbers.overdue)).toEqual(['canteen']);
		expect(namesIn(numbers.dueSoon)).toEqual(['parents']);
	});

	it.each(['overdue', 'dueSoon'] as const)('%s are those of the view of that name', (name) => {
		const { filter } = builtInViews.problems.find(({ id }) => id === name)!.spec;
		const { matches } = compileFilter(filter, viewFields, { today: storyDay, self: 'm01' });
		expect(numbers[name].rowIds).toEqual(rows.filter(matches).map(({ id }) => id));
	});

	it('were put right in time, at once and in so many days', () => {
		expect(brief(numbers.immediate.done)).toBe('0/1');
		expect(namesIn(numbers.immediate.rest)).toEqual(['canteen']);
		expect(brief(numbers.onTime.done)).toBe('1/2');
		expect(namesIn(numbers.onTime.done)).toEqual(['minutes']);
		expect(numbers.averageDays?.value).toBe(10);
	});

	it('were sent back and extended so many times', () => {
		expect([numbers.returns.value, namesIn(numbers.returns)]).toEqual([1, ['canteen']]);
		expect([numbers.extensions.value, namesIn(numbers.extensions)]).toEqual([1, ['canteen']]);
	});

	it('are told apart by person, aspect and source', () => {
		const person = numbers.byPerson.find(({ key }) => key === 'm03')!;
		expect(brief(person.total)).toBe('2');
		expect(brief(person.parts.open)).toBe('2/2');
		expect(numbers.byPerson.at(-1)!.key).toBe('');
		expect(numbers.byAspect.map(({ key, total }) => [key, total.value])).toEqual([
			['严', 1],
			['实', 2],
			['细', 3]
		]);
		const talk = numbers.bySource.find(({ key }) => key === 'talk')!;
		expect(namesIn(talk.total)).toEqual(['parents', 'paperwork']);
		expect(numbers.bySource.map(({ key }) => key)).toEqual([
			...['selfCheck', 'talk', 'opinions', 'orgLifeMeeting', 'circular']
		]);
	});

	it('have a month in which they came and one in which they were closed', () => {
		expect(
			numbers.months.map(({ month, opened, closed }) => [month, opened.value, closed.value])
		).toEqual([['2023-03', 6, 1]]);
		const april = problemNumbers(rows, storyCatalogue, '2023-05-02');
		expect(april.months.map(({ month, opened }) => [month, opened.value])).toEqual([
			['2023-03', 6],
			['2023-04', 0],
			['2023-05', 0]
		]);
	});

	it('can each be found again by name', () => {
		expect(numbers.figures.get('overdue')).toBe(numbers.overdue);
		expect(numbers.figures.get('responsibleId.open.m03')?.value).toBe(2);
		expect(numbers.figures.get('itemNo.6')?.value).toBe(2);
		for (const [name, figure] of numbers.figures) expect(figure.name).toBe(name);
	});
});

const closedOn = (day: string): Step[] => [
	['2023-03-01', 'submit'],
	['2023-03-02', 'confirm'],
	['2023-03-03', 'start'],
	['2023-03-04', 'apply'],
	[day, 'accept']
];

describe('by the calendar', () => {
	it('closing on the last day is in time, a day later is late', () => {
		const story = tableStory('problems');
		const due = '2023-03-20';
		const inTime = story.tell({ due }, ...closedOn('2023-03-20'));
		story.tell({ due }, ...closedOn('2023-03-21'));
		const { onTime } = problemNumbers(story.rows, null, storyDay);
		expect(brief(onTime.done)).toBe('1/2');
		expect(onTime.done.rowIds).toEqual([inTime]);
	});

	it('what was closed and never had a date is neither in time nor late', () => {
		const story = tableStory('problems');
		story.tell({}, ...closedOn('2023-03-20'));
		const { onTime, closing } = problemNumbers(story.rows, null, storyDay);
		expect(brief(onTime.done)).toBe('0/0');
		expect(shareOf(onTime.done)).toBeNull();
		expect(brief(closing.done)).toBe('1/1');
	});

	it('what came back after closing is not closed, and its days begin to count again', () => {
		const story = tableStory('problems');
		const id = story.tell({ due: '2023-03-20' }, ...closedOn('2023-03-10'));
		story.go(id, ['2023-03-25', 'reopen', { note: '再次发现' }]);
		const back = problemNumbers(story.rows, null, storyDay);
		expect(brief(back.closing.done)).toBe('0/1');
		expect(back.averageDays).toBeNull();
		expect(back.overdue.rowIds).toEqual([id]);
	});

	it('an empty list has no figures to be ashamed of', () => {
		const none = problemNumbers([], null, storyDay);
		expect(brief(none.closing.done)).toBe('0/0');
		expect(none.months).toEqual([]);
		expect(none.averageDays).toBeNull();
	});
});
