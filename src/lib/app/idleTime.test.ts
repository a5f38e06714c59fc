import { describe, expect, it } from 'vitest';
import { createIdleTime } from './idleTime.ts';

const MINUTE_MS = 60_000;

function createTabs() {
	let now = 1_700_000_000_000;
	let kept: string | null = null;
	const shared = { read: () => kept, write: (value: string) => void (kept = value) };
	return {
		tab: () => createIdleTime(shared, { now: () => now }),
		pass: (ms: number) => void (now += ms)
	};
}

describe('idle time', () => {
	it('is up after the limit without input, not before', () => {
		const { tab, pass } = createTabs();
		const idle = tab();
		pass(5 * MINUTE_MS - 1);
		expect(idle.isUp(5 * MINUTE_MS)).toBe(false);
		pass(1);
		expect(idle.isUp(5 * MINUTE_MS)).toBe(true);
	});

	it('starts anew with input in any tab', () => {
		const { tab, pass } = createTabs();
		const [one, other] = [tab(), tab()];
		pass(4 * MINUTE_MS);
		expect(other.touch(5 * MINUTE_MS)).toBe(true);
		pass(4 * MINUTE_MS);
		expect(one.isUp(5 * MINUTE_MS)).toBe(false);
		pass(MINUTE_MS);
		expect(one.isUp(5 * MINUTE_MS)).toBe(true);
	});

	it('takes no input that comes when the time was up: the page was hidden or the computer slept', () => {
		const { tab, pass } = createTabs();
		const idle = tab();
		pass(60 * MINUTE_MS);
		expect(idle.touch(5 * MINUTE_MS)).toBe(false);
		expect(idle.isUp(5 * MINUTE_MS)).toBe(true);
	});

	it('does not wait for a clock that was set back to catch up', () => {
		const { tab, pass } = createTabs();
		const idle = tab();
		pass(-600 * MINUTE_MS);
		expect(idle.isUp(5 * MINUTE_MS)).toBe(false);
		pass(5 * MINUTE_MS);
		expect(idle.isUp(5 * MINUTE_MS)).toBe(true);
	});
});
