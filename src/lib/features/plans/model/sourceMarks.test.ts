import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { springNotice } from './fixtures/springNotice.ts';
import { changedSpans, repairMarks } from './repairMarks.ts';
import { sourceLines } from './sourceMarks.ts';

describe('sourceLines', () => {
	it('keeps every character, and marks deadlines and suspects in their lines', () => {
		const notice = {
			...springNotice(),
			cleanText:
				'通知\n清河县\n\n一、学习教育\n1.组织专题学习,3月底前完成。\n2.开展宣讲?。\n二、常规工作\n1.落实。',
			suspects: [{ line: 5, at: 6, excerpt: '?' }]
		};
		const lines = sourceLines(notice, new Map());
		expect(lines.map(({ parts }) => parts.map(({ text }) => text).join('')).join('\n')).toBe(
			notice.cleanText
		);
		expect(lines[4]).toMatchObject({ tasks: [0], section: null });
		expect(lines[4]?.parts).toContainEqual({ text: '3月底前', mark: 'deadline' });
		expect(lines[5]?.parts).toContainEqual({ text: '?', mark: 'suspect' });
		expect(lines[3]).toMatchObject({ tasks: [], section: 0 });
	});
});

describe('repairMarks', () => {
	it('points at what was repaired, not at what was only stripped or simplified', () => {
		const raw = '來(lái)源:黨(dǎng)委(wěi)辦\n各“青少年黨!,3月開(kāi)展';
		const marks = repairMarks(raw, '来源:党委办\n各“青少年党校”,3月开展');
		const spans = marks.get(1) ?? [];
		expect(marks.has(0)).toBe(false);
		expect(spans.length).toBeGreaterThan(0);
		expect(spans.every(({ from, to }) => from < to && to <= 14)).toBe(true);
	});

	it('finds spans that lie inside the new text, in order, and none for equal texts', () => {
		const text = fc.string({ unit: fc.constantFrom('党', '校', '”', ',', '3'), maxLength: 20 });
		fc.assert(
			fc.property(text, text, (before, after) => {
				const spans = changedSpans(before, after);
				expect(changedSpans(after, after)).toEqual([]);
				for (const [i, { from, to }] of spans.entries()) {
					expect(from).toBeGreaterThanOrEqual(spans[i - 1]?.from ?? 0);
					expect(to).toBeGreaterThan(from);
				}
			})
		);
	});
});
