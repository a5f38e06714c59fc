import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, makeEvent, shanghaiDay } from './fixtures/lifeStories.ts';
import type { LifeEvent } from './lifeEvent.ts';
import { resolveMerges, type MergeRow } from './merges.ts';
import { problemMachine } from './problemMachine.ts';

const merge = (id: string, target: string, tick = 2): LifeEvent =>
	makeEvent(id, 'merge', { tick, after: ['s'], target });

const row = (id: string, ...merges: readonly LifeEvent[]): MergeRow => ({
	id,
	life: fold(problemMachine, [makeEvent('s', 'submit'), ...merges])
});
const resolve = (rows: readonly MergeRow[]) =>
	resolveMerges(rows, problemMachine, { dayOf: shanghaiDay });
const endsOf = (rows: readonly MergeRow[]) =>
	Object.fromEntries(
		[...resolve(rows)].map(([id, { into, trouble }]) => [id, trouble ? [into, trouble] : into])
	);

describe('resolveMerges', () => {
	it('LF29 follows a chain to the row that stands for all', () => {
		const rows = [row('a', merge('1', 'b')), row('b', merge('2', 'c')), row('c'), row('d')];
		expect(endsOf(rows)).toEqual({ a: 'c', b: 'c' });
	});

	it('LF30 of a ring the later merge loses and is a conflict of its row', () => {
		const rows = [
			row('a', merge('1', 'b', 5)),
			row('b', merge('2', 'a', 4)),
			row('c', merge('3', 'a'))
		];
		expect(endsOf(rows)).toEqual({ a: null, b: 'a', c: 'a' });
		const { life } = resolve(rows).get('a')!;
		expect([life.status, life.mergedInto]).toEqual(['toVerify', null]);
		expect(life.openConflicts.map(({ event, reason }) => [event.id, reason])).toEqual([
			['1', 'ring']
		]);
	});

	it('LF30 of merges of one tick the larger id loses; a row merged into itself stands', () => {
		const rows = [
			row('a', merge('2', 'b')),
			row('b', merge('9', 'c')),
			row('c', merge('5', 'a')),
			row('d', merge('1', 'd'))
		];
		expect(endsOf(rows)).toEqual({ a: 'b', b: null, c: 'b', d: null });
		expect(resolve(rows).get('d')!.life.status).toBe('toVerify');
	});

	it('LF30 a merge that had lost to the one in the ring comes into its own', () => {
		const rows = [
			row('a', merge('3', 'b', 5), merge('4', 'c', 6)),
			row('b', merge('1', 'a')),
			row('c')
		];
		expect(endsOf(rows)).toEqual({ a: 'c', b: 'c' });
		const { life } = resolve(rows).get('a')!;
		expect(life.conflicts.map(({ event, reason }) => [event.id, reason])).toEqual([['3', 'ring']]);
	});

	it('LF31 says when the end of the chain is missing or in the trash', () => {
		const rows = [
			row('a', merge('1', 'gone')),
			row('b', merge('2', 'a')),
			row('c', merge('3', 'd')),
			{ ...row('d'), trashed: true },
			row('e', merge('4', 'f')),
			{ ...row('f', merge('5', 'g')), trashed: true },
			row('g')
		];
		expect(endsOf(rows)).toEqual({
			a: [null, 'missing'],
			b: ['a', 'missing'],
			c: ['d', 'trashed'],
			e: 'g',
			f: 'g'
		});
	});

	const names = 'abcdefgh';
	const world = fc
		.array(
			fc.array(fc.tuple(fc.nat(names.length), fc.integer({ min: 2, max: 4 })), { maxLength: 3 }),
			{ maxLength: names.length }
		)
		.map((lists) =>
			lists.map((list, n) =>
				row(
					names[n]!,
					...list.map(([to, tick], k) => merge(`${names[n]}${k}`, names[to] ?? 'gone', tick))
				)
			)
		);

	it('LF29 LF30 LF31 every chain ends, at a row that is not merged, whatever the order of rows', () => {
		fc.assert(
			fc.property(
				world.chain((rows) =>
					fc.tuple(
						fc.constant(rows),
						fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length })
					)
				),
				([rows, shuffled]) => {
					const found = resolve(rows);
					expect(new Map(resolve(shuffled))).toEqual(new Map(found));
					for (const { id, life } of rows) expect(found.has(id)).toBe(life.mergedInto !== null);
					for (const [id, { into, trouble, life }] of found) {
						expect(trouble).not.toBe('ring');
						expect(into).not.toBe(id);
						// Walked by hand, step by step.
						let at = id;
						for (let next: string | null = life.mergedInto; next !== null;) {
							if (!rows.some((one) => one.id === next)) break;
							at = next;
							const there = rows.find((one) => one.id === at)!;
							next = (found.get(at)?.life ?? there.life).mergedInto;
						}
						expect(into ?? id).toBe(at);
					}
				}
			),
			{ numRuns: 400 }
		);
	});

	it('LF30 a merge that loses has brought its ring about, and only the last one does', () => {
		fc.assert(
			fc.property(world, (rows) => {
				for (const { life } of resolve(rows).values())
					for (const { event, reason } of life.conflicts) {
						if (reason !== 'ring') continue;
						// Put back, with every other row as it came out, it closes a ring.
						const own = event.id[0]!;
						const into = resolve(rows).get(event.target!)?.into ?? event.target;
						expect(into).toBe(resolve(rows).get(own)!.into ?? own);
					}
			}),
			{ numRuns: 200 }
		);
	});

	it('LF32 a flood of rings is given up on, not waited for', () => {
		const many = Array.from({ length: 60 }, (_, n) => `t${n}`);
		const a = row('a', ...many.map((id, n) => merge(`z${n}`, id, 50 + n)));
		const rows = [a, ...many.map((id, n) => row(id, merge(`m${n}`, 'a')))];
		expect(resolve(rows).get('a')).toMatchObject({ into: null, trouble: 'ring' });
		const long = Array.from({ length: 20_000 }, (_, n) => row(`r${n}`, merge('m', `r${n + 1}`)));
		expect(resolve(long).get('r0')).toMatchObject({ into: 'r19999', trouble: 'missing' });
	});
});
