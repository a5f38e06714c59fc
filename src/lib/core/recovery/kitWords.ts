/**
 * A kit as 24 Chinese characters (BIP-39, simplified Chinese word list) for whoever has only the
 * paper and a keyboard. Their checksum has 8 bits: one wrong character in 256 passes it and gives
 * another kit, which no roster knows.
 */
import { Redacted } from '$lib/base/redacted.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { kitFromSecret, type Kit } from './kit.ts';

export const KIT_WORD_COUNT = 24;

export type WordsFault =
	/** `position` counts from 1, as people do. */
	| { readonly kind: 'unknown-character'; readonly position: number; readonly character: string }
	| { readonly kind: 'wrong-count'; readonly count: number }
	| { readonly kind: 'wrong-checksum' };

async function loadWords() {
	const [bip39, { wordlist: list }, { wordlist: traditional }] = await Promise.all([
		import('@scure/bip39'),
		import('@scure/bip39/wordlists/simplified-chinese.js'),
		import('@scure/bip39/wordlists/traditional-chinese.js')
	]);
	return { ...bip39, list, traditional };
}

export async function kitWords({ secret }: Kit): Promise<string[]> {
	const { entropyToMnemonic, list } = await loadWords();
	return entropyToMnemonic(secret.reveal(), list).split(' ');
}

/** What people put between characters: spaces, line breaks, commas, the numbers on the paper. */
const BETWEEN = /[\p{Z}\p{C}\p{P}\p{S}\p{N}]/u;

const charactersOf = (text: string): string[] =>
	[...text.normalize('NFKC')].filter((character) => !BETWEEN.test(character));

export async function kitFromWords(text: string): Promise<Result<Kit, WordsFault>> {
	const { mnemonicToEntropy, validateMnemonic, list, traditional } = await loadWords();
	// The two lists run in step: a traditional character stands where its simplified form does.
	const known = new Map([...traditional, ...list].map((word, i) => [word, list[i % list.length]]));
	const typed = charactersOf(text);
	const words = typed.map((character) => known.get(character));
	const at = words.indexOf(undefined);
	const character = typed[at];
	if (character !== undefined)
		return err({ kind: 'unknown-character', position: at + 1, character });
	if (words.length !== KIT_WORD_COUNT) return err({ kind: 'wrong-count', count: words.length });
	const mnemonic = words.join(' ');
	if (!validateMnemonic(mnemonic, list)) return err({ kind: 'wrong-checksum' });
	return ok(await kitFromSecret(new Redacted(new Uint8Array(mnemonicToEntropy(mnemonic, list)))));
}
