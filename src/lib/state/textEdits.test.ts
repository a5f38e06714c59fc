import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	applyDelta,
	diffText,
	editToDelta,
	mapPosition,
	splitsPair,
	transformDelta,
	type DeltaStep,
	type TextDelta
} from './textEdits.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '党', '😀', '😁', '\n') });
const apply = (before: string, after: string, caret?: number) => {
	const edit = diffText(before, after, caret);
	return edit ? applyDelta(before, editToDelta(edit)) : before;
};

describe('diffText', () => {
	it('turns the one text into the other and never parts a pair', () => {
		fc.assert(
			fc.property(text, text, fc.nat(30), (before, after, caret) => {
				const edit = diffText(before, after, Math.min(caret, after.length));
				expect(apply(before, after, Math.min(caret, after.length))).toBe(after);
				if (!edit) return;
				expect(splitsPair(before, edit.index)).toBe(false);
				expect(splitsPair(before, edit.index + edit.remove)).toBe(false);
				expect(splitsPair(edit.insert + 'x', edit.insert.length)).toBe(false);
			})
		);
	});
	it('is the smallest for one insertion or deletion', () => {
		fc.assert(
			fc.property(text, text, text, (head, middle, tail) => {
				const whole = head + middle + tail;
				const cut = head + tail;
				const added = diffText(cut, whole, head.length + middle.length);
				expect(added?.insert.length ?? 0).toBe(middle.length);
				const gone = diffText(whole, cut, head.length);
				expect(gone?.remove ?? 0).toBe(middle.length);
			})
		);
	});
	it('puts a letter typed beside its like where the caret is', () => {
		expect(diffText('aaaa', 'aaaaa', 2)).toEqual({ index: 1, remove: 0, insert: 'a' });
		expect(diffText('aaaa', 'aaaaa', 5)).toEqual({ index: 4, remove: 0, insert: 'a' });
		expect(diffText('aaaa', 'aaa', 1)).toEqual({ index: 1, remove: 1, insert: '' });
	});
	it('replaces an emoji as a whole', () => {
		expect(diffText('x😀y', 'x😁y', 3)).toEqual({ index: 1, remove: 2, insert: '😁' });
	});
});

/** Any delta that fits a text of this length. */
const deltaFor = (length: number): fc.Arbitrary<TextDelta> =>
	fc
		.array(fc.tuple(fc.constantFrom('retain', 'delete', 'insert'), fc.integer({ min: 1, max: 4 })))
		.map((steps) => {
			const delta: DeltaStep[] = [];
			let left = length;
			for (const [kind, count] of steps) {
				if (kind === 'insert') delta.push({ insert: 'XYZW'.slice(0, count) });
				else if (left > 0) {
					const span = Math.min(left, count);
					left -= span;
					delta.push(kind === 'retain' ? { retain: span } : { delete: span });
				}
			}
			return delta;
		});

describe('transformDelta', () => {
	it('keeps all that was inserted on either side and removes all that was removed', () => {
		const base = 'abcdefgh';
		fc.assert(
			fc.property(deltaFor(base.length), deltaFor(base.length), (local, remote) => {
				const mine = local.map((s) => ('insert' in s ? { insert: s.insert.toLowerCase() } : s));
				const after = applyDelta(applyDelta(base, remote), transformDelta(mine, remote));
				const kept = (delta: TextDelta) =>
					new Set(
						applyDelta(
							base,
							delta.filter((s) => !('insert' in s))
						)
					);
				const expected = [...base].filter((c) => kept(mine).has(c) && kept(remote).has(c));
				expect([...after].filter((c) => base.includes(c)).join('')).toBe(expected.join(''));
				const inserted = (delta: TextDelta) =>
					delta.map((s) => ('insert' in s ? s.insert : '')).join('');
				expect(after.replace(/[^XYZW]/g, '')).toBe(inserted(remote));
				expect(after.replace(/[^xyzw]/g, '')).toBe(inserted(mine));
			})
		);
	});
	it('keeps what a colleague wrote inside the range I replace', () => {
		const mine = editToDelta({ index: 0, remove: 4, insert: '新' });
		const theirs: TextDelta = [{ retain: 2 }, { insert: '中' }];
		expect(applyDelta('ab中cd', transformDelta(mine, theirs))).toBe('新中');
	});
});

describe('mapPosition', () => {
	it.each<[string, number, TextDelta, number, number]>([
		['insert before', 3, [{ insert: 'xx' }], 5, 5],
		['insert after', 3, [{ retain: 5 }, { insert: 'x' }], 3, 3],
		['insert here', 3, [{ retain: 3 }, { insert: 'xx' }], 3, 5],
		['delete before', 3, [{ delete: 2 }], 1, 1],
		['delete around', 3, [{ retain: 1 }, { delete: 4 }], 1, 1],
		['replace around', 3, [{ retain: 1 }, { insert: 'xx' }, { delete: 4 }], 3, 3],
		['delete up to here, then insert', 3, [{ retain: 1 }, { delete: 2 }, { insert: 'x' }], 1, 2],
		['no change', 3, [], 3, 3]
	])('%s', (_, position, delta, before, after) => {
		expect(mapPosition(position, delta, 'before')).toBe(before);
		expect(mapPosition(position, delta, 'after')).toBe(after);
	});
	it('keeps a caret between the same neighbours when they survive', () => {
		const base = 'abcdefgh';
		fc.assert(
			fc.property(deltaFor(base.length), fc.nat(base.length), (delta, position) => {
				const now = applyDelta(base, delta);
				const caret = mapPosition(position, delta);
				const survivors = (part: string) => [...part].filter((c) => now.includes(c)).join('');
				const own = (part: string) => [...part].filter((c) => base.includes(c)).join('');
				expect(own(now.slice(0, caret))).toBe(survivors(base.slice(0, position)));
				expect(own(now.slice(caret))).toBe(survivors(base.slice(position)));
			})
		);
	});
});
