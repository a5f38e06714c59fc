import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffText, type TextPiece } from './textDiff.ts';

const without = (pieces: readonly TextPiece[], kind: TextPiece['kind']): string =>
	pieces
		.filter((piece) => piece.kind !== kind)
		.map(({ text }) => text)
		.join('');

describe('what changed in a text', () => {
	it('is told by words, not by letters', () => {
		expect(diffText('每周抽查一次', '每月抽查一次')).toEqual([
			{ kind: 'removed', text: '每周' },
			{ kind: 'added', text: '每月' },
			{ kind: 'same', text: '抽查一次' }
		]);
	});

	it('keeps both texts whole as long as little of them stayed', () => {
		const short = fc.string({ unit: 'grapheme', maxLength: 16 });
		fc.assert(
			fc.property(short, short, (before, after) => {
				const pieces = diffText(before, after);
				expect(without(pieces, 'added')).toBe(before);
				expect(without(pieces, 'removed')).toBe(after);
			})
		);
	});

	it('cuts what stayed, and no character of the supplementary planes', () => {
		const long = '𬭎'.repeat(60);
		const pieces = diffText(`${long}旧`, `${long}新`);
		expect(pieces[0]).toEqual({ kind: 'same', text: `…${'𬭎'.repeat(16)}` });
		expect(pieces.slice(1)).toEqual([
			{ kind: 'removed', text: '旧' },
			{ kind: 'added', text: '新' }
		]);
	});

	it('takes no longer than one waits for texts that have nothing in common', () => {
		const random = (seed: number): string =>
			Array.from({ length: 20_000 }, (_, at) =>
				String.fromCodePoint(0x4e00 + ((at * at * 7 + seed * at) % 20_000))
			).join('');
		const started = performance.now();
		const pieces = diffText(random(1), random(13));
		expect(pieces.map(({ kind }) => kind)).toContain('added');
		expect(performance.now() - started).toBeLessThan(5_000);
	});
});
