import { describe, expect, it } from 'vitest';
import type { MemberId } from '$lib/base/ids.ts';
import type { People, Person } from './people.ts';
import { nameChoices, postChoices } from './peopleChoices.ts';

const person = (id: string, name: string, post: string, group: string): Person => ({
	id: id as MemberId,
	name,
	posts: post === '' ? [] : [post],
	group
});
const people: People = {
	activeMembers: [
		person('m01', '周敬宁', '书记', ''),
		person('m18', '张敏', '组织委员', '第一党小组'),
		person('m19', '张敏', '组织委员', '第三党小组'),
		person('m20', '张敏', '', '第一党小组')
	],
	nameOf: (id) => (id === 'm40' ? '梁晓芸' : '')
};
const labels = (choices: readonly { label: string }[]) => choices.map(({ label }) => label);

describe('whom a task can be given to', () => {
	it('is who is there now, same names told apart', () => {
		expect(labels(nameChoices(people, []))).toEqual([
			'周敬宁',
			'张敏（组织委员、第一党小组）',
			'张敏（第三党小组）',
			'张敏（第一党小组）'
		]);
		expect(labels(postChoices(people, null)).slice(0, 3)).toEqual([
			'周敬宁（书记）',
			'张敏（组织委员、第一党小组）',
			'张敏（组织委员、第三党小组）'
		]);
	});

	it('still shows who has left where he stands, and somebody not known here yet', () => {
		expect(nameChoices(people, ['m01', 'm40', 'm99']).slice(4)).toEqual([
			{ id: 'm40', label: '梁晓芸（已离开）' },
			{ id: 'm99', label: '其他成员' }
		]);
		expect(postChoices(people, 'm40').at(-1)).toEqual({ id: 'm40', label: '梁晓芸（已离开）' });
	});
});
