import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { appendAddition, readAdditions } from './additions.ts';
import { addClue, cluesIn, clueText, markClue, readClues } from './clues.ts';
import { readContent } from './content.ts';
import { factsIn, readFacts, writeFacts } from './facts.ts';
import { addFollowUp, editFollowUp, followUpsIn, nextDue, readFollowUps } from './followUps.ts';
import { headingTitle, maxTitleChars, parseHeading, parseListed } from './heading.ts';
import { itemsIn, readItems, tickItem } from './items.ts';
import { sectionIn, sectionText } from './sections.ts';
import { stepsIn } from './steps.ts';
import { headingOf, readTalk } from './talk.ts';
import { copyOf, meet, testFacts, testHeading, writeParagraph } from './testTalk.ts';

const rubbish: readonly unknown[] = [
	null,
	42,
	'x'.repeat(500_000),
	['a'],
	{ text: 1, order: 'x' },
	{ type: 'sign', role: 'nobody' },
	true
];

describe('a talk that others wrote in', () => {
	it('TK1 throws nothing, leaves out what does not parse, and keeps the rest', () => {
		const doc = new Y.Doc();
		writeFacts(doc, testFacts);
		writeParagraph(doc, 'work', '德育活动较扎实');
		addClue(doc, 'c', '家长会以通报成绩为主');
		for (const [at, value] of rubbish.entries()) {
			for (const map of [cluesIn(doc), followUpsIn(doc), stepsIn(doc), doc.getMap('additions')])
				map.set(`bad ${at}`, value);
			itemsIn(doc).set(`bad ${at}`, value);
		}
		factsIn(doc).set('on', '2023-02-31');
		factsIn(doc).set('place', 7);
		const talk = readTalk(doc, testHeading);
		expect(talk.clues.map(({ text }) => text)).toEqual(['家长会以通报成绩为主']);
		expect(talk).toMatchObject({ followUps: [], additions: [], life: { state: 'draft' } });
		expect(talk.life.content.facts).toMatchObject({ on: '2023-03-15', place: '', mode: 'single' });
		expect(factsIn(doc).get('on')).toBe('2023-02-31');
	});
	it('TK1 reads words out of nodes it does not know, however deep they claim to lie', () => {
		const doc = new Y.Doc();
		let parent: Y.XmlFragment | Y.XmlElement = sectionIn(doc, 'thought');
		for (let level = 0; level < 200; level++) {
			const child = new Y.XmlElement(level === 0 ? 'blink' : 'bulletList');
			parent.insert(0, [child]);
			parent = child;
		}
		parent.insert(0, [new Y.XmlText('最里面')]);
		writeParagraph(doc, 'thought', '外面');
		expect(sectionText(doc, 'thought')).toBe('外面');
	});
	it('TK2 is not given what it could not read', () => {
		const doc = new Y.Doc();
		writeFacts(doc, { ...testFacts, on: '15.3.', startAt: '25:00', place: 'x'.repeat(200) });
		expect([...factsIn(doc).keys()].toSorted()).not.toContain('on');
		expect(factsIn(doc).has('startAt') || factsIn(doc).has('place')).toBe(false);
		addFollowUp(doc, 'f', { text: '回访', due: 'soon' });
		expect(readFollowUps(doc)).toMatchObject([{ text: '回访', due: null }]);
		expect(appendAddition(doc, { id: 'a', by: 'm', at: '2023', text: '' })).toBe(false);
		addClue(doc, 'c', '线索');
		markClue(doc, 'c', { entry: 'e', on: 'never', code: null, ledger: null });
		expect(readClues(doc)[0]!.passage).toBeNull();
		for (const no of [0, -1, 1.5, 10_000]) tickItem(doc, no, true);
		expect(readItems(doc)).toEqual([]);
	});
});

describe('the heading', () => {
	it('TK3 says again what it was made from, within what a title may hold', () => {
		const full = {
			...testHeading,
			...{ talkerId: 'a'.repeat(22), talkeeId: null, talkeeName: '名'.repeat(60) },
			...{
				begun: true,
				signed: true,
				openClues: 99,
				pendingClues: 12,
				nextDue: '2023-04-01',
				stub: 's'.repeat(22)
			},
			state: 'awaiting' as const
		};
		expect(parseHeading(headingTitle(full))).toEqual(full);
		expect(parseHeading(headingTitle(testHeading))).toEqual(testHeading);
		expect(headingTitle(full).length).toBeLessThanOrEqual(maxTitleChars);
	});
	it('TK32 goes by the label for what is in the trash, and by the title for since when', () => {
		const title = headingTitle(testHeading);
		const dated = headingTitle({ ...testHeading, trashedOn: '2023-04-01' });
		const dayOf = (one: string, trashed: boolean) =>
			parseListed({ title: one, trashed })?.trashedOn;
		expect(dayOf(dated, true)).toBe('2023-04-01');
		// Killed between the two, putting it away or bringing it back.
		expect(dayOf(title, true)).toBe(testHeading.on);
		expect(dayOf(dated, false)).toBeNull();
		expect(parseListed({ title: '谈话', trashed: true })).toBeNull();
	});
	it.each(['', '谈话', '{}', '{"v":2}', headingTitle(testHeading).replace('draft', 'burnt')])(
		'TK3 of %j is none',
		(title) => expect(parseHeading(title)).toBeNull()
	);
	it('TK3 follows what stands in the document', () => {
		const doc = new Y.Doc();
		writeFacts(doc, { ...testFacts, on: '2023-03-16' });
		expect(headingOf(readTalk(doc, testHeading), testHeading)).toMatchObject({ begun: false });
		addClue(doc, 'c', '线索');
		addFollowUp(doc, 'f', { text: '回访', due: '2023-04-01' });
		addFollowUp(doc, 'g', { text: '送书', due: '2023-03-20', doneOn: '2023-03-20' });
		expect(headingOf(readTalk(doc, testHeading), testHeading)).toMatchObject({
			...{ on: '2023-03-16', begun: true, openClues: 1, nextDue: '2023-04-01', stub: 'stub' }
		});
		editFollowUp(doc, 'f', { doneOn: '2023-03-30' });
		expect(nextDue(readFollowUps(doc))).toBeNull();
	});
});

describe('two devices of the talker', () => {
	it('TK6 keep words, ticks, clues and follow-ups of both', () => {
		const phone = new Y.Doc();
		writeFacts(phone, testFacts);
		addClue(phone, 'c', '线索');
		const office = copyOf(phone);
		writeParagraph(phone, 'work', '手机上写的');
		writeParagraph(office, 'work', '电脑上写的');
		tickItem(phone, 24, true);
		tickItem(office, 7, true);
		clueText(phone, 'c')!.insert(2, '一');
		clueText(office, 'c')!.insert(0, '第');
		addClue(office, 'd', '又一条');
		addFollowUp(phone, 'f', { text: '回访' });
		appendAddition(office, { id: 'a', by: 'm', at: '2023-03-16', text: '已送书' });
		meet(phone, office);
		for (const doc of [phone, office]) {
			expect(sectionText(doc, 'work').split('\n').toSorted()).toEqual(
				['手机上写的', '电脑上写的'].toSorted()
			);
			expect(readItems(doc)).toEqual([7, 24]);
			expect(readClues(doc).map(({ text }) => text)).toEqual(['第线索一', '又一条']);
			expect(readFollowUps(doc)).toHaveLength(1);
			expect(readAdditions(doc)).toHaveLength(1);
		}
		expect(readContent(phone, readFacts(phone, testFacts))).toEqual(
			readContent(office, readFacts(office, testFacts))
		);
	});
});
