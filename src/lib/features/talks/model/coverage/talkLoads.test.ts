import { expect, it } from 'vitest';
import { coverageOf } from './coverage.ts';
import { otherIds, stub, talkBranch, talksUntil27March } from './fixtures/talkBranch.ts';
import type { Assignment } from './talkDuties.ts';
import { talkLoads } from './talkLoads.ts';
import { talkPeople, type TalkPerson } from './talkPeople.ts';
import { builtInSets, type RuleSet } from './talkRules.ts';

const loads = (
	given: Record<string, string> = {},
	members: readonly TalkPerson[] = talkBranch,
	stubs = talksUntil27March,
	{ rules }: RuleSet = builtInSets.strict
) => {
	const { items } = coverageOf({
		...{ people: talkPeople(members), rules, stubs, waivers: new Map() },
		window: { start: '2023-03-01', end: '2023-03-31' },
		assignments: new Map(
			Object.entries(given).map(([key, talker]): [string, Assignment] => [
				key,
				{ talker, by: 'zhou', at: '' }
			])
		)
	});
	return talkLoads(items, members);
};
const openOf = (list: ReturnType<typeof loads>, talker: string) =>
	list
		.find((load) => load.talker === talker)
		?.open.map(({ item, by }) => [item.people.join(' '), by]);

it('TK61 an assigned talk is its talker’s, and whoever has most to do comes first', () => {
	const given = Object.fromEntries(otherIds.slice(12).map((id) => [`some ${id} team`, 'pan']));
	const list = loads(given);
	expect(list[0]).toMatchObject({ talker: 'pan' });
	expect(openOf(list, 'pan')).toEqual(otherIds.slice(12).map((id) => [id, 'assigned']));
});

it('TK61 who is in charge talks with the team, and seeking a peer is one’s own business', () => {
	expect(openOf(loads({}, talkBranch, []), 'zhou')?.slice(0, 4)).toEqual([
		['zhou he', 'proposed'],
		['zhou liang', 'proposed'],
		['zhou pan', 'proposed'],
		['zhou xu', 'proposed']
	]);
	const peers = loads({}, talkBranch, [], builtInSets.relaxed);
	expect(openOf(peers, 'xu')?.[0]).toEqual(['xu', 'proposed']);
});

it('TK61 the leader of the Party group is proposed for its members, if he is of the team', () => {
	const led = talkBranch.map((one) =>
		one.id === 'pan' ? { ...one, posts: ['宣传委员', '党小组长'] } : one
	);
	const third = talkBranch.filter(({ group, leadTeam }) => group === '第三党小组' && !leadTeam);
	const mine = openOf(loads({}, led, []), 'pan')?.map(([people]) => people) ?? [];
	expect(mine).toEqual(expect.arrayContaining(third.map(({ id }) => id as string)));
});

it('TK61 without a leader the load is spread evenly', () => {
	const totals = loads({}, talkBranch, []).map(({ held, open }) => held.length + open.length);
	expect(Math.max(...totals) - Math.min(...totals)).toBeLessThanOrEqual(1);
	expect(totals.reduce((sum, total) => sum + total, 0)).toBe(28);
});

it('TK61 what is given to somebody who can no longer hold it is proposed anew', () => {
	const list = loads({ 'some o13 team': 'gone', 'some o14 team': 'o1' });
	const found = list
		.flatMap(({ open }) => open)
		.filter(({ item }) => ['o13', 'o14'].includes(item.people[0]));
	expect(found.map(({ by }) => by)).toEqual(['proposed', 'proposed']);
});

it('TK61 whoever of the team was asked for a talk by a member has held it', () => {
	const list = loads({}, talkBranch, [stub('o1', 'xu', '2023-03-02')]);
	expect(list.find(({ talker }) => talker === 'xu')?.held.length).toBe(1);
	expect(list.some(({ talker }) => talker === 'o1')).toBe(false);
});
