import { describe, expect, it } from 'vitest';
import type { Member } from '$lib/features/members/index.ts';
import { testFacts } from '../../model/record/testTalk.ts';
import { kindChoices, talkeeOptions, withTalkee } from './factChoices.ts';

const person = (id: string, more: Partial<Member> = {}): Member =>
	({
		...{
			id,
			name: id,
			posts: [],
			adminPosts: [],
			partyStatus: '正式党员',
			group: '',
			active: true
		},
		...{ leadTeam: false, principal: false },
		...more
	}) as Member;
const members = [
	person('talker', { principal: true, leadTeam: true, posts: ['书记'] }),
	person('talkee', { leadTeam: true }),
	person('teacher'),
	person('gone', { active: false })
];

describe('the head of a record', () => {
	it('keeps kinds on the side of the line on which the talk was begun', () => {
		expect(kindChoices(true).map(({ value }) => value)).toEqual(['reminder', 'admonition']);
		expect(kindChoices(false).map(({ value }) => value)).not.toContain('reminder');
	});
	it('offers everybody who is there, and who is named already', () => {
		const ids = (talkeeId: string) =>
			talkeeOptions(members, { ...testFacts, talkeeId }).map(({ value }) => value);
		expect(ids('talkee')).toEqual(['talkee', 'teacher']);
		expect(ids('gone')).toEqual(['talkee', 'teacher', 'gone']);
	});
	it('counts as another pair with another person', () => {
		expect(withTalkee(testFacts, 'teacher', members)).toEqual({
			...{ talkeeId: 'teacher', pairKind: 'P3', kind: 'mustTalk' }
		});
	});
	it('leaves a kind alone that somebody has chosen', () => {
		const visit = { ...testFacts, kind: 'visit' as const };
		expect(withTalkee(visit, 'teacher', members)).toEqual({ talkeeId: 'teacher', pairKind: 'P3' });
	});
});
