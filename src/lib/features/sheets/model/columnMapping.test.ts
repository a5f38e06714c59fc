import { expect, it } from 'vitest';
import { assignColumn, withoutRepeats } from './columnMapping.ts';

it('gives a target to one column only', () => {
	expect(assignColumn(['a', null, 'b'], 1, 'a')).toEqual([null, 'a', 'b']);
	expect(assignColumn(['a', null, null], 0, null)).toEqual([null, null, null]);
	expect(withoutRepeats(['a', 'b', 'a', null, null])).toEqual(['a', 'b', null, null, null]);
});
