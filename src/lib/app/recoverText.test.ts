import { describe, expect, it } from 'vitest';
import { recoverProblemText, thrownProblem } from './recoverText.ts';

describe('thrownProblem', () => {
	it.each([
		'Failed to fetch dynamically imported module: https://example.org/a.js',
		'error loading dynamically imported module: https://example.org/a.js',
		'Importing a module script failed.'
	])('blames no browser storage for a part of the app that did not come: %s', (message) => {
		expect(thrownProblem(new TypeError(message))).toBe('not-loaded');
	});

	it('says that nothing was kept of all else', () => {
		expect(thrownProblem(new DOMException('full', 'QuotaExceededError'))).toBe('store-failed');
		expect(thrownProblem(new TypeError('x is not a function'))).toBe('store-failed');
		expect(recoverProblemText('not-loaded')).not.toBe(recoverProblemText('store-failed'));
	});
});
