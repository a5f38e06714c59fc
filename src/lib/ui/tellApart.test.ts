import { describe, expect, it } from 'vitest';
import { tellApart } from './tellApart.ts';

const person = (name: string, ...details: string[]) => ({ name, details });

describe('tellApart', () => {
	it('says nothing where the name is enough', () => {
		expect(tellApart([person('周敬宁', '书记'), person('梁晓芸', '组织委员')])).toEqual([
			null,
			null
		]);
	});

	it('takes the first detail that the others of that name do not have', () => {
		const people = [
			person('王芳', '', '第一党小组'),
			person('王芳', '', '第二党小组'),
			person('张敏', '组织委员', '第一党小组'),
			person('张敏', '', '第一党小组')
		];
		expect(tellApart(people)).toEqual(['第一党小组', '第二党小组', '组织委员', '第一党小组']);
	});

	it('leaves two that nothing tells apart as they are', () => {
		expect(tellApart([person('王芳', ''), person('王芳')])).toEqual([null, null]);
	});
});
