import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordlist } from '@scure/bip39/wordlists/simplified-chinese.js';
import { wordlist as traditional } from '@scure/bip39/wordlists/traditional-chinese.js';
import { Redacted } from '$lib/base/redacted.ts';
import { createKit, kitFromSecret } from './kit.ts';
import { kitFromWords, kitWords } from './kitWords.ts';

const secrets = fc
	.uint8Array({ minLength: 32, maxLength: 32 })
	.map((bytes) => new Uint8Array(bytes));
const secretOf = async (text: string) => {
	const read = await kitFromWords(text);
	return read.ok ? read.value.secret.reveal() : read.error;
};
const replaced = (words: readonly string[], at: number, word: string) =>
	words.with(at, word).join('');

describe('a kit in 24 characters', () => {
	it('B4 comes back from its characters, whatever its bytes', async () => {
		await fc.assert(
			fc.asyncProperty(secrets, async (bytes) => {
				const words = await kitWords(await kitFromSecret(new Redacted(bytes)));
				expect(words).toHaveLength(24);
				expect(words.every((word) => [...word].length === 1)).toBe(true);
				expect(await secretOf(words.join(''))).toEqual(bytes);
			}),
			{ numRuns: 40 }
		);
	});

	it('B4 is read however a person types it off the paper', async () => {
		const kit = await createKit();
		const words = await kitWords(kit);
		const numbered = words.map((word, i) => `${i + 1}. ${word}`).join('\n');
		const fullWidth = words.map((word, i) => `（${i + 1}）${word}`).join('，');
		for (const text of [words.join(' '), words.join('\u3000'), `\n${numbered}\r\n`, fullWidth])
			expect(await secretOf(text)).toEqual(kit.secret.reveal());
	});

	it('B4 takes traditional forms for the same characters', async () => {
		expect(wordlist.filter((word, i) => traditional[i] !== word).length).toBeGreaterThan(500);
		const kit = await createKit();
		const words = await kitWords(kit);
		const text = words.map((word) => traditional[wordlist.indexOf(word)]).join('');
		expect(await secretOf(text)).toEqual(kit.secret.reveal());
		// One that stands in both lists means itself.
		const both = traditional.filter(
			(word, i) => wordlist.indexOf(word) !== i && wordlist.includes(word)
		);
		expect(both).toEqual([]);
	});

	it('B5 says which character is none of the list, and how many there are', async () => {
		const words = await kitWords(await createKit());
		for (let at = 0; at < 24; at++)
			for (const wrong of ['龘', 'a', 'あ'])
				expect(await secretOf(replaced(words, at, wrong))).toEqual({
					kind: 'unknown-character',
					position: at + 1,
					character: wrong
				});
		expect(await secretOf(words.slice(1).join(''))).toEqual({ kind: 'wrong-count', count: 23 });
		expect(await secretOf(words.join('') + words[0])).toEqual({ kind: 'wrong-count', count: 25 });
		expect(await secretOf('  \n')).toEqual({ kind: 'wrong-count', count: 0 });
	});

	it('B5 notices a wrong character of the list by the checksum, or it is another kit', async () => {
		const kit = await createKit();
		const words = await kitWords(kit);
		let passed = 0;
		let tried = 0;
		for (let at = 0; at < 24; at++)
			for (let i = at; i < wordlist.length; i += 64) {
				if (wordlist[i] === words[at]) continue;
				tried += 1;
				const read = await kitFromWords(replaced(words, at, wordlist[i]!));
				if (!read.ok) expect(read.error).toEqual({ kind: 'wrong-checksum' });
				else {
					passed += 1;
					expect(read.value.signer.publicKey).not.toEqual(kit.signer.publicKey);
				}
			}
		// One in 256 passes: about three of these.
		expect(tried).toBeGreaterThan(700);
		expect(passed).toBeLessThan(tried / 20);
	});

	it('B5 notices two characters that changed places', async () => {
		const kit = await createKit();
		const words = await kitWords(kit);
		for (let i = 0; i < 23; i++) {
			const swapped = words.with(i, words[i + 1]!).with(i + 1, words[i]!);
			if (words[i] === words[i + 1]) continue;
			const read = await kitFromWords(swapped.join(''));
			expect(read.ok && read.value.recipient === kit.recipient).toBe(false);
		}
	});
});
