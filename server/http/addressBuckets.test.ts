import { describe, expect, it } from 'vitest';
import { createAddressBuckets } from './addressBuckets.ts';

describe('the buckets of addresses', () => {
	it('give a burst, then as much as flows back, to each address of its own', () => {
		let now = 0;
		const buckets = createAddressBuckets({ now: () => now }, 2, 1);
		const take = (times: number) => Array.from({ length: times }, () => buckets.take('a'));
		expect(take(3)).toEqual([true, true, false]);
		expect(buckets.take('b')).toBe(true);
		now += 30_000;
		expect(take(1)).toEqual([false]);
		now += 30_000;
		expect(take(2)).toEqual([true, false]);
		now += 3_600_000;
		expect(take(3)).toEqual([true, true, false]);
	});

	it('take what a thing costs, or nothing when that is not left', () => {
		let now = 0;
		const buckets = createAddressBuckets({ now: () => now }, 10, 1);
		expect(buckets.take('a', 8)).toBe(true);
		expect(buckets.take('a', 3)).toBe(false);
		expect(buckets.take('a', 2)).toBe(true);
		expect(buckets.take('a', 0)).toBe(true);
		now += 60_000;
		expect(buckets.take('a', 2)).toBe(false);
		expect(buckets.take('a', 1)).toBe(true);
	});

	it('stand still when the clock goes back', () => {
		let now = 1_000_000;
		const buckets = createAddressBuckets({ now: () => now }, 1, 1);
		expect(buckets.take('a')).toBe(true);
		now = 0;
		expect(buckets.take('a')).toBe(false);
	});
});
