import { expect, it } from 'vitest';
import { moveOne } from './exportChoice.ts';

it('moves a column one place, and none past the end', () => {
	expect(moveOne(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
	expect(moveOne(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
	expect(moveOne(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
	expect(moveOne(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
});
