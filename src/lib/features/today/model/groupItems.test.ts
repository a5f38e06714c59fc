import { describe, expect, it } from 'vitest';
import { daysUntil, groupItems, type TodayScope } from './groupItems.ts';
import type { TodayItem } from './todaySource.ts';

const today = '2023-03-15';

const item = (id: string, rest: Partial<TodayItem> = {}): TodayItem => ({
	...{ id, href: `/${id}`, title: id, kind: () => '任务', of: () => '计划', mark: null },
	...{ due: null, people: [], mine: true, acceptance: null },
	...rest
});

const grouped = (scope: TodayScope, ...items: readonly TodayItem[]) =>
	groupItems(items, scope, today).map(({ key, items: found }) => [key, found.map(({ id }) => id)]);

describe('groupItems', () => {
	it('sorts what is mine by how soon it presses; the due day itself is in time', () => {
		expect(
			grouped(
				'mine',
				item('undated'),
				item('later', { due: '2023-03-23' }),
				item('in a week', { due: '2023-03-22' }),
				item('today', { due: today }),
				item('yesterday', { due: '2023-03-14' }),
				item('long ago', { due: '2014-01-01' }),
				item('a colleague’s', { due: today, mine: false })
			)
		).toEqual([
			['overdue', ['long ago', 'yesterday']],
			['soon', ['today', 'in a week']],
			['other', ['later', 'undated']]
		]);
	});

	it('puts what waits for my acceptance under it alone, also when it is late or not mine', () => {
		expect(
			grouped(
				'mine',
				item('to accept', { due: '2023-03-01', mine: false, acceptance: 'me' }),
				item('handed in', { due: '2023-03-01', acceptance: 'others' }),
				item('no concern of mine', { mine: false, acceptance: 'others' })
			)
		).toEqual([
			['overdue', ['handed in']],
			['acceptance', ['to accept']]
		]);
	});

	it('shows of the branch what presses, and leaves the rest to plans and ledgers', () => {
		expect(
			grouped(
				'branch',
				item('late', { due: '2023-03-01', mine: false }),
				item('undated'),
				item('later', { due: '2023-06-01' }),
				item('theirs to accept', { mine: false, acceptance: 'others' }),
				item('mine to accept', { due: '2023-03-20', acceptance: 'me' })
			)
		).toEqual([
			['overdue', ['late']],
			['acceptance', ['mine to accept', 'theirs to accept']]
		]);
	});

	it('has no section without lines', () => {
		expect(grouped('mine')).toEqual([]);
		expect(grouped('branch', item('undated'))).toEqual([]);
	});
});

describe('daysUntil', () => {
	it('counts whole days over months, leap days and years', () => {
		expect(daysUntil('2023-03-15', today)).toBe(0);
		expect(daysUntil('2023-03-20', today)).toBe(5);
		expect(daysUntil('2023-02-28', today)).toBe(-15);
		expect(daysUntil('2024-03-15', today)).toBe(366);
	});
});
