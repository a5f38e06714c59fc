import { describe, expect, it } from 'vitest';
import { nextYearTitle, parseYearTitle } from './yearTitle.ts';

describe('the name of a year’s ledgers', () => {
	it.each([
		['2026', { year: '2026', number: 1 }],
		['2026（2）', { year: '2026', number: 2 }],
		['2026（12）', { year: '2026', number: 12 }],
		['2026（0）', null],
		['2026(2)', null],
		['2026年主题教育台账', null],
		['', null]
	])('%s', (title, expected) => {
		expect(parseYearTitle(title)).toEqual(expected);
	});

	it.each([
		[[], '2026'],
		[['2025', '主题教育'], '2026'],
		[['2026'], '2026（2）'],
		[['2026（3）', '2026', '2025（7）'], '2026（4）']
	])('after %j it is %s', (titles, expected) => {
		expect(nextYearTitle(2026, titles)).toBe(expected);
	});

	it('is read back as it was written', () => {
		expect(parseYearTitle(nextYearTitle(2026, ['2026']))).toEqual({ year: '2026', number: 2 });
	});
});
