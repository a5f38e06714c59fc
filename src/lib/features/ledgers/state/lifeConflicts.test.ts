import { describe, expect, it } from 'vitest';
import { TestReplica } from '../model/life/fixtures/lifeStories.ts';
import type { EventExtras, EventType } from '../model/life/lifeEvent.ts';
import { problemMachine } from '../model/life/problemMachine.ts';
import { opponentOf } from './lifeConflicts.ts';

type Step = readonly [EventType, EventExtras?];

/** Both have the same past, then each does his own without knowing of the other. */
function apart(past: readonly EventType[], mine: readonly Step[], theirs: readonly Step[]) {
	const [a, b] = [new TestReplica('a', problemMachine), new TestReplica('b', problemMachine)];
	for (const type of past) a.act(type);
	b.hear(a.events.values());
	for (const [type, extras] of mine) a.act(type, extras);
	for (const [type, extras] of theirs) b.act(type, extras);
	a.hear(b.events.values());
	const { life } = a;
	const [conflict] = life.openConflicts;
	return { life, conflict: conflict!, other: opponentOf(problemMachine, life, conflict!) };
}
const past: readonly EventType[] = ['submit', 'confirm', 'start', 'apply'];

describe('what stands against a step', () => {
	it('the return that happened at the same time as a closing', () => {
		const { conflict, other, life } = apart(past, [['accept']], [['return', { note: '不对' }]]);
		expect([conflict.event.type, other?.type, life.status]).toEqual([
			...['accept', 'return', 'rectifying']
		]);
	});

	it('and not a return that was taken back', () => {
		const [a, b, c] = ['a', 'b', 'c'].map((name) => new TestReplica(name, problemMachine));
		for (const type of past) a!.act(type);
		for (const other of [b!, c!]) other.hear(a!.events.values());
		a!.act('accept');
		b!.act('return', { note: '不对' });
		const { id } = c!.act('return', { note: '看错了' });
		c!.act('retract', { target: id });
		for (const other of [b!, c!]) a!.hear(other.events.values());
		const { life } = a!;
		expect(opponentOf(problemMachine, life, life.openConflicts[0]!)?.by).toBe('b');
	});

	it('a merge into another row', () => {
		const { conflict, other } = apart(
			['submit'],
			[['merge', { target: 'x' }]],
			[['merge', { target: 'y' }]]
		);
		expect(conflict.reason).toBe('otherTarget');
		expect([conflict.event.target, other?.target].sort()).toEqual(['x', 'y']);
	});

	it('the step that took the status away', () => {
		const { conflict, other } = apart(['submit'], [['confirm']], [['reject', { note: '重复' }]]);
		expect(conflict.reason).toBe('status');
		expect([conflict.event.type, other?.type].sort()).toEqual(['confirm', 'reject']);
	});

	it('nothing, where it was no longer possible anyway', () => {
		const a = new TestReplica('a', problemMachine);
		a.act('submit');
		a.act('accept');
		const { life } = a;
		expect(opponentOf(problemMachine, life, life.openConflicts[0]!)).toBeNull();
	});
});
