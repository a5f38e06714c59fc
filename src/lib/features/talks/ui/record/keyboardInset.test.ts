import { describe, expect, it } from 'vitest';
import { hiddenBelow } from './keyboardInset.ts';

describe('what a keyboard hides', () => {
	it('is nothing where the page was made smaller for it, or there is none', () => {
		expect(hiddenBelow(844, { height: 844, offsetTop: 0, scale: 1 })).toBe(0);
		expect(hiddenBelow(480, { height: 480, offsetTop: 0, scale: 1 })).toBe(0);
	});
	it('is the rest of a page that it lies over, less what the page was moved up', () => {
		expect(hiddenBelow(844, { height: 508, offsetTop: 0, scale: 1 })).toBe(336);
		expect(hiddenBelow(844, { height: 508, offsetTop: 100, scale: 1 })).toBe(236);
		expect(hiddenBelow(844, { height: 508, offsetTop: 400, scale: 1 })).toBe(0);
	});
	it('is nothing on a page that somebody has zoomed', () => {
		expect(hiddenBelow(844, { height: 422, offsetTop: 0, scale: 2 })).toBe(0);
	});
});
