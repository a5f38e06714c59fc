/** The same figures counted the slow way, over any branch, talks and waivers. fast-check prints the seed of a failure. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MemberId } from '$lib/base/ids.ts';
import { addDays } from '$lib/base/typedDate.ts';
import { coverageOf, type Coverage, type CoverageInput } from './coverage.ts';
import type { Assignment, Waiver } from './talkDuties.ts';
import { talkLoads } from './talkLoads.ts';
import { talkMatrix } from './talkMatrix.ts';
import { pairKinds, talkGroups, talkPeople, type TalkPerson } from './talkPeople.ts';
import { builtInSets, type TalkRule } from './talkRules.ts';
import type { TalkStub } from './talkStub.ts';

const ids = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7'];
const id = fc.constantFrom(...ids);
const day = fc.integer({ min: 0, max: 20 }).map((days) => addDays('2023-03-01', days));

const branch: fc.Arbitrary<TalkPerson[]> = fc
	.tuple(
		...ids.map((one) =>
			fc.record({
				id: fc.constant(one as MemberId),
				name: fc.constant(one),
				posts: fc.subarray(['书记', '组织委员', '党小组长']),
				partyStatus: fc.constantFrom('正式党员', '预备党员', '发展对象', null),
				group: fc.constantFrom('', '一', '二'),
				leadTeam: fc.boolean(),
				principal: fc.boolean(),
				active: fc.boolean()
			})
		)
	)
	.map((members) => [...members] as TalkPerson[]);

const stubs: fc.Arbitrary<TalkStub[]> = fc
	.array(
		fc.record({
			aId: id,
			bId: id,
			on: day,
			pairKind: fc.constantFrom(...pairKinds),
			mode: fc.constantFrom('single', 'single', 'group'),
			signed: fc.boolean(),
			by: id,
			basis: fc.constantFrom('record', 'paper')
		}),
		{ maxLength: 25 }
	)
	.map((made) =>
		made.filter(({ aId, bId }) => aId !== bId).map((one, at) => ({ id: `s${at}`, ...one }))
	);

const rules: fc.Arbitrary<readonly TalkRule[]> = fc.oneof(
	fc.constantFrom(...Object.values(builtInSets).map((set) => set.rules)),
	fc
		.array(
			fc.tuple(
				fc.constantFrom(...pairKinds),
				fc.constantFrom('between', 'within', 'some'),
				fc.constantFrom(...talkGroups),
				fc.constantFrom(...talkGroups)
			),
			{ minLength: 1, maxLength: 4 }
		)
		.map((made) =>
			made.map(([kind, need, of, other], at) => ({ id: `r${at}`, kind, need, of, with: other }))
		)
);

const waiver: Waiver = { reason: 'away', note: '', by: 'm0', on: '2023-03-02' };
const input = fc.record({
	members: branch,
	stubs,
	rules,
	window: fc.tuple(day, day).map(([start, end]) => ({ start, end })),
	/** Shares of the requirements that are waived and given to somebody. */
	waived: fc.array(fc.nat(), { maxLength: 6 }),
	given: fc.array(fc.tuple(fc.nat(), id), { maxLength: 6 })
});

interface Story {
	readonly members: readonly TalkPerson[];
	readonly input: CoverageInput;
	readonly coverage: Coverage;
}

function tell({
	members,
	waived,
	given,
	...rest
}: typeof input extends fc.Arbitrary<infer T> ? T : never): Story {
	const plain: CoverageInput = {
		...{ ...rest, people: talkPeople(members), waivers: new Map(), assignments: new Map() }
	};
	const { items } = coverageOf(plain);
	const keyAt = (at: number): string => items[at % Math.max(1, items.length)]?.key ?? 'none';
	const full = {
		...plain,
		waivers: new Map(waived.map((at) => [keyAt(at), waiver])),
		assignments: new Map(
			given.map(([at, talker]): [string, Assignment] => [keyAt(at), { talker, by: 'm0', at: '' }])
		)
	};
	return { members, input: full, coverage: coverageOf(full) };
}

const stories = input.map(tell);

/** Straight from the definition: no index, no order, no keys but the waivers'. */
function bruteForce({ members, input: { rules: all, stubs: talks, window, waivers } }: Story) {
	const people = members.filter(({ active }) => active);
	const isIn: Record<string, (one: TalkPerson) => boolean> = {
		principals: (one) => one.principal,
		deputies: (one) => one.leadTeam && !one.principal,
		team: (one) => one.leadTeam || one.principal,
		party: (one) => one.partyStatus !== '发展对象',
		others: (one) => one.partyStatus !== '发展对象' && !one.leadTeam && !one.principal,
		committee: (one) => one.posts.includes('书记') || one.posts.includes('组织委员'),
		plain: (one) =>
			one.partyStatus !== '发展对象' &&
			!one.posts.includes('书记') &&
			!one.posts.includes('组织委员')
	};
	const counting = talks.filter(
		({ mode, on }) => mode === 'single' && on >= window.start && on <= window.end
	);
	const talked = (a: string, b: string) =>
		counting.some(({ aId, bId }) => (aId === a && bId === b) || (aId === b && bId === a));
	const inAnyGroup = (one: string) =>
		people.some((person) => person.id === one && talkGroups.some((group) => isIn[group]!(person)));
	const withOneWhoLeft = (a: string, kind: string) =>
		kind !== 'other' &&
		counting.some((talk) => talk.bId === a && talk.pairKind === kind && !inAnyGroup(talk.aId));

	const count = { required: 0, done: 0, missing: 0, waived: 0 };
	const settle = (isDone: boolean, isWaived: boolean) => {
		if (isDone) count.done += 1;
		else if (isWaived) count.waived += 1;
		else count.missing += 1;
		if (isDone || !isWaived) count.required += 1;
	};
	for (const rule of all) {
		const of = people.filter(isIn[rule.of]!);
		if (rule.need === 'some') {
			for (const { id: a } of of) {
				const partners = people.filter((one) => one.id !== a && isIn[rule.with]!(one));
				if (partners.length === 0) continue;
				const isDone = partners.some(({ id: b }) => talked(a, b)) || withOneWhoLeft(a, rule.kind);
				settle(isDone, waivers.has(`some ${a} ${rule.with}`));
			}
			continue;
		}
		const others = rule.need === 'within' ? of : people.filter(isIn[rule.with]!);
		for (const { id: a } of people)
			for (const { id: b } of people) {
				if (a >= b) continue;
				const has = (list: TalkPerson[], one: string) => list.some((person) => person.id === one);
				if (!(has(of, a) && has(others, b)) && !(has(of, b) && has(others, a))) continue;
				settle(talked(a, b), waivers.has(`pair ${a} ${b}`));
			}
	}
	return count;
}

it('TK55 figures are what one counts by hand', () => {
	fc.assert(
		fc.property(stories, (story) => {
			const { total, parts, items } = story.coverage;
			expect(total).toMatchObject(bruteForce(story));
			expect(total.done + total.missing).toBe(total.required);
			for (const figure of ['required', 'done', 'signed', 'missing', 'waived'] as const)
				expect(parts.reduce((sum, part) => sum + part[figure], 0)).toBe(total[figure]);
			expect(new Set(items.map(({ id: one }) => one)).size).toBe(items.length);
		}),
		{ numRuns: 600 }
	);
});

it('TK61 each talk is the business of exactly one who may hold it', () => {
	fc.assert(
		fc.property(stories, ({ coverage, members }) => {
			const loads = talkLoads(coverage.items, members);
			const open = loads.flatMap((load) => load.open);
			expect(open.map(({ item }) => item.id).toSorted()).toEqual(
				coverage.items
					.filter(({ state }) => state === 'missing')
					.map((item) => item.id)
					.toSorted()
			);
			for (const { item, talker, by } of open) {
				expect(item.talkers).toContain(talker);
				expect(by === 'assigned').toBe(item.assigned !== null);
			}
			expect(loads.reduce((sum, { held }) => sum + held.length, 0)).toBe(coverage.total.done);
			expect(
				loads.every((load, at) => at === 0 || loads[at - 1]!.open.length >= load.open.length)
			).toBe(true);
		}),
		{ numRuns: 300 }
	);
});

it('TK62 the table shows every talk that is asked for, a pair in one cell', () => {
	fc.assert(
		fc.property(stories, ({ coverage, input: { people }, members }) => {
			const { sections, columns } = talkMatrix(coverage, people, members, ['一', '二']);
			const rows = sections.flatMap((section) => section.rows);
			expect(new Set(rows.map(({ person }) => person)).size).toBe(rows.length);
			const cells = rows.flatMap((row) => row.cells.filter((cell) => cell !== null));
			for (const row of rows) expect(row.cells.length).toBe(columns.length);
			for (const item of coverage.items) {
				const shown = cells.filter((cell) => cell.items.includes(item));
				expect(shown.length).toBe(item.people.length === 2 ? 1 : item.partners.length);
				if (item.people.length === 2) {
					const named = [shown[0]!.row, shown[0]!.column].toSorted();
					expect(named).toEqual([...item.people].toSorted());
					if (item.state === 'missing') expect(shown[0]!.state).toBe('missing');
				}
				if (item.state === 'missing')
					expect(shown.every(({ stubs: held }) => held.length === 0)).toBe(true);
			}
		}),
		{ numRuns: 200 }
	);
});
