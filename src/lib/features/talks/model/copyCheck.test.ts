import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	isQuoted,
	leastQuoted,
	leastRepeated,
	repeatedPassages,
	type CheckedRecord
} from './copyCheck.ts';
import { sectionIds, type SectionId } from './record/sections.ts';

const record = (key: string, texts: Partial<Record<SectionId, string>>): CheckedRecord<string> => ({
	key,
	texts: {
		...(Object.fromEntries(sectionIds.map((id) => [id, ''])) as Record<SectionId, string>),
		...texts
	}
});

const copied = '能够认真学习贯彻上级精神并结合实际抓好落实';

describe('the check for copied words', () => {
	it('finds what two records have in common, in whatever section and with whatever commas', () => {
		const mine = record('a', { thought: `同志${copied}，但学习时间少。` });
		const other = record('b', { work: `能够认真学习，贯彻上级精神，并结合 实际抓好落实。另外…` });
		expect(repeatedPassages(mine, [other, record('c', { work: '带班和课程任务饱满' })])).toEqual([
			{ key: 'b', section: 'thought', text: copied }
		]);
	});
	it('lets short phrases pass', () => {
		const phrase = copied.slice(0, leastRepeated - 1);
		const mine = record('a', { work: `${phrase}甲乙丙` });
		expect(repeatedPassages(mine, [record('b', { work: `${phrase}子丑寅` })])).toEqual([]);
	});
	it('finds a text that is the same to its last letter, the longest first', () => {
		const mine = record('a', { work: copied, difficulty: `${copied.slice(0, 14)}。` });
		const found = repeatedPassages(mine, [record('b', { work: copied })]);
		expect(found.map(({ text }) => text)).toEqual([copied, copied.slice(0, 14)]);
	});
	it('finds exactly the letters that stand in both, as a plain search does', () => {
		const text = fc.string({ unit: fc.constantFrom('甲', '乙', '，'), maxLength: 60 });
		fc.assert(
			fc.property(text, text, (one, other) => {
				const found = repeatedPassages(record('a', { work: one }), [record('b', { work: other })]);
				const plain = (words: string) => words.replaceAll('，', '');
				for (const passage of found) {
					expect(plain(passage.text).length).toBeGreaterThanOrEqual(leastRepeated);
					const letters = plain(passage.text);
					for (let at = 0; at + leastRepeated <= letters.length; at++)
						expect(plain(other)).toContain(letters.slice(at, at + leastRepeated));
				}
				const letters = plain(one);
				const isShared = (at: number) =>
					plain(other).includes(letters.slice(at, at + leastRepeated));
				const any = [...letters].some(
					(_, at) => at + leastRepeated <= letters.length && isShared(at)
				);
				expect(found.length > 0).toBe(any);
			})
		);
	});
	it('finds a clue quoted in the words it was said in, and not one that was rewritten', () => {
		const clue = '家长会以通报成绩为主，后进学生家长没有机会说话';
		expect(isQuoted('有人反映家长会，以通报成绩 为主', clue)).toBe(true);
		expect(isQuoted('家长会偏重讲分数，后进学生的家长得不到个别沟通', clue)).toBe(false);
		const letters = '家长会以通报成绩为主';
		expect(isQuoted(letters.slice(0, leastQuoted), clue)).toBe(true);
		expect(isQuoted(letters.slice(0, leastQuoted - 1), clue)).toBe(false);
	});
	it('finds a short clue only where all of it stands, and a mere word nowhere', () => {
		expect(isQuoted('校门口晚上没有灯', '门口没灯')).toBe(false);
		expect(isQuoted('反映门口没灯', '门口没灯。')).toBe(true);
		expect(isQuoted('食堂排队时间长', '食堂')).toBe(false);
		for (const nothing of ['', '，。']) expect(isQuoted('食堂排队', nothing)).toBe(false);
	});
});
