import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomOrder } from './randomOrder.ts';

const bytes = (values: readonly number[]) => {
	let next = 0;
	return (length: number) => Uint8Array.from({ length }, () => values[next++ % values.length]!);
};

describe('randomOrder', () => {
	it('keeps every item once and leaves the given array alone', () => {
		fc.assert(
			fc.property(fc.array(fc.integer()), fc.infiniteStream(fc.nat(255)), (items, stream) => {
				const before = [...items];
				const random = (length: number) =>
					Uint8Array.from({ length }, () => stream.next().value as number);
				const order = randomOrder(items, random);
				expect([...order].sort()).toEqual([...before].sort());
				expect(items).toEqual(before);
			})
		);
	});

	it('gives every order of three about equally often', () => {
		const seen = new Map<string, number>();
		let state = 7;
		const random = (length: number) =>
			Uint8Array.from({ length }, () => {
				state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
				return state >>> 24;
			});
		for (let run = 0; run < 6_000; run += 1) {
			const order = randomOrder(['甲', '乙', '丙'], random).join('');
			seen.set(order, (seen.get(order) ?? 0) + 1);
		}
		expect(seen.size).toBe(6);
		for (const count of seen.values()) expect(count).toBeGreaterThan(850);
	});

	it('draws again instead of favouring small numbers', () => {
		// 0xffffffff lies beyond the last fair multiple of 3.
		expect(randomOrder([1, 2, 3], bytes([255, 255, 255, 255, 0, 0, 0, 0]))).toHaveLength(3);
	});
});
