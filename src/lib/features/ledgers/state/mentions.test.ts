import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { people } from '../model/testLedger.ts';
import {
	commentPieces,
	insertMention,
	mentionChoices,
	mentionedIds,
	mentionQuery
} from './mentions.ts';

describe('@ in a comment', () => {
	it.each([
		['请@周', 3, { at: 1, words: '周' }],
		['请@', 2, { at: 1, words: '' }],
		['请＠周敬', 4, { at: 1, words: '周敬' }],
		['请@周敬宁 看', 7, null],
		['请@周敬宁 看', 2, { at: 1, words: '' }],
		['写到 zhou@school', 12, null],
		['没有', 2, null]
	])('%j with the caret at %i is looked for as %j', (text, caret, wanted) => {
		expect(mentionQuery(text, caret)).toEqual(wanted);
	});

	it('offers those whose name holds what was typed, and not those who left', () => {
		const named = (words: string): string[] =>
			mentionChoices(people.activeMembers, words).map(({ id }) => id);
		expect(named('芳')).toEqual(['m30', 'm31']);
		expect(named('许')).toEqual([]);
		expect(named('')).toHaveLength(people.activeMembers.length);
	});

	it('puts the name in place of what was typed, with the rest behind it', () => {
		const query = mentionQuery('请@周看', 3)!;
		expect(insertMention('请@周看', query, '周敬宁')).toEqual({ text: '请@周敬宁 看', caret: 6 });
	});

	it('means only those whose name was left standing, each once', () => {
		const picked = [
			{ id: 'm01', name: '周敬宁' },
			{ id: 'm01', name: '周敬宁' },
			{ id: 'm18', name: '张敏' }
		];
		expect(mentionedIds('请@周敬宁 看', picked)).toEqual(['m01']);
	});

	it('shows names, longer ones first', () => {
		expect(commentPieces('@张敏华和@张敏', ['张敏', '张敏华', ''])).toEqual([
			{ text: '@张敏华', isMention: true },
			{ text: '和', isMention: false },
			{ text: '@张敏', isMention: true }
		]);
	});

	it('loses no letter of a text', () => {
		const words = fc.string({ unit: fc.constantFrom('@', '张', '敏', '华', ' ', '𬭎') });
		fc.assert(
			fc.property(words, (text) => {
				const pieces = commentPieces(text, ['张敏', '张敏华']);
				expect(pieces.map((piece) => piece.text).join('')).toBe(text);
			})
		);
	});
});
