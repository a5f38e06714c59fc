/** What lies in the branch document: untrusted, written by several at once. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { otherIds, stub, talkBranch } from './fixtures/talkBranch.ts';
import {
	addCampaign,
	campaignOfDay,
	campaignsIn,
	editCampaign,
	readCampaigns,
	type TalkCampaign
} from './talkCampaign.ts';
import { coverageOf } from './coverage.ts';
import { putAssignment, putWaiver, readAssignments, readWaivers } from './talkDuties.ts';
import { readTalkExports, recordTalkExport } from './talkExports.ts';
import { talkPeople } from './talkPeople.ts';
import { builtInSets, type RuleSet } from './talkRules.ts';
import { dropStub, putStub, readStubs } from './talkStub.ts';

function exchange(a: Y.Doc, b: Y.Doc): void {
	Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
	Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
}

const march = {
	...{ id: 'c1', by: 'zhou', at: '2023-03-13T01:00:00.000Z', title: '3月三必谈' },
	...{ start: '2023-03-13', end: '2023-03-31', ruleSet: builtInSets.strict }
};

function started(): [Y.Doc, Y.Doc] {
	const [a, b] = [new Y.Doc(), new Y.Doc()];
	expect(addCampaign(a, march)).toBe(true);
	exchange(a, b);
	return [a, b];
}
const only = (doc: Y.Doc): TalkCampaign => readCampaigns(doc).list[0]!;

describe('stubs', () => {
	it('TK50 a stub is written, replaced and dropped, and read by day', () => {
		const doc = new Y.Doc();
		const [late, early] = [stub('zhou', 'he', '2023-03-20'), stub('pan', 'xu', '2023-03-02')];
		expect([putStub(doc, late), putStub(doc, early)]).toEqual([true, true]);
		expect(readStubs(doc)).toEqual([early, late]);
		putStub(doc, { ...early, signed: false });
		expect(readStubs(doc)[0]).toEqual({ ...early, signed: false });
		dropStub(doc, late.id);
		dropStub(doc, 'nothing');
		expect(readStubs(doc).length).toBe(1);
	});

	it('TK50 what does not parse is left out and left alone, and not written', () => {
		const doc = new Y.Doc();
		const { id, ...good } = stub('zhou', 'he', '2023-03-20');
		const broken: unknown[] = [
			...[null, 7, [], 'x', {}, new Y.Map(), { ...good, on: '2023-02-30' }],
			...[
				{ ...good, aId: 'he' },
				{ ...good, signed: 'yes' },
				{ ...good, mode: 'call' }
			],
			...[
				{ ...good, aId: '' },
				{ ...good, bId: 'a b' },
				{ ...good, pairKind: 'P4' }
			]
		];
		broken.forEach((value, at) => doc.getMap('talkStubs').set(`b${at}`, value));
		doc.getMap('talkStubs').set(id, { ...good, words: '对岗位调整有顾虑' });
		expect(readStubs(doc)).toEqual([{ id, ...good }]);
		expect(doc.getMap('talkStubs').size).toBe(broken.length + 1);
		expect(putStub(doc, { id: 'n', ...good, on: '3月15日' })).toBe(false);
		expect(putStub(doc, { id: 'two words', ...good })).toBe(false);
		expect(doc.getMap('talkStubs').has('n')).toBe(false);
	});

	it('TK50 a word that is no field of a stub does not get into the document', () => {
		const doc = new Y.Doc();
		const wordy = { ...stub('zhou', 'he', '2023-03-20'), place: '书记办公室' };
		putStub(doc, wordy);
		expect(JSON.stringify(doc.getMap('talkStubs').toJSON())).not.toContain('办公室');
	});
});

describe('campaigns', () => {
	it('TK60 title, start and end changed at once are all kept', () => {
		const [a, b] = started();
		editCampaign(a, 'c1', { title: '谈心谈话月' });
		editCampaign(b, 'c1', { end: '2023-04-07' });
		exchange(a, b);
		for (const doc of [a, b])
			expect(only(doc)).toMatchObject({
				title: '谈心谈话月',
				start: '2023-03-13',
				end: '2023-04-07'
			});
	});

	it('TK60 what stays as it is is not written again', () => {
		const [a] = started();
		const before = Y.encodeStateVector(a);
		expect(editCampaign(a, 'c1', { title: '3月三必谈', ruleSet: builtInSets.strict })).toBe(true);
		expect(Y.encodeStateVector(a)).toEqual(before);
	});

	it('TK59 a campaign carries its own rules', () => {
		const [a] = started();
		expect(only(a).ruleSet).toEqual(builtInSets.strict);
		const own: RuleSet = { name: 'own', rules: [builtInSets.strict.rules[0]!] };
		expect(editCampaign(a, 'c1', { ruleSet: own })).toBe(true);
		expect(only(a).ruleSet).toEqual(own);
		const stored = campaignsIn(a).get('c1 ruleSet') as RuleSet;
		expect(stored.rules[0]).toEqual({
			id: 'p1',
			kind: 'P1',
			need: 'between',
			of: 'principals',
			with: 'deputies'
		});
	});

	it('TK66 one that cannot be read is counted and left alone', () => {
		const [a] = started();
		const ruleSet = { name: 'own', rules: [{ id: 'x', kind: 'P1', need: 'twice', of: 'team' }] };
		for (const [key, value] of Object.entries({
			c2: { by: 'zhou', at: '' },
			'c2 title': '以后的版本',
			'c2 start': '2024-01-01',
			'c2 end': '2024-12-31',
			'c2 ruleSet': ruleSet,
			c3: 5,
			'c4 title': '没有主行'
		}))
			campaignsIn(a).set(key, value);
		const { list, unreadable } = readCampaigns(a);
		expect([list.map(({ id }) => id), unreadable]).toEqual([['c1'], 2]);
		expect(campaignsIn(a).get('c2 ruleSet')).toEqual(ruleSet);
	});

	it('TK66 what others could not read is not written', () => {
		const [a] = started();
		const size = campaignsIn(a).size;
		expect(addCampaign(a, { ...march, id: 'c2', title: '  ' })).toBe(false);
		expect(addCampaign(a, { ...march, id: 'c2', end: '2023-02-30' })).toBe(false);
		expect(addCampaign(a, { ...march, id: 'c2', ruleSet: { name: 'own', rules: [] } })).toBe(false);
		expect(editCampaign(a, 'c1', { title: '好', start: '明天' })).toBe(false);
		expect(editCampaign(a, 'nothing', { title: '好' })).toBe(false);
		expect(campaignsIn(a).size).toBe(size);
		expect(only(a).title).toBe('3月三必谈');
	});

	it('TK58 an ended campaign keeps the people of that day, until it is taken up again', () => {
		const [a] = started();
		const people = talkPeople(talkBranch);
		editCampaign(a, 'c1', { ended: { on: '2023-04-01', by: 'zhou', people } });
		const later = talkBranch.filter(({ id }) => id !== 'xu' && id !== otherIds[3]);
		const { ended, ruleSet, ...window } = only(a);
		const of = (meant: typeof people) =>
			coverageOf({
				...{ people: meant, rules: ruleSet.rules, window, stubs: [] },
				...{ waivers: new Map(), assignments: new Map() }
			}).total.required;
		expect([of(ended!.people), of(talkPeople(later))]).toEqual([28, 23]);
		editCampaign(a, 'c1', { ended: null });
		expect(only(a).ended).toBeNull();
	});

	it('TK52 the campaign at hand is the one that runs, a short one before a long one', () => {
		const make = (id: string, start: string, end: string, trashed = false): TalkCampaign => ({
			...march,
			...{ id, start, end, trashed, ended: null }
		});
		const year = make('year', '2023-01-01', '2023-12-31');
		const drive = make('drive', '2023-03-13', '2023-03-31');
		const gone = make('gone', '2023-03-14', '2023-03-16', true);
		const list = [gone, drive, year];
		const idOf = (day: string) => campaignOfDay(list, day)?.id;
		expect([idOf('2023-03-31'), idOf('2023-04-01'), idOf('2024-02-01')]).toEqual([
			'drive',
			'year',
			'drive'
		]);
		expect(campaignOfDay([gone], '2023-03-15')).toBeNull();
	});
});

describe('waivers and assignments', () => {
	const waiver = { reason: 'sick', note: '', by: 'zhou', on: '2023-03-20' } as const;

	it('TK56 a waiver has a reason, and can be taken back', () => {
		const doc = new Y.Doc();
		expect(putWaiver(doc, 'c1', 'some o1 team', waiver)).toBe(true);
		expect(readWaivers(doc, 'c1')).toEqual(new Map([['some o1 team', waiver]]));
		expect(readWaivers(doc, 'c')).toEqual(new Map());
		expect(putWaiver(doc, 'c1', 'some o2 team', { ...waiver, reason: '' as 'sick' })).toBe(false);
		doc.getMap('talkWaivers').set('c1 some o3 team', { reason: 'because' });
		expect(readWaivers(doc, 'c1').size).toBe(1);
		putWaiver(doc, 'c1', 'some o1 team', null);
		expect(readWaivers(doc, 'c1').size).toBe(0);
	});

	it('TK62 an assignment names its talker, and can be taken back', () => {
		const doc = new Y.Doc();
		const given = { talker: 'pan', by: 'zhou', at: '2023-03-20T01:00:00.000Z' };
		expect(putAssignment(doc, 'c1', 'some o1 team', given)).toBe(true);
		expect(readAssignments(doc, 'c1').get('some o1 team')).toEqual(given);
		expect(putAssignment(doc, 'c1', 'some o2 team', { ...given, talker: '' })).toBe(false);
		doc.getMap('talkAssignments').set('c1 some o3 team', 'pan');
		expect(readAssignments(doc, 'c1').size).toBe(1);
		putAssignment(doc, 'c1', 'some o1 team', null);
		expect(readAssignments(doc, 'c1').size).toBe(0);
	});

	it('TK56 two people’s waivers at once are both kept', () => {
		const [a, b] = started();
		putWaiver(a, 'c1', 'some o1 team', waiver);
		putWaiver(b, 'c1', 'pair liang xu', { ...waiver, reason: 'away' });
		exchange(a, b);
		for (const doc of [a, b]) expect(readWaivers(doc, 'c1').size).toBe(2);
	});
});

it('TK65 an export is recorded with who, when and what, the latest first', () => {
	const doc = new Y.Doc();
	const one = { by: 'zhou', what: 'statistics', format: 'docx', campaign: 'c1', rows: 21 } as const;
	recordTalkExport(doc, { id: 'x1', at: '2023-03-27T01:00:00.000Z', ...one });
	recordTalkExport(doc, { id: 'x2', at: '2023-03-28T01:00:00.000Z', ...one, format: 'print' });
	doc.getMap('talkExports').set('x3', { at: 3 });
	expect(readTalkExports(doc).map(({ id, format }) => [id, format])).toEqual([
		['x2', 'print'],
		['x1', 'docx']
	]);
});
