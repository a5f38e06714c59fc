import { describe, expect, it } from 'vitest';
import { firstKey, nextCard } from './boardFocus.ts';

const columns = [['a', 'b', 'c'], [], ['d']];

describe('arrow keys on a board', () => {
	it.each([
		['a', 'ArrowDown', 'b'],
		['c', 'ArrowDown', null],
		['b', 'ArrowUp', 'a'],
		['c', 'ArrowRight', 'd'],
		['d', 'ArrowLeft', 'a'],
		['a', 'ArrowLeft', null],
		['b', 'Home', 'a'],
		['b', 'End', 'c'],
		['b', 'x', null],
		['gone', 'ArrowDown', null]
	])('from %s by %s to %s', (from, pressed, to) => {
		expect(nextCard(columns, from, pressed)).toBe(to);
	});

	it('begin at the first card there is', () => {
		expect(firstKey([[], ['x']])).toBe('x');
		expect(firstKey([[], []])).toBeNull();
	});
});
