import { describe, expect, it } from 'vitest';
import { decodeTextFile } from './decodeTextFile.ts';

const utf16 = (text: string, little: boolean, mark: boolean): Uint8Array => {
	const units = [...(mark ? '\ufeff' : ''), ...text].map((char) => char.charCodeAt(0));
	return Uint8Array.from(
		units.flatMap((unit) => (little ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255]))
	);
};

describe('decodeTextFile', () => {
	it('reads UTF-8 with and without mark', () => {
		const bytes = new TextEncoder().encode('党支部');
		expect(decodeTextFile(bytes)).toEqual({ text: '党支部', encoding: 'utf-8' });
		expect(decodeTextFile(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes)).text).toBe('党支部');
	});

	it('reads GB18030', () => {
		// 党校通知
		const bytes = Uint8Array.of(0xb5, 0xb3, 0xd0, 0xa3, 0xcd, 0xa8, 0xd6, 0xaa);
		expect(decodeTextFile(bytes)).toEqual({ text: '党校通知', encoding: 'gb18030' });
	});

	it.each([
		['utf-16le', true, true],
		['utf-16be', false, true],
		['utf-16le', true, false],
		['utf-16be', false, false]
	] as const)('reads %s', (encoding, little, mark) => {
		const text = '1. 党支部\n2. 党员\n';
		expect(decodeTextFile(utf16(text, little, mark))).toEqual({ text, encoding });
	});
});
