import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketOf, occurrences, parseRrule } from './recurrence.ts';

const dates = (rrule: string, start: string, end: string, from = start) => {
	const rule = parseRrule(rrule);
	return rule && occurrences(rule, from, { start, end });
};

describe('occurrences', () => {
	it.each([
		['FREQ=MONTHLY;BYMONTHDAY=25', '2023-03-13', '2023-05-24', ['2023-03-25', '2023-04-25']],
		['FREQ=MONTHLY;BYMONTHDAY=-1', '2024-02-01', '2024-03-31', ['2024-02-29', '2024-03-31']],
		[
			'FREQ=MONTHLY;BYMONTHDAY=10,20,-1',
			'2023-02-15',
			'2023-03-10',
			['2023-02-20', '2023-02-28', '2023-03-10']
		],
		[
			'FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1',
			'2023-03-13',
			'2023-12-30',
			['2023-03-31', '2023-06-30', '2023-09-30']
		],
		['FREQ=WEEKLY;BYDAY=FR', '2023-03-13', '2023-03-24', ['2023-03-17', '2023-03-24']],
		['FREQ=WEEKLY;INTERVAL=2;BYDAY=SU', '2023-03-13', '2023-04-10', ['2023-03-19', '2023-04-02']],
		['FREQ=MONTHLY;BYDAY=1MO', '2023-03-01', '2023-04-30', ['2023-03-06', '2023-04-03']],
		['FREQ=MONTHLY;BYDAY=-1FR', '2023-03-01', '2023-04-30', ['2023-03-31', '2023-04-28']],
		['FREQ=DAILY', '2023-03-30', '2023-04-01', ['2023-03-30', '2023-03-31', '2023-04-01']],
		['FREQ=YEARLY;INTERVAL=3', '2023-03-13', '2026-03-13', ['2023-03-13', '2026-03-13']]
	])('%s between %s and %s', (rrule, start, end, expected) => {
		expect(dates(rrule, start, end)).toEqual(expected);
	});

	it('counts from the start of the rule, not of the span', () => {
		const rrule = 'FREQ=YEARLY;BYMONTH=3,4,5;BYMONTHDAY=-1;COUNT=2';
		expect(dates(rrule, '2023-04-01', '2023-12-31', '2023-03-01')).toEqual(['2023-04-30']);
	});

	it.each([
		'',
		'FREQ=HOURLY',
		'FREQ=MONTHLY;BYSETPOS=1',
		'FREQ=MONTHLY;BYMONTHDAY=x',
		'FREQ=WEEKLY;BYDAY=XX',
		'FREQ=DAILY;INTERVAL=0'
	])('%o is outside the subset', (rrule) => {
		expect(parseRrule(rrule)).toBeNull();
	});

	it('never throws, whatever the text', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const rule = parseRrule(text);
				const found = rule
					? occurrences(rule, '2023-01-01', { start: '2023-01-01', end: '2023-12-31' })
					: [];
				expect(found.every((date) => date >= '2023-01-01' && date <= '2023-12-31')).toBe(true);
			})
		);
	});
});

describe('bucketOf', () => {
	it.each([
		['2023-03-31', 'quarter', { start: '2023-01-01', end: '2023-03-31' }],
		['2023-04-05', 'month', { start: '2023-04-01', end: '2023-04-30' }],
		['2023-08-01', 'halfyear', { start: '2023-07-01', end: '2023-12-31' }],
		['2023-03-15', 'week', { start: '2023-03-13', end: '2023-03-19' }],
		['2023-03-15', 'term', null]
	] as const)('%s in its %s', (date, period, expected) => {
		expect(bucketOf(date, period)).toEqual(expected);
	});
});
