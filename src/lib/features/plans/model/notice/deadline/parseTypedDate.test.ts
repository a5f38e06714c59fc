import { describe, expect, it } from 'vitest';
import { parseTypedDate } from './parseTypedDate.ts';

describe('a date typed by hand', () => {
	it.each([
		['3.15', '2023-03-15'],
		['3/15', '2023-03-15'],
		['３月１５日', '2023-03-15'],
		['2023-3-15', '2023-03-15'],
		['2023年3月15日', '2023-03-15'],
		['20230405', '2023-04-05'],
		['明天', '2023-03-14'],
		['大后天', '2023-03-16'],
		['三天后', '2023-03-16'],
		['下周五', '2023-03-24'],
		['周五', '2023-03-17'],
		['15日', '2023-03-15'],
		['二十号', '2023-03-20'],
		['月底', '2023-03-31'],
		['下月10日前', '2023-04-10'],
		['年底', '2023-12-31'],
		['国庆节', '2023-10-01']
	])('%s is %s', (typed, date) => {
		expect(parseTypedDate(typed, '2023-03-13')).toBe(date);
	});

	it('takes the next year for a month long past', () => {
		expect(parseTypedDate('1.15', '2023-12-20')).toBe('2024-01-15');
	});

	it.each(['', 'abc', '2.30', '2023-13-01', '每月5日', '尽快', '第一季度工作计划'])(
		'refuses %s',
		(typed) => {
			expect(parseTypedDate(typed, '2023-03-13')).toBeNull();
		}
	);
});
