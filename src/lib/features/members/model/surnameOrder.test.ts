import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bySurnameStrokes } from './surnameOrder.ts';

const sorted = (names: string) =>
	names.split(' ').sort().reverse().sort(bySurnameStrokes).join(' ');

describe('bySurnameStrokes', () => {
	it('counts strokes, and among equals goes by 横竖撇点折', () => {
		const names = '丁一 习冬 马骏 王芳 卢明 白洁 冯雪 刘洋 孙悦 李建国 吴桐 何丽 张敏 陈晨';
		expect(sorted(names)).toBe(names);
		const more = '赵敏 袁立 郭强 黄蓉 谢婷 蔡文 潘志远 魏东';
		expect(sorted(more)).toBe(more);
	});

	it('puts the short name first within a surname, then goes by strokes', () => {
		const names = '王毅 王大中 王立新 李强 李干 李书林 李鸿飞';
		expect(sorted(names)).toBe('王毅 王大中 王立新 李干 李强 李书林 李鸿飞');
	});

	it('places a surname that is not listed among those with as many strokes', () => {
		expect(sorted('丁一 么志 马骏 王芳 魏东 麴文')).toBe('丁一 么志 马骏 王芳 魏东 麴文');
	});

	it('puts names in other letters last, and an empty one first', () => {
		expect(sorted('丁一 魏东 LiHua')).toBe('丁一 魏东 LiHua');
		expect([...['', '丁一']].sort(bySurnameStrokes)).toEqual(['', '丁一']);
	});

	it('is one order for all devices, whatever the names', () => {
		const name = fc.string({
			unit: fc.constantFrom(...'丁么乂马王李张吴黄谢麴魏aB·'),
			maxLength: 4
		});
		fc.assert(
			fc.property(name, name, name, (a, b, c) => {
				const [ab, bc, ac] = [
					bySurnameStrokes(a, b),
					bySurnameStrokes(b, c),
					bySurnameStrokes(a, c)
				].map(Math.sign);
				expect(Math.sign(bySurnameStrokes(b, a))).toBe(-ab! || 0);
				if (ab! <= 0 && bc! <= 0) expect(ac).toBeLessThanOrEqual(0);
			})
		);
	});
});
