import { describe, expect, it } from 'vitest';
import { scrollFor } from './caretInView.ts';

const free = { top: 50, bottom: 350 };

describe('the line being typed', () => {
	it('stays where it is when it can be seen', () => {
		expect(scrollFor({ top: 100, bottom: 120 }, free)).toBe(0);
		expect(scrollFor({ top: 62, bottom: 338 }, free)).toBe(0);
	});
	it('comes out from under the bar above the keyboard, and from under the header', () => {
		expect(scrollFor({ top: 340, bottom: 360 }, free)).toBe(22);
		expect(scrollFor({ top: 40, bottom: 60 }, free)).toBe(-22);
	});
	it('is left to the browser in a field higher than what is left of the page', () => {
		expect(scrollFor({ top: 100, bottom: 900 }, free)).toBe(0);
	});
});
