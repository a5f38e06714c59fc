import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newMemberId } from '$lib/base/ids.ts';
import {
	branchName,
	listMembers,
	membersOf,
	putMember,
	setBranchName,
	type Member
} from './branch.ts';

const person = (name: string, ...posts: string[]): Member => ({
	id: newMemberId(),
	name,
	posts,
	joinedAt: '2023-03-15T01:00:00.000Z'
});

describe('the branch document', () => {
	it('lists people by post, then by the strokes of the surname', () => {
		const doc = new Y.Doc();
		for (const member of [
			person('潘志远', '宣传委员'),
			person('马成栋'),
			person('丁玉梅'),
			person('周敬宁', '书记')
		])
			putMember(doc, member);
		expect(listMembers(doc).map(({ name }) => name)).toEqual([
			'周敬宁',
			'潘志远',
			'丁玉梅',
			'马成栋'
		]);
	});

	it('leaves out a line that does not parse and keeps it in the document', () => {
		const doc = new Y.Doc();
		putMember(doc, person('许国平', '纪检委员'));
		membersOf(doc).set('x', { name: 7 });
		membersOf(doc).set('y', 'text');
		expect(listMembers(doc).map(({ name }) => name)).toEqual(['许国平']);
		expect(membersOf(doc).size).toBe(3);
	});

	it('keeps both of two people who join at the same time', () => {
		const [a, b] = [new Y.Doc(), new Y.Doc()];
		setBranchName(a, ' 城东实验小学党支部 ');
		putMember(a, person('梁晓芸'));
		putMember(b, person('何立群'));
		Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
		Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
		expect(listMembers(a)).toEqual(listMembers(b));
		expect(listMembers(a)).toHaveLength(2);
		expect(branchName(b)).toBe('城东实验小学党支部');
	});
});
