import { describe, expect, it } from 'vitest';
import { addDays } from '$lib/base/typedDate.ts';
import { dayByKey, monthFrom, monthOf, weekdayOf, weeksOf } from './monthDays.ts';

describe('a month', () => {
	it('begins its weeks on Monday and holds each of its days once', () => {
		for (let month = '2022-01'; month < '2025-01'; month = monthFrom(month, 1)) {
			const weeks = weeksOf(month);
			const days = weeks.flat();
			expect(weeks.every((week) => week.length === 7 && weekdayOf(week[0]!) === 1)).toBe(true);
			expect(days).toEqual(days.map((_, at) => addDays(days[0]!, at)));
			const own = days.filter((day) => monthOf(day) === month);
			expect(own[0]).toBe(`${month}-01`);
			expect(addDays(own.at(-1)!, 1)).toBe(`${monthFrom(month, 1)}-01`);
			// No week without a day of the month.
			expect(weeks.every((week) => week.some((day) => monthOf(day) === month))).toBe(true);
		}
	});

	it('of 28 days from a Monday fills four weeks', () => {
		expect(weeksOf('2027-02').length).toBe(4);
	});

	it('comes after December, and before January', () => {
		expect([monthFrom('2023-12', 1), monthFrom('2023-01', -1)]).toEqual(['2024-01', '2022-12']);
	});
});

describe('keys in a month', () => {
	it.each([
		['2023-03-15', 'ArrowLeft', '2023-03-14'],
		['2023-03-31', 'ArrowRight', '2023-04-01'],
		['2023-03-15', 'ArrowDown', '2023-03-22'],
		['2023-03-15', 'Home', '2023-03-13'],
		['2023-03-15', 'End', '2023-03-19'],
		['2023-03-31', 'PageUp', '2023-02-28'],
		['2023-01-31', 'PageDown', '2023-02-28'],
		['2023-03-15', 'PageDown', '2023-04-15'],
		['2023-03-15', 'x', null]
	])('from %s by %s to %s', (from, pressed, to) => {
		expect(dayByKey(from, pressed)).toBe(to);
	});
});
