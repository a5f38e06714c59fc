import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { atMost } from './atMost.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const outcome = async (work: () => Promise<unknown>) => {
	let isOver = false;
	void atMost(5_000, work).then(() => (isOver = true));
	await vi.advanceTimersByTimeAsync(4_999);
	const before = isOver;
	await vi.advanceTimersByTimeAsync(1);
	return { before, after: isOver };
};

describe('atMost', () => {
	it('waits for the work, done or failed, and then leaves no timer behind', async () => {
		expect(await outcome(async () => 'done')).toEqual({ before: true, after: true });
		expect(await outcome(() => Promise.reject(new Error('store')))).toMatchObject({ before: true });
		expect(vi.getTimerCount()).toBe(0);
	});

	it('does not wait for ever', async () => {
		expect(await outcome(() => new Promise(() => {}))).toEqual({ before: false, after: true });
	});
});
