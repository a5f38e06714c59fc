import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RandomBytes } from '$lib/base/ids.ts';
import { orderBetween, ordersBetween } from './fractionalOrder.ts';

/** A small linear generator: repeatable, and never the browser's. */
function seeded(seed: number): RandomBytes {
	let state = seed >>> 0;
	return (length) =>
		Uint8Array.from({ length }, () => {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
			return state >>> 24;
		});
}

const keyShape = /^[0-9A-Za-z]*[1-9A-Za-z]$/;

describe('fractional order', () => {
	it('keeps the list in order under any run of insertions', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(), { maxLength: 200 }), fc.nat(), (places, seed) => {
				const random = seeded(seed);
				const keys: string[] = [];
				for (const place of places) {
					const at = place % (keys.length + 1);
					const key = orderBetween(keys[at - 1] ?? null, keys[at] ?? null, random);
					expect(key).toMatch(keyShape);
					keys.splice(at, 0, key);
				}
				expect([...keys].sort((a, b) => (a < b ? -1 : 1))).toEqual(keys);
				expect(new Set(keys).size).toBe(keys.length);
			})
		);
	});

	it('lays a block between two rows, together and in order', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 500 }), fc.nat(), fc.nat(2), (count, seed, where) => {
				const random = seeded(seed);
				const low = orderBetween(null, null, random);
				const high = orderBetween(low, null, random);
				const after = where === 0 ? null : low;
				const before = where === 2 ? null : where === 0 ? low : high;
				const keys = ordersBetween(after, before, count, random);
				expect(keys).toHaveLength(count);
				const all = [...(after ? [after] : []), ...keys, ...(before ? [before] : [])];
				expect(all.every((key, i) => i === 0 || all[i - 1]! < key)).toBe(true);
			})
		);
	});

	it('never interleaves two blocks pasted at the same place at once', () => {
		const mine = ordersBetween(null, null, 200, seeded(1));
		const yours = ordersBetween(null, null, 200, seeded(2));
		const owners = [...mine.map((k) => [k, 'm']), ...yours.map((k) => [k, 'y'])]
			.sort((a, b) => (a[0]! < b[0]! ? -1 : 1))
			.map(([, owner]) => owner);
		expect(owners.join('')).toMatch(/^(m{200}y{200}|y{200}m{200})$/);
	});

	it('goes on before and after keys at the very ends, whoever wrote them', () => {
		const random = seeded(3);
		expect(orderBetween('zzzzzzzzzz', null, random) > 'zzzzzzzzzz').toBe(true);
		expect(orderBetween(null, '0000001', random) < '0000001').toBe(true);
	});

	it('stays short where people work: 10,000 rows appended, 500 put in one place', () => {
		const random = seeded(4);
		let last = orderBetween(null, null, random);
		for (let i = 0; i < 10_000; i += 1) last = orderBetween(last, null, random);
		expect(last.length).toBeLessThan(12);
		const next = orderBetween(last, null, random);
		for (let i = 0; i < 500; i += 1) last = orderBetween(last, next, random);
		expect(last.length).toBeLessThan(120);
	});
});
