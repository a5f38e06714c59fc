import { expect, it } from 'vitest';
import { assignColumn, withoutRepeats } from './columnMapping.ts';

it('gives a target to one column only', () => {
	expect(assignColumn(['a', null, 'b'], 1, 'a')).toEqual([null, 'a', 'b']);
	expect(assignColumn(['a', null, null], 0, null)).toEqual([null, null, null]);
	expect(withoutRepeats(['a', 'b', 'a', null, null])).toEqual(['a', 'b', null, null, null]);
});

it('lets several columns be kept', () => {
	const targets = [{ id: 'keep', title: '备注', many: true }];
	expect(withoutRepeats(['keep', 'a', 'keep', 'a'], targets)).toEqual(['keep', 'a', 'keep', null]);
	expect(assignColumn(['keep', 'a'], 1, 'keep', targets)).toEqual(['keep', 'keep']);
});
