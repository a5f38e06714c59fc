import { expect, it } from 'vitest';
import { typedDue } from './typedDue.ts';

const today = '2026-11-22';
const spring = { period: { start: '2023-03-01', end: '2023-04-30' } };
const year = { period: { start: '2023-01-01', end: '2023-12-31' } };
const schoolYear = { period: { start: '2023-09-01', end: '2024-07-15' } };

it.each([
	['3.15', spring, '2023-03-15'],
	['5月10日', spring, '2023-05-10'],
	['3.15', year, '2023-03-15'],
	['12.20', year, '2023-12-20'],
	['3.15', schoolYear, '2024-03-15'],
	['10.15', schoolYear, '2023-10-15'],
	['2025-3-15', spring, '2025-03-15'],
	['3.15', { period: null, issuedOn: '2023-03-13' }, '2023-03-15'],
	['3.15', { period: null, issuedOn: null }, '2027-03-15'],
	['明天', spring, '2026-11-23'],
	['不知道', spring, null]
])('%s in %j is %s', (text, context, date) => {
	expect(typedDue(text, context, today)).toBe(date);
});
