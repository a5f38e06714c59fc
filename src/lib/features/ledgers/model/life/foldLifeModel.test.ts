/** What must be true of every story, whoever told it. fast-check prints the seed of a failure. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
	fold,
	hostileStory,
	honestStory,
	instant,
	makeEvent,
	openings,
	type Story
} from './fixtures/lifeStories.ts';
import { areConcurrent, isTakenBack, knew, naiveFold } from './fixtures/naiveFold.ts';
import type { Life } from './life.ts';
import type { EventType, LifeEvent } from './lifeEvent.ts';
import { actionsOf, stepOf, type LifeMachine } from './machine.ts';
import { nextEvent } from './nextEvent.ts';
import { problemMachine } from './problemMachine.ts';

const RUNS = 400;
const anyStory = fc.oneof(honestStory, hostileStory);

const check = (story: fc.Arbitrary<Story>, test: (story: Story) => void): void =>
	fc.assert(fc.property(story, test), { numRuns: RUNS });

/** Events shuffled, some delivered more than once. */
const delivered = anyStory.chain(({ machine, events }) =>
	fc.record({
		machine: fc.constant(machine),
		first: fc.constant(events),
		again: fc.shuffledSubarray([...events, ...events], {
			minLength: events.length * 2,
			maxLength: events.length * 2
		})
	})
);

function verdictsOf(life: Life): Record<string, string> {
	const verdicts: Record<string, string> = {};
	const put = (verdict: string) => (event: LifeEvent) => (verdicts[event.id] = verdict);
	life.applied.forEach(put('applied'));
	life.duplicates.forEach(put('duplicate'));
	life.retracted.forEach(put('retracted'));
	life.ignored.forEach(put('ignored'));
	for (const { event, reason } of life.conflicts) verdicts[event.id] = reason;
	return verdicts;
}

function expectNaive(machine: LifeMachine, events: readonly LifeEvent[]): void {
	const life = fold(machine, events);
	const order = life.all.map(({ id }) => id);
	const found = { status: life.status, verdicts: verdictsOf(life), order };
	expect(found).toEqual(naiveFold(machine, events));
}

it('LF1 LF5 the same events fold to the same life, however they are delivered', () => {
	fc.assert(
		fc.property(delivered, ({ machine, first, again }) => {
			expect(fold(machine, again)).toEqual(fold(machine, first));
		}),
		{ numRuns: RUNS }
	);
});

it('LF3 LF9 LF11 LF12 LF17 the fold comes to what the rules say, put plainly', () => {
	check(honestStory, ({ machine, events }) => expectNaive(machine, events));
});

it('LF4 a missing parent is as if it had not been named, and comes in when it arrives', () => {
	fc.assert(
		fc.property(honestStory, fc.nat(), ({ machine, events }, hole) => {
			const rest = events.filter((_, index) => index !== hole % Math.max(1, events.length));
			const known = new Set(rest.map(({ id }) => id));
			const cut = rest.map((event) => ({
				...event,
				after: event.after.filter((id) => known.has(id))
			}));
			const [torn, mended] = [fold(machine, rest), fold(machine, cut)];
			expect(verdictsOf(torn)).toEqual(verdictsOf(mended));
			expect([torn.status, torn.heads]).toEqual([mended.status, mended.heads]);
		}),
		{ numRuns: RUNS }
	);
});

it('LF8 what is applied is a legal path of the machine', () => {
	check(anyStory, ({ machine, events }) => {
		const life = fold(machine, events);
		let status = machine.initial;
		for (const { type } of life.applied) {
			if (type === 'retract') continue;
			const step = stepOf(machine, type)!;
			expect(step.from).toContain(status);
			status = step.to ?? status;
		}
		expect(life.status).toBe(status);
	});
});

it('LF10 no closing has effect beside a return or reopening that its author did not know of', () => {
	check(honestStory, ({ machine, events }) => {
		const life = fold(machine, events);
		const doubts = events.filter(
			(event) =>
				['return', 'reopen'].includes(event.type) &&
				stepOf(machine, event.type) !== undefined &&
				!isTakenBack(machine, events, event)
		);
		const closings = [...life.applied, ...life.duplicates].filter(
			({ type }) => stepOf(machine, type)?.closing
		);
		for (const closing of closings)
			expect(doubts.filter((doubt) => areConcurrent(events, doubt, closing))).toEqual([]);
	});
});

it('LF14 a legal step by someone who knows everything has effect, and changes nothing before it', () => {
	fc.assert(
		fc.property(anyStory, fc.nat(), ({ machine, events }, dice) => {
			const before = fold(machine, events);
			const types = actionsOf(machine, before.status);
			const type = types[dice % types.length]!;
			const extras = { target: 'row9', due: '2023-07-01' };
			const event = nextEvent(before, type, 'm9', instant(1), 'new', extras);
			const after = fold(machine, [...events, event]);
			expect(after.applied.map(({ id }) => id)).toEqual([
				...before.applied.map(({ id }) => id),
				'new'
			]);
			expect(after.heads).toEqual(['new']);
			expect(after.status).toBe(stepOf(machine, type)!.to ?? before.status);
			expect(after.openConflicts).toEqual([]);
		}),
		{ numRuns: RUNS }
	);
});

it('LF15 every event is in exactly one of the lists', () => {
	check(anyStory, ({ machine, events }) => {
		const life = fold(machine, events);
		const listed = [
			...life.applied,
			...life.duplicates,
			...life.retracted,
			...life.ignored,
			...life.conflicts.map(({ event }) => event)
		].map(({ id }) => id);
		expect(listed.toSorted()).toEqual([...new Set(events.map(({ id }) => id))].toSorted());
		expect(life.all.map(({ id }) => id).toSorted()).toEqual(listed.toSorted());
	});
});

it('LF16 a conflict is open until somebody who knew of it has taken a step', () => {
	check(honestStory, ({ machine, events }) => {
		const life = fold(machine, events);
		const steps = [...life.applied, ...life.duplicates].filter(({ type }) => type !== 'retract');
		const open = life.conflicts.filter(
			({ event }) => !steps.some((step) => knew(events, step, event))
		);
		expect(life.openConflicts).toEqual(open);
	});
});

it('LF19 a step taken and taken back leaves the life as it was', () => {
	fc.assert(
		fc.property(anyStory, fc.nat(), ({ machine, events }, dice) => {
			const before = fold(machine, events);
			const types = actionsOf(machine, before.status).filter((type) => type !== 'settle');
			if (types.length === 0) return;
			const extras = { target: 'row9', due: '2023-07-01' };
			const type = types[dice % types.length]!;
			const done = nextEvent(before, type, 'm9', instant(1), 'new', extras);
			const between = fold(machine, [...events, done]);
			const undone = nextEvent(between, 'retract', 'm9', instant(2), 'undo', { target: 'new' });
			const after = fold(machine, [...events, done, undone]);
			const bare = (life: Life) => ({
				...life,
				...{ all: null, heads: null, nextTick: null, retracted: null },
				applied: life.applied.filter(({ id }) => id !== 'undo')
			});
			expect(bare(after)).toEqual(bare(before));
			expect(after.retracted.map(({ id }) => id)).toContain('new');
		}),
		{ numRuns: RUNS }
	);
});

/** Every way in which `count` events can know of each other, over a common beginning. */
function* universes(types: readonly EventType[], count: number): Generator<LifeEvent[]> {
	const shapes = 2 ** ((count * (count - 1)) / 2);
	for (let word = 0; word < types.length ** count; word++)
		for (let shape = 0; shape < shapes; shape++)
			for (const names of ['wxyz', 'zyxw']) {
				const events: LifeEvent[] = [];
				let bit = 0;
				for (let n = 0; n < count; n++) {
					const seen = events.filter(() => (shape >> bit++) & 1);
					const type = types[Math.floor(word / types.length ** n) % types.length]!;
					events.push(
						makeEvent(names[n]!, type, {
							by: 'm1',
							tick: 5 + Math.max(0, ...seen.map(({ tick }) => tick - 4)),
							after: ['o3', ...seen.map(({ id }) => id)],
							target: seen.at(-1)?.id ?? 'o3'
						})
					);
				}
				yield events;
			}
}

it('LF3 LF10 LF11 LF17 every small universe comes to what the rules say', () => {
	const opening = openings
		.get(problemMachine)!
		.map((type, n) => makeEvent(`o${n}`, type, { tick: n + 1, after: n ? [`o${n - 1}`] : [] }));
	const check = (types: readonly EventType[], count: number): number => {
		let seen = 0;
		for (const events of universes(types, count)) {
			expectNaive(problemMachine, [...opening, ...events]);
			seen++;
		}
		return seen;
	};
	expect(check(['accept', 'return', 'reopen', 'apply', 'retract', 'longTerm'], 3)).toBe(3456);
	expect(check(['accept', 'return', 'apply'], 4)).toBe(10_368);
});
