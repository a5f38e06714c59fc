import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newMemberId, type MemberId } from '$lib/base/ids.ts';
import type { RosterPerson } from '$lib/core/roster/administration.ts';
import { addMember, listMembers, putMember } from './branch.ts';
import { branchPeople, filterPeople, takersOf } from './branchPeople.ts';
import { carryOut } from './openItems.ts';
import { partyGroups, renameGroup } from './partyGroups.ts';
import { isUnmatched, roleOffer } from './roleOffer.ts';

const account = (member: MemberId, part: Partial<RosterPerson> = {}): RosterPerson => ({
	member,
	role: 'officer',
	restricted: false,
	name: '何立群',
	post: '副书记',
	devices: [],
	active: true,
	invitedBy: null,
	...part
});
const namesOf = (people: readonly { name: string }[]) => people.map(({ name }) => name);

describe('branchPeople', () => {
	it('shows everybody once: with devices, in the register only, and gone', () => {
		const doc = new Y.Doc();
		const ids = [newMemberId(), newMemberId(), newMemberId()] as const;
		putMember(doc, { id: ids[0], name: '周敬宁', posts: ['书记'], joinedAt: '' });
		putMember(doc, { id: ids[1], name: '许国平', posts: ['纪检委员'], joinedAt: '' });
		addMember(doc, { name: '丁玉梅', group: '第一党小组' }, 0);
		addMember(doc, { name: '刘桂兰', active: false }, 0);
		const people = branchPeople(listMembers(doc), [
			account(ids[0], { role: 'secretary', name: '周敬宁' }),
			account(ids[1], { active: false }),
			account(ids[2], { role: 'observer' }),
			account(newMemberId(), { active: false, name: '潘志远' })
		]);
		expect(namesOf(people.committee)).toEqual(['周敬宁', '何立群']);
		expect(namesOf(people.register)).toEqual(['许国平', '丁玉梅']);
		expect(namesOf(people.left).toSorted()).toEqual(['刘桂兰', '潘志远'].toSorted());
		expect(namesOf(filterPeople(people.register, { text: ' 国', group: '' }))).toEqual(['许国平']);
		expect(namesOf(filterPeople(people.register, { text: '', group: '第一党小组' }))).toEqual([
			'丁玉梅'
		]);
	});
});

describe('takersOf', () => {
	it('names Party members and the committee, the committee first', () => {
		const doc = new Y.Doc();
		const officer = newMemberId();
		putMember(doc, { id: officer, name: '何立群', partyStatus: '非党员' });
		addMember(doc, { name: '丁玉梅', partyStatus: '正式党员' }, 0);
		addMember(doc, { name: '王芳' }, 0);
		addMember(doc, { name: '马骏', partyStatus: '入党积极分子' }, 0);
		addMember(doc, { name: '卢明', partyStatus: '非党员' }, 0);
		addMember(doc, { name: '刘桂兰', active: false }, 0);
		const people = branchPeople(listMembers(doc), [account(officer), account(newMemberId())]);
		expect(namesOf(takersOf(people))).toEqual(['何立群', '丁玉梅', '王芳']);
	});
});

describe('Party groups', () => {
	it('are the names in use, in the order of their numbers, and can be renamed into one', () => {
		const doc = new Y.Doc();
		for (const group of ['第三党小组', '第十党小组', '第一党小组', '', '第二党小组'])
			addMember(doc, { name: '丁玉梅', group }, 0);
		expect(partyGroups(listMembers(doc))).toEqual([
			'第一党小组',
			'第二党小组',
			'第三党小组',
			'第十党小组'
		]);
		renameGroup(doc, '第十党小组', ' 第三党小组 ');
		renameGroup(doc, '第一党小组', '  ');
		expect(partyGroups(listMembers(doc))).toEqual(['第一党小组', '第二党小组', '第三党小组']);
		expect(listMembers(doc).filter(({ group }) => group === '第三党小组')).toHaveLength(2);
	});
});

describe('roleOffer', () => {
	it.each([
		[['书记'], 'officer', false, 'secretary-post'],
		[['纪检委员'], 'officer', false, 'discipline-post'],
		[['宣传委员'], 'officer', true, 'no-discipline-post'],
		[['纪检委员'], 'officer', true, undefined],
		[['书记'], 'secretary', false, undefined],
		[[], 'secretary', true, undefined],
		[['组织委员'], 'observer', false, undefined]
	] as const)('for %j as %s with restricted %s: %s', (posts, role, restricted, why) => {
		expect(roleOffer(posts, { role, restricted })?.why).toBe(why);
	});
});

describe('isUnmatched', () => {
	it.each([
		[['书记'], 'officer', true],
		[['组织委员'], 'secretary', true],
		[['副书记'], 'secretary', false],
		[['书记'], 'secretary', false],
		[['组织委员'], 'officer', false]
	] as const)('%j as %s: %s', (posts, role, unmatched) => {
		expect(isUnmatched(posts, { role, restricted: false })).toBe(unmatched);
	});
});

describe('carryOut', () => {
	it('hands on in one call a person and leaves alone what has no entry', async () => {
		const [from, to] = [newMemberId(), newMemberId()];
		const calls: unknown[] = [];
		const source = {
			itemsOf: async () => [],
			reassign: async (...call: unknown[]) => void calls.push(call)
		};
		await carryOut(
			source,
			from,
			new Map([
				['a', to],
				['b', null],
				['c', to]
			])
		);
		expect(calls).toEqual([
			[['a', 'c'], from, to],
			[['b'], from, null]
		]);
	});
});
