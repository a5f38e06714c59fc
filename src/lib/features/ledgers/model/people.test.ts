import { describe, expect, it } from 'vitest';
import { personByName } from './people.ts';
import { people } from './testLedger.ts';

const idOf = (text: string) => personByName(people, text)?.id ?? null;

describe('personByName', () => {
	it('takes names as they stand in tables', () => {
		expect(['周敬宁', ' 周 敬宁', '梁晓芸（组织委员）', '组织委员梁晓芸'].map(idOf)).toEqual([
			'm01',
			'm01',
			'm03',
			null
		]);
	});

	it('leaves open which of two is meant, unless brackets say so', () => {
		expect(['王芳', '王芳（第二党小组）', '王芳（第三党小组）'].map(idOf)).toEqual([
			null,
			'm31',
			null
		]);
	});

	it('finds those who left, but never before somebody who is still there', () => {
		expect(['许国平', '许国平（已离开）', '张敏', '张敏（已离开）'].map(idOf)).toEqual([
			...['m40', 'm40', 'm18', 'm41']
		]);
	});
});
