import { describe, expect, it } from 'vitest';
import {
	otherIds,
	stub,
	talkBranch,
	talksUntil27March,
	talksUntil31March
} from './fixtures/talkBranch.ts';
import { coverageOf, percentOf, type Coverage, type CoverageInput } from './coverage.ts';
import { pairKey } from './requirements.ts';
import type { Waiver } from './talkDuties.ts';
import { pairKindOf, talkPeople, type TalkPerson } from './talkPeople.ts';
import { builtInSets } from './talkRules.ts';

const march = { start: '2023-03-01', end: '2023-03-31' };
const sick: Waiver = { reason: 'sick', note: '', by: 'zhou', on: '2023-03-31' };

const cover = (rest: Partial<CoverageInput> = {}, members: readonly TalkPerson[] = talkBranch) =>
	coverageOf({
		...{ people: talkPeople(members), rules: builtInSets.strict.rules, window: march },
		...{ stubs: [], waivers: new Map(), assignments: new Map() },
		...rest
	});
const parts = ({ parts: all }: Coverage) =>
	all.map(({ id, done, required }) => [id, done, required]);
const missing = ({ items }: Coverage) =>
	items.filter(({ state }) => state === 'missing').map(({ people }) => people.join(' '));
const without = (id: string) =>
	talkBranch.map((one) => (one.id === id ? { ...one, active: false } : one));
const p3Of = (id: string) => `some ${id} team`;

describe('what is required', () => {
	it('TK53 23 people, five in the team, one in charge: 4, 6 and 18, 28 in all', () => {
		expect(parts(cover())).toEqual([
			['P1', 0, 4],
			['P2', 0, 6],
			['P3', 0, 18]
		]);
		expect(cover().total).toEqual({ required: 28, done: 0, signed: 0, missing: 28, waived: 0 });
	});

	it('TK53 two in charge must talk with each other, and each with the rest of the team', () => {
		const two = talkBranch.map((one) => (one.id === 'he' ? { ...one, principal: true } : one));
		expect(parts(cover({}, two))).toEqual([
			['P1', 0, 6],
			['P2', 0, 4],
			['P3', 0, 18]
		]);
	});

	it('TK53 who is in charge belongs to the team without being ticked as of it', () => {
		const unticked = talkBranch.map((one) =>
			one.id === 'zhou' ? { ...one, leadTeam: false } : one
		);
		expect(parts(cover({}, unticked))).toEqual(parts(cover()));
	});

	it('TK53 people who are not in the Party are asked for only as of the team', () => {
		const outside = talkBranch.map((one) =>
			one.id === 'o1' || one.id === 'xu' ? { ...one, partyStatus: '入党积极分子' as const } : one
		);
		expect(parts(cover({}, outside))).toEqual([
			['P1', 0, 4],
			['P2', 0, 6],
			['P3', 0, 17]
		]);
	});

	it('TK54 relaxed, each of the team needs one peer, and one talk serves both', () => {
		const relaxed = cover({
			rules: builtInSets.relaxed.rules,
			stubs: [stub('he', 'xu', '2023-03-02')]
		});
		expect(parts(relaxed)).toEqual([
			['P1', 0, 4],
			['P2', 2, 4],
			['P3', 0, 18]
		]);
	});

	it('TK54 once a year: the committee among each other, members with the committee and with each other', () => {
		const yearly = cover({
			rules: builtInSets.yearly.rules,
			stubs: [stub('liang', 'o1', '2023-03-02'), stub('o1', 'o2', '2023-03-02')]
		});
		expect(parts(yearly)).toEqual([
			['committee', 0, 10],
			['members', 1, 18],
			['peers', 2, 18]
		]);
	});

	it('TK54 where nobody is there to talk with, nothing is asked', () => {
		const alone = [talkBranch[0]!, talkBranch[1]!];
		expect(parts(cover({ rules: builtInSets.relaxed.rules }, alone))).toEqual([
			['P1', 0, 1],
			['P2', 0, 0],
			['P3', 0, 0]
		]);
		expect(cover({}, talkBranch.slice(5)).total.required).toBe(0);
	});
});

describe('what is done', () => {
	it('TK55 27 March: 4, 5 and 12 of 28 are 75 %, signed or not', () => {
		const coverage = cover({ stubs: talksUntil27March });
		expect(parts(coverage)).toEqual([
			['P1', 4, 4],
			['P2', 5, 6],
			['P3', 12, 18]
		]);
		expect(coverage.total).toEqual({ required: 28, done: 21, signed: 20, missing: 7, waived: 0 });
		expect(percentOf(coverage.total)).toBe(75);
		expect(missing(coverage)).toEqual(['liang xu', ...otherIds.slice(12)]);
	});

	it('TK56 31 March: 26 of 28, and 26 of 27 once one is waived', () => {
		const late = cover({ stubs: talksUntil31March });
		expect(late.total).toMatchObject({ done: 26, required: 28 });
		const waivers = new Map([[p3Of('o17'), sick]]);
		const waived = cover({ stubs: talksUntil31March, waivers });
		expect(waived.total).toMatchObject({ done: 26, required: 27, missing: 1, waived: 1 });
		expect(percentOf(waived.total)).toBe(96);
		expect(missing(waived)).toEqual(['o18']);
	});

	it('TK56 a talk that was held after all counts, and the base is what it was', () => {
		const waivers = new Map([[p3Of('o17'), sick]]);
		const stubs = [...talksUntil31March, stub('zhou', 'o17', '2023-03-31')];
		expect(cover({ stubs, waivers }).total).toMatchObject({ done: 27, required: 28, waived: 0 });
	});

	it('TK55 never 100 % while something is missing, and nothing of nothing', () => {
		expect(percentOf({ required: 1000, done: 999, signed: 0, missing: 1, waived: 0 })).toBe(99);
		expect(percentOf({ required: 3, done: 3, signed: 0, missing: 0, waived: 0 })).toBe(100);
		expect(percentOf({ required: 0, done: 0, signed: 0, missing: 0, waived: 2 })).toBeNull();
	});

	it('TK52 the first and the last day are in, the days around them are not', () => {
		const on = (day: string) => cover({ stubs: [stub('zhou', 'he', day)] }).total.done;
		expect(['2023-02-28', '2023-03-01', '2023-03-31', '2023-04-01'].map(on)).toEqual([0, 1, 1, 0]);
	});

	it('TK52 a talk counts once, for every campaign whose window it falls into', () => {
		const stubs = [stub('zhou', 'he', '2023-03-05'), stub('he', 'zhou', '2023-03-20')];
		expect(cover({ stubs }).total.done).toBe(1);
		const year = { start: '2023-01-01', end: '2023-12-31' };
		expect(cover({ stubs, window: year }).total.done).toBe(1);
	});

	it('TK52 a talk in a group counts for no pair', () => {
		const stubs = [stub('liang', 'xu', '2023-03-05', { mode: 'group' })];
		expect(cover({ stubs }).total.done).toBe(0);
	});

	it('TK55 of several talks one that is signed makes it solid', () => {
		const stubs = [
			stub('zhou', 'he', '2023-03-05', { signed: false }),
			stub('zhou', 'he', '2023-03-09'),
			stub('zhou', 'pan', '2023-03-05', { signed: false })
		];
		const states = cover({ stubs }).items.flatMap(({ people, state }) =>
			state === 'missing' ? [] : [[people.join(' '), state]]
		);
		expect(states).toEqual([
			['zhou he', 'signed'],
			['zhou pan', 'unsigned']
		]);
	});
});

describe('people who come and go', () => {
	it('TK57 whoever left is asked for no more, whoever came is', () => {
		expect(cover({}, without('o1')).total.required).toBe(27);
		expect(parts(cover({}, without('xu')))).toEqual([
			['P1', 0, 3],
			['P2', 0, 3],
			['P3', 0, 18]
		]);
		const added = [...talkBranch, { ...talkBranch[7]!, id: 'new' as TalkPerson['id'] }];
		expect(missing(cover({ stubs: talksUntil31March }, added))).toContain('new');
	});

	it('TK57 what a talker who left has held with members still counts for them', () => {
		const held = stub('xu', 'o1', '2023-03-05', { pairKind: 'P3' });
		const count = (one: typeof held) => cover({ stubs: [one] }, without('xu')).total.done;
		expect(count(held)).toBe(1);
		expect(count({ ...held, pairKind: 'other' })).toBe(0);
		expect(count({ ...held, on: '2023-02-05' })).toBe(0);
		expect(count({ ...held, aId: 'o1', bId: 'xu' })).toBe(0);
	});
});

it('TK51 the register says of which kind a talk is', () => {
	const kind = (a: string, b: string) => [
		pairKindOf(talkBranch, a, b),
		pairKindOf(talkBranch, b, a)
	];
	expect(kind('zhou', 'pan')).toEqual(['P1', 'P1']);
	expect(kind('he', 'pan')).toEqual(['P2', 'P2']);
	expect(kind('xu', 'o4')).toEqual(['P3', 'P3']);
	expect(kind('o1', 'o4')).toEqual(['other', 'other']);
	expect(kind('zhou', 'nobody')).toEqual(['other', 'other']);
	expect(kind('zhou', 'zhou')).toEqual(['other', 'other']);
	const two = talkBranch.map((one) => (one.id === 'he' ? { ...one, principal: true } : one));
	expect(pairKindOf(two, 'zhou', 'he')).toBe('P2');
});

it('TK55 all single talks of the window are at hand, asked for or not', () => {
	const { talks } = cover({
		stubs: [stub('o2', 'o1', '2023-03-05'), stub('o2', 'o1', '2023-04-05')]
	});
	expect([...talks.keys()]).toEqual([pairKey('o1', 'o2')]);
});
