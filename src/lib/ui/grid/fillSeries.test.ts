import { describe, expect, it } from 'vitest';
import { fillBlock, fillTo } from './fillSeries.ts';

const always = () => true;
const column = (...cells: string[]) => cells.map((cell) => [cell]);
const range = { top: 0, bottom: 1, left: 0, right: 0 };
const down = (count: number) =>
	({ direction: 'down', range: { top: 2, bottom: 1 + count, left: 0, right: 0 } }) as const;
const up = (count: number) =>
	({ direction: 'up', range: { top: 0, bottom: count - 1, left: 0, right: 0 } }) as const;

describe('fillTo', () => {
	it('takes the direction in which the pointer went furthest, without the selection', () => {
		expect(fillTo(range, { row: 4, column: 1 })).toEqual({
			direction: 'down',
			range: { top: 2, bottom: 4, left: 0, right: 0 }
		});
		expect(fillTo(range, { row: 1, column: 2 })).toEqual({
			direction: 'right',
			range: { top: 0, bottom: 1, left: 1, right: 2 }
		});
		expect(fillTo({ top: 3, bottom: 4, left: 2, right: 2 }, { row: 1, column: 2 })).toEqual({
			direction: 'up',
			range: { top: 1, bottom: 2, left: 2, right: 2 }
		});
	});
	it('fills nothing inside the selection', () => {
		expect(fillTo(range, { row: 1, column: 0 })).toBeNull();
	});
});

describe('fillBlock goes on with', () => {
	it.each([
		['numbers', ['1', '3'], 2, ['5', '7']],
		['numbers going down', ['3', '2', '1'], 2, ['0', '-1']],
		['decimals, without the machine’s rounding', ['0.1', '0.2'], 2, ['0.3', '0.4']],
		['days', ['2024-02-27', '2024-02-28'], 2, ['2024-02-29', '2024-03-01']],
		['weeks', ['2024-12-24', '2024-12-31'], 1, ['2025-01-07']],
		['the same day of each month', ['2024-11-15', '2024-12-15'], 1, ['2025-01-15']],
		['last days of months', ['2023-12-31', '2024-01-31'], 2, ['2024-02-29', '2024-03-31']],
		['a quarter', ['2024-01-10', '2024-04-10'], 1, ['2024-07-10']]
	])('%s', (_, cells, count, next) => {
		expect(fillBlock(column(...cells), down(count), always)).toEqual(column(...next));
	});
	it('backwards when dragged up', () => {
		expect(fillBlock(column('5', '7'), up(2), always)).toEqual(column('1', '3'));
		expect(fillBlock(column('2024-03-01', '2024-03-02'), up(2), always)).toEqual(
			column('2024-02-28', '2024-02-29')
		);
	});
	it('along a row', () => {
		const fill = { direction: 'right', range: { top: 0, bottom: 0, left: 2, right: 3 } } as const;
		expect(fillBlock([['2', '4']], fill, always)).toEqual([['6', '8']]);
		expect(fillBlock([['2', '4']], fill, (at) => at === 0)).toEqual([['2', '4']]);
	});
});

describe('fillBlock repeats', () => {
	it.each([
		['one number', ['1'], 3, ['1', '1', '1']],
		['texts in turn', ['甲', '乙'], 3, ['甲', '乙', '甲']],
		['numbers of uneven steps', ['1', '2', '4'], 2, ['1', '2']],
		['identity numbers', ['110101199001011234', '110101199001011235'], 1, ['110101199001011234']],
		['numbers with leading zeros', ['001', '002'], 1, ['001']],
		['dates that are none', ['2024-02-30', '2024-02-31'], 1, ['2024-02-30']],
		['numbers among texts', ['1', '甲'], 2, ['1', '甲']]
	])('%s', (_, cells, count, next) => {
		expect(fillBlock(column(...cells), down(count), always)).toEqual(column(...next));
	});
	it('where the column is no series', () => {
		expect(fillBlock(column('1', '2'), down(2), () => false)).toEqual(column('1', '2'));
	});
	it('upwards so that the pattern goes on', () => {
		expect(fillBlock(column('甲', '乙'), up(3), always)).toEqual(column('乙', '甲', '乙'));
	});
});
