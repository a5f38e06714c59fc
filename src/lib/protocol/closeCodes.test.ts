import { describe, expect, it } from 'vitest';
import { closeCodes, closeName, isPermanentClose } from './closeCodes.ts';

describe('close codes', () => {
	it('have one number each, in the ranges y-websocket gives a meaning', () => {
		const codes = Object.values(closeCodes);
		expect(new Set(codes).size).toBe(codes.length);
		for (const code of codes) expect(code >= 4400 && code < 4600).toBe(true);
	});

	it('say by their number whether to try again', () => {
		expect(isPermanentClose(closeCodes.malformedUpdate)).toBe(true);
		expect(isPermanentClose(closeCodes.flood)).toBe(false);
		expect(isPermanentClose(closeCodes.rightsChanged)).toBe(false);
		expect(isPermanentClose(1006)).toBe(false);
	});

	it('are named by their number', () => {
		expect(closeName(4529)).toBe('flood');
		expect(closeName(1000)).toBeNull();
	});
});
