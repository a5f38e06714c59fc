import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { parseTsv } from '$lib/base/delimitedText.ts';
import { blockToTsv } from '$lib/ui/grid/clipboardBlock.ts';
import { newMemberId } from '$lib/base/ids.ts';
import type { RosterPerson } from '$lib/core/roster/administration.ts';
import { activeMembers, addMember, editMember, listMembers, memberById } from './branch.ts';
import { branchPeople } from './branchPeople.ts';
import { applyImport, planImport, registerToBlock, type Answers } from './importRegister.ts';
import { partyStatuses, workStatuses, type MemberEdit } from './member.ts';
import { readBlock, readLines } from './readRegister.ts';

const thisYear = 2023;

function read(text: string) {
	const block = readBlock(parseTsv(text), thisYear);
	return { ...block, lines: readLines(block.rows, block.targets, thisYear) };
}

function planFor(
	doc: Y.Doc,
	text: string,
	answers: Answers = new Map(),
	accounts: readonly RosterPerson[] = []
) {
	const { committee, register, left } = branchPeople(listMembers(doc), accounts);
	return planImport([...committee, ...register, ...left], read(text).lines, answers);
}

const table = [
	'清河县城东实验小学党支部党员名册',
	'序号\t姓  名\t性别\t党员类型\t职务\t党小组\t出生年月\t入党时间\t是否班子成员\t联系电话',
	'1\t周敬宁\t男\t正式\t书记、校长\t第一党小组\t1974.6\t1998年7月1日\t√\t13800000000',
	'2\t张　敏\t女\t预备党员\t\t第三党小组\t199105\t2022-12\t否\t',
	'3\t江涛\t男\t党员\t党小组长，教研组长\t第二党小组\t八几年\t\t0\t'
].join('\n');

describe('reading a pasted register', () => {
	it('finds the headings under a title, and takes what each column holds', () => {
		const { targets, hasHeader, lines } = read(table);
		expect(hasHeader).toBe(true);
		expect(targets).toEqual([
			'skip',
			'name',
			'private',
			'partyStatus',
			'duty',
			'group',
			'birthYM',
			'joinedOn',
			'leadTeam',
			'private'
		]);
		expect(lines.map(({ name }) => name)).toEqual(['周敬宁', '张敏', '江涛']);
		expect(lines[0]?.edit).toEqual({
			partyStatus: '正式党员',
			posts: ['书记'],
			adminPosts: ['校长'],
			group: '第一党小组',
			birthYM: '1974-06',
			joinedOn: '1998-07-01',
			leadTeam: true
		});
		expect(lines[1]?.edit).toMatchObject({ birthYM: '1991-05', joinedOn: '2022-12' });
		expect(lines[2]?.edit).toMatchObject({ posts: ['党小组长'], adminPosts: ['教研组长'] });
		expect(lines[2]?.troubles).toEqual([{ column: 6, text: '八几年', why: 'unreadable' }]);
	});

	it('tells columns without headings by what stands in them', () => {
		const { targets, hasHeader } = read(
			[
				'丁玉梅\t党小组长\t第一党小组\t正式党员\t1968.3\t1990.7\t在职',
				'马成栋\t\t第二党小组\t正式党员\t1971.7\t1996.12\t退休',
				'林静\t\t第三党小组\t预备党员\t1996.2\t2022.6\t在职'
			].join('\r\n')
		);
		expect(hasHeader).toBe(false);
		expect(targets).toEqual([
			'name',
			'posts',
			'group',
			'partyStatus',
			'birthYM',
			'joinedOn',
			'workStatus'
		]);
	});

	it('keeps numbers of identity cards and telephones out, also from other columns', () => {
		const { lines } = read('姓名\t分管工作\n江涛\t后勤 13900001111\n冯蕾\t110101199003071234');
		expect(lines.map(({ edit }) => edit)).toEqual([{}, {}]);
		expect(lines.flatMap(({ troubles }) => troubles.map(({ why }) => why))).toEqual([
			'private',
			'private'
		]);
	});

	it('marks 1974.1, which may have been 1974.10 before Excel read it as a number', () => {
		const { lines } = read('姓名\t出生年月\n江涛\t1974.1\n冯蕾\t1974.01');
		expect(lines.map(({ edit }) => edit.birthYM)).toEqual(['1974-01', '1974-01']);
		expect(lines.map(({ troubles }) => troubles[0]?.why)).toEqual(['doubtful', undefined]);
	});

	it.each([
		['1974.6', '1974-06'],
		['1974年6月', '1974-06'],
		['1974-06', '1974-06'],
		['197406', '1974-06'],
		['1974/6/15', '1974-06'],
		['１９７４．６', '1974-06'],
		['74.6', '1974-06'],
		['27194', '1974-06'],
		['1974-06-01 00:00:00', '1974-06'],
		['19740615', '1974-06'],
		['1974', undefined],
		['1974.13', undefined],
		['2030.1', undefined]
	])('reads the month of birth %s', (typed, expected) => {
		expect(read(`姓名\t出生年月\n江涛\t${typed}`).lines[0]?.edit.birthYM).toBe(expected);
	});
});

describe('an import', () => {
	it('adds, corrects and takes itself back in one step each', () => {
		const doc = new Y.Doc();
		const id = addMember(doc, { name: '周敬宁', posts: ['书记'], group: '第二党小组' }, 0);
		let transactions = 0;
		doc.on('update', () => transactions++);
		const before = listMembers(doc);
		const plan = planFor(doc, table);
		expect(plan).toMatchObject({ effective: 3, open: 0 });
		const undo = applyImport(doc, plan, 0);
		expect(transactions).toBe(1);
		expect(memberById(doc, id)).toMatchObject({ group: '第一党小组', adminPosts: ['校长'] });
		expect(listMembers(doc)).toHaveLength(3);
		undo();
		expect(transactions).toBe(2);
		expect(listMembers(doc)).toEqual(before);
	});

	it('taken back, leaves alone what a colleague has written meanwhile', () => {
		const doc = new Y.Doc();
		const id = addMember(doc, { name: '周敬宁' }, 0);
		const undo = applyImport(doc, planFor(doc, table), 0);
		editMember(doc, id, { group: '高年级党小组' });
		const fresh = activeMembers(doc).find(({ name }) => name === '江涛')!;
		editMember(doc, fresh.id, { businessArea: '教研' });
		undo();
		expect(memberById(doc, id)).toMatchObject({ group: '高年级党小组', adminPosts: [] });
		expect(
			listMembers(doc)
				.map(({ name }) => name)
				.toSorted()
		).toEqual(['周敬宁', '江涛'].toSorted());
	});

	it('asks where a name is there twice, and does what it is told', () => {
		const doc = new Y.Doc();
		const [first, second] = ['1989-11', '1975-02'].map((birthYM) =>
			addMember(doc, { name: '张敏', birthYM }, 0)
		);
		const text = '姓名\t党小组\n张敏\t第一党小组';
		expect(planFor(doc, text)).toMatchObject({ effective: 0, open: 1 });
		applyImport(doc, planFor(doc, text), 0);
		expect(listMembers(doc).map(({ group }) => group)).toEqual(['', '']);
		applyImport(doc, planFor(doc, text, new Map([[0, second!]])), 0);
		expect(memberById(doc, first!)?.group).toBe('');
		expect(memberById(doc, second!)?.group).toBe('第一党小组');
		expect(planFor(doc, text, new Map([[0, 'new']])).entries[0]?.kind).toBe('new');
		expect(planFor(doc, text, new Map([[0, 'leave']])).entries[0]?.kind).toBe('left-out');
		expect(planFor(doc, '姓名\n李明\n李明').open).toBe(2);
	});

	it('takes an answer back and another one instead', () => {
		const doc = new Y.Doc();
		const text = '姓名\n张敏\n张敏\n江涛\n\t无名';
		const kinds = (answers: Answers) => {
			const { entries, open, leftOut } = planFor(doc, text, answers);
			return [entries.slice(0, 2).map(({ kind }) => kind), open, leftOut];
		};
		expect(kinds(new Map([[0, 'new']]))).toEqual([['new', 'ask'], 1, 2]);
		expect(kinds(new Map([[0, 'leave']]))).toEqual([['left-out', 'ask'], 1, 3]);
		const choices = planFor(doc, text, new Map([[0, 'new']])).entries.map(({ choice }) => choice);
		expect(choices.map((choice) => choice && choice.answer)).toEqual(['new', null, null, null]);
		expect(choices.map((choice) => choice !== null)).toEqual([true, true, false, false]);
	});

	it('gives a line to who has devices and none, and asks where that one shares the name', () => {
		const doc = new Y.Doc();
		const observer: RosterPerson = {
			...{ member: newMemberId(), role: 'observer', restricted: false, name: '江涛' },
			...{ post: '青年委员', devices: [], active: true, invitedBy: null }
		};
		const text = '姓名\t党小组\n江涛\t第一党小组';
		const gone = { ...observer, member: newMemberId(), active: false };
		const undo = applyImport(doc, planFor(doc, text, new Map(), [gone, observer]), 0);
		expect(listMembers(doc)).toMatchObject([
			{ id: observer.member, name: '江涛', group: '第一党小组', posts: ['青年委员'] }
		]);
		expect(planFor(doc, text, new Map(), [observer]).effective).toBe(0);
		undo();
		expect(listMembers(doc)).toEqual([]);
		addMember(doc, { name: '江涛' }, 0);
		expect(planFor(doc, text, new Map(), [observer]).open).toBe(1);
		applyImport(doc, planFor(doc, text, new Map([[0, observer.member]]), [observer]), 0);
		expect(memberById(doc, observer.member)?.group).toBe('第一党小组');
	});

	it('leaves out a line without a name', () => {
		const plan = planFor(new Y.Doc(), '姓名\t党小组\n\t第一党小组\n江涛\t第一党小组');
		expect(plan.entries.map(({ kind }) => kind)).toEqual(['nameless', 'new']);
	});

	it('changes nothing when the register itself comes back', () => {
		const word = fc.stringMatching(/^[一-龥a-zA-Z·、,"\t\n （）.-]{0,12}$/);
		const date = fc.constantFrom(null, '1974-06', '1990-12');
		const edit: fc.Arbitrary<MemberEdit> = fc.record({
			posts: fc.array(word, { maxLength: 3 }),
			adminPosts: fc.array(word, { maxLength: 3 }),
			partyStatus: fc.constantFrom(null, ...partyStatuses),
			group: word,
			leadTeam: fc.boolean(),
			principal: fc.boolean(),
			businessArea: word,
			workStatus: fc.constantFrom(...workStatuses),
			active: fc.boolean(),
			joinedOn: fc.constantFrom(null, '1998-07', '1998-07-01'),
			birthYM: date
		});
		const name = fc.stringMatching(/^[一-龥]{2,4}$/);
		fc.assert(
			fc.property(fc.array(fc.tuple(name, edit), { maxLength: 8 }), (people) => {
				const doc = new Y.Doc();
				for (const [called, fields] of people) addMember(doc, { ...fields, name: called }, 0);
				const before = Y.encodeStateAsUpdate(doc);
				const plan = planFor(doc, blockToTsv(registerToBlock(listMembers(doc))));
				expect(plan.effective).toBe(0);
				applyImport(doc, plan, 0);
				expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
			})
		);
	});
});
