import { describe, expect, it } from 'vitest';
import { popoverPosition } from './placePopover.ts';

const window = { width: 400, height: 600 };
const size = { width: 160, height: 200 };
const at = (left: number, top: number) => ({ left, top, right: left + 40, bottom: top + 30 });

describe('popoverPosition', () => {
	it('goes below and aligns left where there is room', () => {
		expect(popoverPosition(at(50, 100), size, window)).toEqual({ x: 50, y: 134 });
	});
	it('goes above at the lower edge and aligns right at the right edge', () => {
		expect(popoverPosition(at(350, 540), size, window)).toEqual({ x: 230, y: 336 });
	});
	it('stays inside a window that is too small either way', () => {
		const place = popoverPosition(at(350, 60), size, { width: 170, height: 210 });
		expect(place).toEqual({ x: 8, y: 8 });
	});
});
