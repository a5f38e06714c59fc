import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, isYmd, localYmd, parsePastDate, parseTypedDate, realYmd } from './typedDate.ts';

const today = '2023-03-15'; // a Wednesday

describe('parseTypedDate', () => {
	it.each([
		['3.15', '2023-03-15'],
		['3月15日', '2023-03-15'],
		['三月十五日', '2023-03-15'],
		['二〇二三年四月三十日', '2023-04-30'],
		['3/20', '2023-03-20'],
		['2023-3-15', '2023-03-15'],
		['2023/3/15', '2023-03-15'],
		['2023.03.05', '2023-03-05'],
		['2023年3月15日', '2023-03-15'],
		['23.3.15', '2023-03-15'],
		['20230315', '2023-03-15'],
		['2023-03-15 00:00:00', '2023-03-15'],
		['2023-03-15T08:00:00Z', '2023-03-15'],
		['45000', '2023-03-15'],
		['45000.5', '2023-03-15'],
		['4月30日前', '2023-04-30'],
		['2023年4月底前', '2023-04-30'],
		['4月底', '2023-04-30'],
		['月底', '2023-03-31'],
		['本月底', '2023-03-31'],
		['下月底', '2023-04-30'],
		['下个月5日', '2023-04-05'],
		['年底', '2023-12-31'],
		['2024年底', '2024-12-31'],
		['15日', '2023-03-15'],
		['14日', '2023-04-14'],
		['今天', '2023-03-15'],
		['明天', '2023-03-16'],
		['后天', '2023-03-17'],
		['大后天', '2023-03-18'],
		['周五', '2023-03-17'],
		['星期二', '2023-03-21'],
		['本周日', '2023-03-19'],
		['下周五', '2023-03-24'],
		['下星期天', '2023-03-26'],
		['3天后', '2023-03-18'],
		['两周内', '2023-03-29'],
		['3月15日', '2023-03-15'],
		['tomorrow', '2023-03-16']
	])('reads %s as %s', (typed, expected) => {
		expect(parseTypedDate(typed, today)).toBe(expected);
	});

	it.each([
		'',
		'尽快',
		'2月30日',
		'13.1',
		'4月中旬',
		'3',
		'立行立改',
		'第14项',
		'constructor',
		'3.15万'
	])('does not guess at %s', (typed) => {
		expect(parseTypedDate(typed, today)).toBeNull();
	});

	it('takes the coming year for a day long past, this year for one just past', () => {
		expect(parseTypedDate('1.5', '2023-12-20')).toBe('2024-01-05');
		expect(parseTypedDate('11.30', '2023-12-20')).toBe('2023-11-30');
		expect(parseTypedDate('2.29', '2023-03-15')).toBe('2024-02-29');
	});

	it('gives a real date or null for anything at all, and reads its own output', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom(...'0123456789.-/年月日周下本底一十天后 T:') }),
				(text) => {
					const found = parseTypedDate(text, today);
					expect(found === null || isYmd(found)).toBe(true);
					if (found !== null) expect(parseTypedDate(found, today)).toBe(found);
				}
			)
		);
	});
});

it('counts days over the ends of months and years', () => {
	expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
	expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
	expect(realYmd(2023, 2, 29)).toBeNull();
	expect(isYmd('2023-2-1')).toBe(false);
});

it('takes the local day, not the one in Greenwich', () => {
	expect(localYmd(new Date(2023, 2, 15, 0, 30).getTime())).toBe('2023-03-15');
});

describe('a day that lies behind', () => {
	it.each([
		['3月20日', '2026-03-20'],
		['3.20', '2026-03-20'],
		['12月5日', '2025-12-05'],
		['11月26日', '2026-11-26'],
		['昨天', '2026-11-25'],
		['2027年3月20日', '2027-03-20'],
		['明天', '2026-11-27'],
		['不久前', null]
	])('%s', (typed, date) => {
		expect(parsePastDate(typed, '2026-11-26')).toBe(date);
	});
});
