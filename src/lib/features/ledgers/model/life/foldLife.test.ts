/** A few stories told by hand; what must be true of every story is in foldLifeModel.test.ts. */
import { describe, expect, it } from 'vitest';
import { fold, instant, makeEvent, sync, TestReplica } from './fixtures/lifeStories.ts';
import { foldLife } from './foldLife.ts';
import type { Life } from './life.ts';
import { maxTick, type EventType } from './lifeEvent.ts';
import { opinionMachine } from './opinionMachine.ts';
import { problemMachine } from './problemMachine.ts';

const types = (events: readonly { readonly type: EventType }[]): EventType[] =>
	events.map(({ type }) => type);
const reasons = (conflicts: Life['conflicts']): string[] =>
	conflicts.map(({ event, reason }) => `${event.type} by ${event.by}: ${reason}`);

/** B, C and D of the sample branch with one problem they all have seen come so far. */
function branch(...steps: readonly EventType[]) {
	const [b, c, d] = ['B', 'C', 'D'].map((name) => new TestReplica(name)) as [
		TestReplica,
		TestReplica,
		TestReplica
	];
	for (const step of steps) c.act(step);
	sync(b, c, d);
	return { b, c, d };
}
const toAccept = ['submit', 'confirm', 'start', 'apply'] as const;

describe('S10', () => {
	it('LF10 LF16 a closing and a return at the same time: the return holds, until it is mended', () => {
		const { b, c, d } = branch('submit', 'confirm', 'start');
		c.act('apply');
		b.hear(c.events.values());
		d.hear(c.events.values());
		d.act('return', { note: '截图为一月份' });
		b.act('accept', { note: '已上传' });
		expect([b.life.status, d.life.status]).toEqual(['closed', 'rectifying']);

		sync(b, c, d);
		for (const { life } of [b, c, d]) {
			expect(life.status).toBe('rectifying');
			expect(reasons(life.openConflicts)).toEqual(['accept by B: beatenByDoubt']);
			expect(types(life.all).slice(-2)).toEqual(['return', 'accept']);
			expect([life.returns, life.closedOn, life.closedBy]).toEqual([1, null, null]);
		}

		c.act('apply', { evidenceIds: ['new screenshot'] });
		expect(c.life.openConflicts).toEqual([]);
		expect(reasons(c.life.conflicts)).toEqual(['accept by B: beatenByDoubt']);
		sync(c, d);
		d.act('accept', { note: '属实' });
		expect([d.life.status, d.life.closedBy]).toEqual(['closed', 'D']);
		sync(b, d);
		b.act('reopen', { note: '又缺' });
		sync(b, c, d);
		for (const { life } of [b, c, d]) {
			expect([life.status, life.closedOn]).toEqual(['rectifying', null]);
			expect(life.rounds.map(({ outcome }) => outcome?.type)).toEqual(['return', 'accept']);
		}
	});
});

describe('at the same time', () => {
	it('LF10 counts a doubt even where the statuses would let the closing pass', () => {
		const { b, c, d } = branch(...toAccept);
		d.act('return');
		c.hear(d.events.values());
		c.act('apply');
		b.act('accept');
		sync(b, c, d);
		expect(b.life.status).toBe('toAccept');
		expect(reasons(b.life.openConflicts)).toEqual(['accept by B: beatenByDoubt']);
	});

	it('LF10 counts a doubt that comes after another closing', () => {
		const { b, c, d } = branch(...toAccept);
		b.act('accept');
		d.act('accept');
		d.act('reopen');
		sync(b, c, d);
		expect(b.life.status).toBe('rectifying');
		expect(reasons(b.life.conflicts)).toEqual(['accept by B: beatenByDoubt']);
	});

	it('LF10 lets the closing be once the doubt is taken back', () => {
		const { b, c, d } = branch(...toAccept);
		b.act('accept');
		const doubt = d.act('return');
		d.act('retract', { target: doubt.id });
		sync(b, c, d);
		expect([b.life.status, b.life.closedBy]).toEqual(['closed', 'B']);
	});

	it('LF11 two closings are one', () => {
		const { b, c, d } = branch(...toAccept);
		b.act('accept');
		d.act('accept');
		sync(b, c, d);
		expect([c.life.status, c.life.closedBy]).toEqual(['closed', 'B']);
		expect(types(c.life.duplicates)).toEqual(['accept']);
		expect(c.life.conflicts).toEqual([]);
	});

	it('LF11 an application made without knowing that the same one was returned is the same one', () => {
		const { b, c, d } = branch('submit', 'confirm', 'start');
		b.act('apply');
		c.act('extend', { due: '2023-05-01' });
		c.act('extend', { due: '2023-06-01' });
		c.act('apply');
		d.hear(b.events.values());
		d.act('return');
		sync(b, c, d);
		expect(d.life.status).toBe('rectifying');
		expect(types(d.life.duplicates)).toEqual(['apply']);
	});

	it('LF12 merged into two rows at once: the later one is a conflict, unless it is the same row', () => {
		const { b, c, d } = branch('submit');
		b.act('merge', { target: 'row1' });
		c.act('merge', { target: 'row2' });
		d.act('merge', { target: 'row1' });
		sync(b, c, d);
		expect([c.life.status, c.life.mergedInto]).toEqual(['merged', 'row1']);
		expect(reasons(c.life.conflicts)).toEqual(['merge by C: otherTarget']);
		expect(types(c.life.duplicates)).toEqual(['merge']);
	});

	it('LF12 an opinion made into two problems at once is one problem and a conflict', () => {
		const [b, c] = [new TestReplica('B', opinionMachine), new TestReplica('C', opinionMachine)];
		b.act('toProblem', { target: 'p1' });
		c.act('toProblem', { target: 'p2' });
		sync(b, c);
		expect([b.life.status, b.life.problemId]).toEqual(['inHand', 'p1']);
		expect(reasons(b.life.openConflicts)).toEqual(['toProblem by C: otherTarget']);
	});

	it('LF9 confirmed and rejected: one holds, the other is kept and asks for a person', () => {
		const { b, c, d } = branch('submit');
		b.act('confirm');
		d.act('reject');
		sync(b, c, d);
		expect(c.life.status).toBe('toRectify');
		expect(reasons(c.life.openConflicts)).toEqual(['reject by D: status']);
		c.act('settle', { note: '以认定为准' });
		expect(c.life.openConflicts).toEqual([]);
		expect(c.life.status).toBe('toRectify');
	});

	it('LF16 a step that is taken back, and the taking back, leave a conflict open', () => {
		const { b, c, d } = branch('submit');
		b.act('confirm');
		d.act('reject');
		sync(b, c, d);
		const start = c.act('start');
		expect(c.life.openConflicts).toEqual([]);
		c.act('retract', { target: start.id });
		expect(reasons(c.life.openConflicts)).toEqual(['reject by D: status']);
	});
});

describe('taking back', () => {
	it('LF18 the fold ignores what takes nothing back', () => {
		const { b, c } = branch('submit');
		const submit = c.life.all[0]!;
		b.act('retract', { target: submit.id });
		expect([b.life.status, types(b.life.ignored)]).toEqual(['toVerify', ['retract']]);

		c.act('confirm');
		c.act('retract', { target: submit.id });
		expect([c.life.status, types(c.life.ignored)]).toEqual(['toRectify', ['retract']]);

		const taken = c.act('start');
		const retract = c.act('retract', { target: taken.id });
		c.act('retract', { target: retract.id });
		expect([c.life.status, types(c.life.retracted)]).toEqual(['toRectify', ['start']]);

		const settled = c.act('settle');
		c.act('retract', { target: settled.id });
		expect(types(c.life.applied).at(-1)).toBe('settle');
	});

	it('LF18 what was built on a step at the same time becomes a conflict', () => {
		const { b, c } = branch('submit');
		b.act('confirm');
		c.act('retract', { target: c.life.all[0]!.id });
		sync(b, c);
		expect(b.life.status).toBe('draft');
		expect(reasons(b.life.openConflicts)).toEqual(['confirm by B: status']);
	});

	it('LF20 taken back on two devices of one member is taken back once', () => {
		const phone = new TestReplica('phone', problemMachine, 'm1');
		const desk = new TestReplica('desk', problemMachine, 'm1');
		const submit = phone.act('submit');
		sync(phone, desk);
		phone.act('retract', { target: submit.id });
		desk.act('retract', { target: submit.id });
		sync(phone, desk);
		expect([desk.life.status, types(desk.life.duplicates)]).toEqual(['draft', ['retract']]);
		expect(desk.life.conflicts).toEqual([]);
	});
});

describe('figures', () => {
	const at = (day: string): string => `${day}T01:00:00.000Z`;
	const story = (
		[...steps]: readonly (readonly [EventType, string, object?])[],
		machine = problemMachine as Parameters<typeof fold>[0]
	): Life =>
		fold(
			machine,
			steps.map(([type, day, extras], n) =>
				makeEvent(`e${n}`, type, {
					tick: n + 1,
					after: n === 0 ? [] : [`e${n - 1}`],
					at: at(day),
					by: `m${n}`,
					...extras
				})
			)
		);

	it('LF25 dates of confirming, starting and ending; none of ending when it was opened again', () => {
		const steps = [
			['submit', '2023-04-01'],
			['confirm', '2023-04-02'],
			['start', '2023-04-03'],
			['apply', '2023-04-04'],
			['accept', '2023-04-05'],
			['recheck', '2023-04-06']
		] as const;
		const closed = story(steps);
		expect(closed).toMatchObject({
			confirmedOn: '2023-04-02',
			startedOn: '2023-04-03',
			closedOn: '2023-04-05',
			closedBy: 'm4'
		});
		const again = story([...steps, ['reopen', '2023-04-28']]);
		expect(again).toMatchObject({ startedOn: '2023-04-03', closedOn: null, closedBy: null });
	});

	it('LF25 an opinion ends when it is done, and has a day of reply', () => {
		const steps = [
			['take', '2023-03-14'],
			['finish', '2023-03-19'],
			['reply', '2023-03-20']
		] as const;
		expect(story(steps, opinionMachine)).toMatchObject({
			startedOn: '2023-03-14',
			closedOn: '2023-03-19',
			closedBy: 'm1',
			repliedOn: '2023-03-20'
		});
		expect(story([...steps, ['reopen', '2023-03-21']], opinionMachine)).toMatchObject({
			closedOn: null,
			repliedOn: null
		});
	});

	it('LF25 the day is that of the clock that is handed in', () => {
		const late = makeEvent('a', 'submit', { at: '2023-04-01T17:30:00Z' });
		const confirm = makeEvent('b', 'confirm', { at: late.at, tick: 2, after: ['a'] });
		expect(fold(problemMachine, [late, confirm]).confirmedOn).toBe('2023-04-02');
		const utc = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);
		const there = foldLife(problemMachine, [late, confirm], { dayOf: utc });
		expect(there.confirmedOn).toBe('2023-04-01');
	});

	it('LF26 counts returns and extensions and keeps every date that was set', () => {
		const life = story([
			['submit', '2023-04-01'],
			['confirm', '2023-04-01'],
			['start', '2023-04-01', { due: '2023-04-08' }],
			['extend', '2023-04-07', { due: '2023-04-20', dueBefore: '2023-04-08' }],
			['apply', '2023-04-10'],
			['return', '2023-04-11', { due: '2023-04-27' }],
			['apply', '2023-04-12'],
			['longTerm', '2023-04-13'],
			['apply', '2023-04-14']
		]);
		expect([life.returns, life.extensions]).toEqual([1, 1]);
		expect(life.dues.map(({ due }) => due)).toEqual(['2023-04-08', '2023-04-20', '2023-04-27']);
		expect(life.rounds.map(({ outcome }) => outcome?.type ?? null)).toEqual([
			'return',
			'longTerm',
			null
		]);
	});
});

describe('hostile', () => {
	it('LF6 an event that claims to follow what follows it', () => {
		const ring = ['a', 'b', 'c'].map((id, n, all) =>
			makeEvent(id, 'extend', { tick: n + 1, after: [all[(n + 2) % 3]!] })
		);
		const life = fold(problemMachine, ring);
		expect(life.all.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
		expect(life.heads).toEqual(['c']);
	});

	it('LF6 after the highest tick people can still go on', () => {
		const replica = new TestReplica('B');
		replica.hear([makeEvent('z', 'settle', { tick: maxTick })]);
		for (const step of toAccept) replica.act(step);
		expect([replica.life.status, replica.life.nextTick]).toEqual(['toAccept', maxTick]);
	});

	const many = 5000;
	const wide = Array.from({ length: many }, (_, n) => {
		const type = (['accept', 'return', 'apply', 'retract', 'reopen'] as const)[n % 5]!;
		const after = Array.from({ length: 64 }, (_, k) => `e${n - 1 - k * (1 + (n % 7))}`);
		return makeEvent(`e${n}`, type, { tick: n + 1, after, target: `e${n - 1}`, at: instant(n) });
	});

	it('LF7 five thousand events of one row fold while one looks on', () => {
		expect(fold(problemMachine, wide).all).toHaveLength(many);
		const loose = wide.map((event) => ({ ...event, after: [] }));
		expect(fold(problemMachine, loose).conflicts.length).toBeGreaterThan(1000);
		const knotted = wide.map((event, n) => ({ ...event, after: [`e${(n + 1) % many}`] }));
		expect(fold(problemMachine, knotted).all).toHaveLength(many);
	});

	it('LF7 of more than that the first by tick and id are looked at, whichever came first', () => {
		const flood = Array.from({ length: many + 100 }, (_, n) =>
			makeEvent(`f${n}`, 'extend', { tick: 1 + Math.floor(n / 2) })
		);
		const life = fold(problemMachine, flood);
		expect(life.all).toHaveLength(many);
		expect(fold(problemMachine, flood.toReversed()).all).toEqual(life.all);
	});
});
