import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Member } from '$lib/features/members/index.ts';
import { otherIds, talkBranch, talksUntil27March } from '../model/coverage/fixtures/talkBranch.ts';
import { readTalkExports } from '../model/coverage/talkExports.ts';
import { builtInSets } from '../model/coverage/talkRules.ts';
import { putStub, readStubs } from '../model/coverage/talkStub.ts';
import { TalkCoverage, type CampaignView } from './TalkCoverage.svelte.ts';

const now = (): number => Date.parse('2023-03-27T12:00:00');
const members = talkBranch as readonly Member[] as Member[];
const march = {
	title: '3月三必谈',
	start: '2023-03-13',
	end: '2023-03-31',
	ruleSet: builtInSets.strict
};

const opened: TalkCoverage[] = [];
function follow(doc: Y.Doc, wanted: string | null = null): TalkCoverage {
	const groups = ['第一党小组', '第二党小组', '第三党小组'];
	const coverage = new TalkCoverage({
		...{ doc, members: { all: members, groups }, self: 'zhou', now },
		wanted: () => wanted
	});
	opened.push(coverage);
	return coverage;
}
afterEach(() => {
	for (const coverage of opened.splice(0)) coverage.destroy();
});

const figure = ({ coverage: { total } }: CampaignView) => `${total.done}/${total.required}`;
const itemOf = ({ coverage }: CampaignView, key: string) =>
	coverage.items.find((item) => item.key === key)!;

function begun(): [Y.Doc, TalkCoverage] {
	const doc = new Y.Doc();
	const coverage = follow(doc);
	expect(coverage.create(march)).not.toBeNull();
	for (const stub of talksUntil27March) putStub(doc, stub);
	return [doc, coverage];
}

describe('TalkCoverage', () => {
	it('follows campaigns and talks as they come in', () => {
		const doc = new Y.Doc();
		const coverage = follow(doc);
		expect(coverage.view).toBeNull();
		expect(coverage.requiredBy(builtInSets.strict)).toBe(28);
		coverage.create(march);
		expect(figure(coverage.view!)).toBe('0/28');
		const colleague = new Y.Doc();
		for (const stub of talksUntil27March) putStub(colleague, stub);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(colleague));
		expect(figure(coverage.view!)).toBe('21/28');
	});

	it('shows the campaign that is asked for, in the trash too, and none for an unknown one', () => {
		const [doc, coverage] = begun();
		const [{ id } = { id: '' }] = coverage.campaigns.list;
		coverage.edit(coverage.view!.campaign, { trashed: true });
		expect(coverage.view).toBeNull();
		expect(follow(doc, id).view?.campaign.id).toBe(id);
		expect(follow(doc, 'unknown').view).toBeNull();
	});

	it('registers a talk on paper with its kind, and takes it back', () => {
		const [doc, coverage] = begun();
		const made = coverage.register({ aId: 'xu', bId: 'liang', on: '2023-03-27', signed: false });
		expect(made).toMatchObject({ pairKind: 'P2', basis: 'paper', by: 'zhou', mode: 'single' });
		expect(figure(coverage.view!)).toBe('22/28');
		expect(itemOf(coverage.view!, 'pair liang xu').state).toBe('unsigned');
		coverage.replace({ ...made!, signed: true });
		expect(itemOf(coverage.view!, 'pair liang xu').state).toBe('signed');
		coverage.drop(made!);
		expect(figure(coverage.view!)).toBe('21/28');
		expect(coverage.register({ aId: 'xu', bId: 'xu', on: '2023-03-27', signed: true })).toBeNull();
		expect(readStubs(doc).length).toBe(talksUntil27March.length);
	});

	it('waives with a reason and takes it back', () => {
		const [, coverage] = begun();
		const item = itemOf(coverage.view!, 'some o18 team');
		coverage.waive(item, { reason: 'sick', note: '' });
		expect(figure(coverage.view!)).toBe('21/27');
		expect(itemOf(coverage.view!, item.key).waiver).toEqual({
			...{ reason: 'sick', note: '', by: 'zhou', on: '2023-03-27' }
		});
		coverage.waive(item, null);
		expect(figure(coverage.view!)).toBe('21/28');
	});

	it('gives talks to somebody, accepts proposals in one step, opens them again', () => {
		const [doc, coverage] = begun();
		const items = otherIds.slice(12).map((id) => itemOf(coverage.view!, `some ${id} team`));
		coverage.assign(items.slice(0, 2), 'pan');
		expect([...coverage.view!.open.values()].filter(({ by }) => by === 'assigned').length).toBe(2);
		let updates = 0;
		doc.on('update', () => (updates += 1));
		const accepted = coverage.acceptProposals([...coverage.view!.open.values()]);
		expect([accepted.length, updates]).toEqual([5, 1]);
		expect([...coverage.view!.open.values()].every(({ by }) => by === 'assigned')).toBe(true);
		coverage.assign([items[0]!], null);
		expect(coverage.view!.open.get(items[0]!.id)?.by).toBe('proposed');
	});

	it('TK58 keeps the people of the day a campaign is ended on', () => {
		const [doc, coverage] = begun();
		coverage.end(coverage.view!.campaign);
		const rest = members.filter(({ id }) => id !== 'xu');
		const later = new TalkCoverage({
			...{ doc, members: { all: rest, groups: [] }, self: 'he', now, wanted: () => null }
		});
		opened.push(later);
		expect(figure(later.view!)).toBe('21/28');
		later.edit(later.view!.campaign, { ended: null });
		expect(figure(later.view!)).not.toBe('21/28');
	});

	it('TK65 records what was taken out', () => {
		const [doc, coverage] = begun();
		coverage.recordExport('statistics', 'docx', 21);
		expect(coverage.exports).toMatchObject([{ by: 'zhou', what: 'statistics', rows: 21 }]);
		expect(readTalkExports(doc)[0]?.campaign).toBe(coverage.view!.campaign.id);
	});
});
