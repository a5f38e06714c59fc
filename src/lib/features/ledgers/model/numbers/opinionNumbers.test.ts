import { describe, expect, it } from 'vitest';
import {
	opinionStory,
	problemStory,
	storyCatalogue,
	storyDay,
	tableStory
} from './fixtures/branchStory.ts';
import { shareOf } from './figure.ts';
import { coverageOf } from './items.ts';
import { opinionNumbers } from './opinionNumbers.ts';
import { problemNumbers } from './problemNumbers.ts';

const { ids, rows } = opinionStory();
const numbers = opinionNumbers(rows, storyDay);

describe('the opinions of scenario S5', () => {
	it('are four; 办结率 2/4 = 50 %, 反馈率 1/4 = 25 %', () => {
		expect(numbers.active).toMatchObject({ value: 4, of: 5 });
		expect(numbers.settling.done).toMatchObject({ value: 2, of: 4 });
		expect(numbers.settling.done.rowIds).toEqual([ids.four, ids.five]);
		expect(shareOf(numbers.settling.done)).toBe(0.5);
		expect(numbers.replying.done).toMatchObject({ value: 1, of: 4, rowIds: [ids.four] });
		expect(shareOf(numbers.replying.done)).toBe(0.25);
		expect(numbers.settling.rest.rowIds).toEqual([ids.one, ids.three]);
	});

	it('satisfied whom they asked', () => {
		expect(numbers.satisfaction.done).toMatchObject({ value: 1, of: 1, rowIds: [ids.four] });
	});

	it('are told apart by channel, group and topic', () => {
		expect(numbers.byChannel.map(({ key, total }) => [key, total.value])).toEqual([
			['parentMeeting', 1],
			['teacherForum', 1],
			['box', 1],
			['phone', 1]
		]);
		const parents = numbers.byGroup.find(({ key }) => key === 'parents')!;
		expect([parents.total.value, parents.parts.settled.value, parents.parts.replied.value]).toEqual(
			[2, 1, 1]
		);
		expect(numbers.byTopic.map(({ key, total }) => [key, total.value])).toEqual([
			['safety', 1],
			['afterClass', 1],
			['', 2]
		]);
	});

	it('became problems', () => {
		expect(numbers.toProblem.rowIds).toEqual([ids.one]);
	});
});

describe('settled', () => {
	it('is not what was declined without a word of explanation', () => {
		const story = tableStory('opinions');
		const bare = story.tell({ on: '2023-03-14' }, ['2023-03-15', 'decline']);
		const told = story.tell({ on: '2023-03-14', result: '已当面说明' }, ['2023-03-15', 'decline']);
		const { settling, declined } = opinionNumbers(story.rows, storyDay);
		expect(settling.done.rowIds).toEqual([told]);
		expect(settling.rest.rowIds).toEqual([bare]);
		expect(declined.rowIds).toEqual([told]);
	});

	it('is not what was passed on', () => {
		const story = tableStory('opinions');
		story.tell({ on: '2023-03-14' }, ['2023-03-15', 'transfer', { target: '总务处' }]);
		expect(opinionNumbers(story.rows, storyDay).settling.done).toMatchObject({ value: 0, of: 1 });
	});
});

describe('coverage of the catalogue', () => {
	const problems = problemNumbers(problemStory().rows, storyCatalogue, storyDay);

	it('counts items with a problem or an opinion, and names those without', () => {
		const coverage = coverageOf(storyCatalogue, problems.byItem, numbers.byItem)!;
		expect([coverage.value, coverage.of]).toEqual([5, 6]);
		const empty = coverage.items.filter((one) => one.problems === null && one.opinions === null);
		expect(empty.map(({ item }) => item.no)).toEqual([2]);
		const six = coverage.items.find(({ item }) => item.no === 6)!;
		expect([six.problems?.value, six.opinions?.value]).toEqual([2, 1]);
		expect(coverage.opinionIds).toEqual([ids.three]);
	});

	it('is nothing without a catalogue', () => {
		expect(coverageOf(null, problems.byItem, numbers.byItem)).toBeNull();
	});
});
