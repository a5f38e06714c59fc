import { describe, expect, it } from 'vitest';
import type { TextBlock } from '../../model/record/sections.ts';
import { nestBlocks, type TextPart } from './nestBlocks.ts';

const block = (kind: TextBlock['kind'], no: number, depth: number, text: string): TextBlock => ({
	...{ kind, no, depth },
	runs: [{ text, bold: false }]
});
const show = (part: TextPart): string =>
	part.kind === 'paragraph'
		? part.block.runs.map(({ text }) => text).join('')
		: `${part.kind}${part.start}(${part.items.map((item) => item.map(show).join('+')).join(' ')})`;
const shown = (...blocks: TextBlock[]) => nestBlocks(blocks).map(show).join(' | ');

describe('lines of a section as lists in lists', () => {
	it('go on in one list, and begin another where the numbers do', () => {
		expect(
			shown(
				block('paragraph', 0, 0, '前'),
				block('bullet', 1, 0, '甲'),
				block('bullet', 2, 0, '乙'),
				block('number', 3, 0, '丙'),
				block('number', 4, 0, '丁'),
				block('number', 1, 0, '戊')
			)
		).toBe('前 | ul1(甲 乙) | ol3(丙 丁) | ol1(戊)');
	});
	it('lie in the item before them when they are deeper', () => {
		expect(
			shown(
				block('bullet', 1, 0, '甲'),
				block('number', 1, 1, '一'),
				block('paragraph', 0, 1, '又'),
				block('number', 2, 1, '二'),
				block('bullet', 2, 0, '乙')
			)
		).toBe('ul1(甲+ol1(一+又 二) 乙)');
	});
	it('are taken as they come when a crafted document skips a level', () => {
		expect(shown(block('bullet', 1, 3, '深'), block('paragraph', 0, 0, '后'))).toBe('ul1(深) | 后');
	});
});
