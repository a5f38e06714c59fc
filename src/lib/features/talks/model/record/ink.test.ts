import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inkBox } from '$lib/base/inkBox.ts';
import { inkPath } from './ink.ts';
import { inkPattern, maxInkChars } from './steps.ts';

const point = fc.record({
	x: fc.double({ min: -20, max: inkBox.width + 20, noNaN: true }),
	y: fc.double({ min: -20, max: inkBox.height + 20, noNaN: true })
});

describe('a signature by finger', () => {
	it('is a path that every device can read, whatever was drawn', () => {
		fc.assert(
			fc.property(fc.array(fc.array(point, { maxLength: 60 }), { maxLength: 20 }), (strokes) => {
				const path = inkPath(strokes);
				if (path === null) return;
				expect(path).toMatch(inkPattern);
				expect(path.length).toBeLessThanOrEqual(maxInkChars);
			})
		);
	});
	it('keeps the shape and leaves out points on one spot', () => {
		const stroke = Array.from({ length: 50 }, (_, at) => ({ x: 10 + at, y: 20 }));
		const path = inkPath([stroke, [...stroke, ...stroke.map(({ x }) => ({ x, y: 60 }))]])!;
		expect(path.startsWith('M 10 20 L 12 20')).toBe(true);
		expect(path.match(/M/g)).toHaveLength(2);
		expect(path).toContain('L 59 60');
	});
	it.each([[[]], [[[{ x: 1, y: 1 }]]], [[Array.from({ length: 40 }, () => ({ x: 5, y: 5 }))]]])(
		'is none for a tap or an empty box',
		(strokes) => expect(inkPath(strokes)).toBeNull()
	);
	it('is none when it is far too long', () => {
		const stroke = Array.from({ length: 20_000 }, (_, at) => ({ x: at % 300, y: (at * 7) % 120 }));
		expect(inkPath([stroke])).toBeNull();
	});
});
