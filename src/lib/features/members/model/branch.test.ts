import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newMemberId, type MemberId } from '$lib/base/ids.ts';
import {
	activeMembers,
	addMember,
	branchName,
	editKey,
	editMember,
	editsOf,
	listMembers,
	memberById,
	membersOf,
	putMember,
	setBranchName
} from './branch.ts';
import type { MemberEdit } from './member.ts';

const person = (name: string, ...posts: string[]) => ({
	id: newMemberId(),
	name,
	posts,
	joinedAt: '2023-03-15T01:00:00.000Z'
});
const names = (doc: Y.Doc) => listMembers(doc).map(({ name }) => name);

function exchange(a: Y.Doc, b: Y.Doc): void {
	Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
	Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
}

/** A line as the first version wrote it. */
function oldLine(doc: Y.Doc, name = '周敬宁'): MemberId {
	const id = newMemberId();
	membersOf(doc).set(id, { name, posts: ['书记'], joinedAt: '2023-03-15T01:00:00.000Z' });
	return id;
}

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
		expect(names(doc)).toEqual(['周敬宁', '潘志远', '丁玉梅', '马成栋']);
	});

	it('leaves out a line that does not parse and keeps it in the document', () => {
		const doc = new Y.Doc();
		putMember(doc, person('许国平', '纪检委员'));
		membersOf(doc).set('x', { name: 7 });
		membersOf(doc).set('y', 'text');
		expect(names(doc)).toEqual(['许国平']);
		expect(membersOf(doc).size).toBe(3);
	});

	it('keeps both of two people who join at the same time', () => {
		const [a, b] = [new Y.Doc(), new Y.Doc()];
		setBranchName(a, ' 城东实验小学党支部 ');
		putMember(a, person('梁晓芸'));
		putMember(b, person('何立群'));
		exchange(a, b);
		expect(listMembers(a)).toEqual(listMembers(b));
		expect(listMembers(a)).toHaveLength(2);
		expect(branchName(b)).toBe('城东实验小学党支部');
	});

	it('reads a line of the first version and fills in what it did not have', () => {
		const doc = new Y.Doc();
		const id = oldLine(doc);
		expect(memberById(doc, id)).toMatchObject({
			name: '周敬宁',
			posts: ['书记'],
			workStatus: '在职',
			active: true,
			partyStatus: null,
			unreadable: []
		});
	});

	it('keeps an edit readable beside a line of the first version, which stays as it was', () => {
		const doc = new Y.Doc();
		const id = oldLine(doc);
		const before = membersOf(doc).get(id);
		editMember(doc, id, { group: '第一党小组', posts: ['书记', '党小组长'] });
		expect(memberById(doc, id)).toMatchObject({ group: '第一党小组', posts: ['书记', '党小组长'] });
		expect(membersOf(doc).get(id)).toEqual(before);
	});

	it('says which field cannot be read, shows what stood there before and lets it be written anew', () => {
		const doc = new Y.Doc();
		const id = oldLine(doc);
		editsOf(doc).set(editKey(id, 'partyStatus'), { of: 'a later version' });
		editsOf(doc).set(editKey(id, 'posts'), 7);
		expect(memberById(doc, id)).toMatchObject({
			posts: ['书记'],
			partyStatus: null,
			unreadable: ['posts', 'partyStatus']
		});
		editMember(doc, id, { posts: ['书记'], partyStatus: '正式党员' });
		expect(memberById(doc, id)).toMatchObject({ partyStatus: '正式党员', unreadable: [] });
	});

	it('writes nothing that colleagues could not read, and no field that stays the same', () => {
		const doc = new Y.Doc();
		const id = oldLine(doc);
		editMember(doc, id, { name: ' ', birthYM: '1974年6月', businessArea: 'x'.repeat(201) });
		editMember(doc, id, { posts: ['书记'], active: true });
		expect(editsOf(doc).size).toBe(0);
		editMember(doc, newMemberId(), { group: '第一党小组' });
		expect(editsOf(doc).size).toBe(0);
	});

	it('finds the names of those who left, and offers only those who are in', () => {
		const doc = new Y.Doc();
		const id = addMember(doc, { name: '刘桂兰' }, 0);
		addMember(doc, { name: '江　涛' }, 0);
		editMember(doc, id, { active: false });
		expect(names(doc).toSorted()).toEqual(['刘桂兰', '江涛'].toSorted());
		expect(activeMembers(doc).map(({ name }) => name)).toEqual(['江涛']);
	});

	it('does not set somebody back who is put in once more', () => {
		const doc = new Y.Doc();
		const id = oldLine(doc);
		editMember(doc, id, { group: '第二党小组' });
		putMember(doc, { id, name: '周敬宁', posts: ['书记'] });
		expect(memberById(doc, id)).toMatchObject({ group: '第二党小组', posts: ['书记'] });
	});
});

describe('two devices', () => {
	const edits: fc.Arbitrary<MemberEdit> = fc.oneof(
		fc.record({ group: fc.constantFrom('第一党小组', '第二党小组', '') }),
		fc.record({ leadTeam: fc.boolean() }),
		fc.record({ businessArea: fc.constantFrom('德育', '教学', '后勤') }),
		fc.record({ birthYM: fc.constantFrom('1974-06', null) }),
		fc.record({ posts: fc.subarray(['书记', '副书记', '党小组长']) })
	);

	it('agree after any interleaving of edits, and keep every field only one of them wrote', () => {
		const step = fc.record({ onA: fc.boolean(), edit: edits, meet: fc.boolean() });
		fc.assert(
			fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
				const [a, b] = [new Y.Doc(), new Y.Doc()];
				const id = oldLine(a);
				exchange(a, b);
				const written = { a: {} as MemberEdit, b: {} as MemberEdit };
				for (const { onA, edit, meet } of steps) {
					editMember(onA ? a : b, id, edit);
					Object.assign(onA ? written.a : written.b, edit);
					if (meet) exchange(a, b);
				}
				exchange(a, b);
				const [there, here] = [memberById(a, id)!, memberById(b, id)!];
				expect(there).toEqual(here);
				for (const [own, other] of [
					[written.a, written.b],
					[written.b, written.a]
				])
					for (const [field, value] of Object.entries(own!))
						if (!(field in other!)) expect(here[field as keyof MemberEdit]).toEqual(value);
			})
		);
	});

	it('lose nothing when both are the first to touch a line of the first version', () => {
		const [a, b] = [new Y.Doc(), new Y.Doc()];
		const id = oldLine(a);
		exchange(a, b);
		editMember(a, id, { group: '第一党小组' });
		editMember(b, id, { businessArea: '党建全面' });
		exchange(a, b);
		expect(memberById(a, id)).toMatchObject({ group: '第一党小组', businessArea: '党建全面' });
		expect(memberById(b, id)).toEqual(memberById(a, id));
	});
});
