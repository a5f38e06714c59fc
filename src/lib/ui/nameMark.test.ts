import { expect, it } from 'vitest';
import { nameMark } from './nameMark.ts';

it.each([
	['王芳', '芳'],
	['欧阳若兰', '兰'],
	['买买提·艾力', '力'],
	['𠮷野', '野'],
	['Li Lei', 'LL'],
	['anna', 'A'],
	['  ', '?']
])('%s is marked %s', (name, mark) => {
	expect(nameMark(name)).toBe(mark);
});
