import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesToUtf8, utf8ToBytes } from '$lib/base/bytes.ts';
import { daysAhead, escapeText, foldLine, icsFile, type CalendarWish } from './icsFile.ts';

const wish: CalendarWish = {
	uid: 'c1.zhou@tongxin',
	summary: '3月三必谈：还有2位没有谈',
	description: '请在3月31日前谈完：\n梁秀英；许明, 张千\\李',
	due: '2023-03-31',
	tasks: [
		{ uid: 'c1.a@tongxin', summary: '与梁秀英同志谈心谈话' },
		{ uid: 'c1.b@tongxin', summary: '与许明同志谈心谈话' }
	],
	nowMs: Date.UTC(2023, 2, 27, 1, 2, 3)
};
const physical = (one: CalendarWish): string[] => bytesToUtf8(icsFile(one)).split('\r\n');
const logical = (one: CalendarWish): string[] =>
	bytesToUtf8(icsFile(one)).replaceAll('\r\n ', '').split('\r\n').slice(0, -1);

/** As a calendar reads it. */
const unescape = (text: string): string =>
	text.replace(/\\([\\;,nN])/g, (_, mark: string) => (/n/i.test(mark) ? '\n' : mark));

const words = fc.string({
	unit: fc.constantFrom('谈', '𠮷', 'a', ';', ',', '\\', ':', '"', ' ', '\n', 'é', '👨‍👩‍👧', '\u0007'),
	maxLength: 120
});

it('TK64 lines end with CRLF, none longer than 75 octets, and no character is cut', () => {
	fc.assert(
		fc.property(words, words, (summary, description) => {
			const text = bytesToUtf8(icsFile({ ...wish, summary, description }));
			expect(text.endsWith('\r\n')).toBe(true);
			expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
			for (const line of text.split('\r\n'))
				expect(utf8ToBytes(line).length).toBeLessThanOrEqual(75);
			expect(text).not.toContain('\ufffd');
		}),
		{ numRuns: 300 }
	);
});

it('TK64 what was written is read back', () => {
	fc.assert(
		fc.property(words, (description) => {
			const line = logical({ ...wish, description }).find((one) => one.startsWith('DESCRIPTION:'))!;
			expect(unescape(line.slice('DESCRIPTION:'.length))).toBe(
				description.replaceAll('\u0007', '')
			);
		}),
		{ numRuns: 300 }
	);
});

it('TK64 components are closed in order, and each has what it must have', () => {
	const open: string[] = [];
	const seen: string[] = [];
	for (const line of logical(wish)) {
		const [name = '', value = ''] = line.split(/:(.*)/s);
		if (name === 'BEGIN') open.push(value);
		else if (name === 'END') expect(open.pop()).toBe(value);
		else seen.push(`${open.at(-1)} ${name}`);
	}
	expect(open).toEqual([]);
	const count = (name: string) => seen.filter((one) => one === name).length;
	for (const name of ['UID', 'DTSTAMP', 'SUMMARY', 'DUE;VALUE=DATE'])
		expect(count(`VTODO ${name}`)).toBe(2);
	for (const name of ['UID', 'DTSTAMP', 'SUMMARY', 'DTSTART;VALUE=DATE'])
		expect(count(`VEVENT ${name}`)).toBe(1);
	for (const name of ['ACTION', 'TRIGGER', 'DESCRIPTION']) expect(count(`VALARM ${name}`)).toBe(1);
	for (const name of ['VERSION', 'PRODID']) expect(count(`VCALENDAR ${name}`)).toBe(1);
	expect(count('VCALENDAR METHOD')).toBe(0);
});

it('TK64 days are whole days, and instants are UTC', () => {
	const lines = logical(wish);
	expect(lines).toContain('DTSTART;VALUE=DATE:20230331');
	expect(lines).toContain('DTEND;VALUE=DATE:20230401');
	expect(lines.filter((line) => line === 'DUE;VALUE=DATE:20230331').length).toBe(2);
	expect(lines.filter((line) => line === 'DTSTAMP:20230327T010203Z').length).toBe(3);
	expect(lines).toContain('DESCRIPTION:请在3月31日前谈完：\\n梁秀英；许明\\, 张千\\\\李');
});

it('TK64 the reminder comes on the last working day before, at nine', () => {
	expect(daysAhead('2023-03-31')).toBe(1);
	expect(['2023-04-01', '2023-04-02', '2023-04-03'].map(daysAhead)).toEqual([1, 2, 3]);
	expect(physical(wish)).toContain('TRIGGER:-PT15H');
	expect(physical({ ...wish, due: '2023-04-02' })).toContain('TRIGGER:-PT39H');
});

it('TK64 a line of 75 octets stays whole, and marks are escaped', () => {
	expect(foldLine('a'.repeat(75))).toBe('a'.repeat(75));
	expect(foldLine('a'.repeat(76))).toBe(`${'a'.repeat(75)}\r\n a`);
	expect(foldLine(`${'a'.repeat(73)}谈`)).toBe(`${'a'.repeat(73)}\r\n 谈`);
	expect(escapeText('a;b,c\\d\r\ne')).toBe('a\\;b\\,c\\\\d\\ne');
});
