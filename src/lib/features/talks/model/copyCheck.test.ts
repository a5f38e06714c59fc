import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastRepeated, repeatedPassages, type CheckedRecord } from './copyCheck.ts';
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
});
