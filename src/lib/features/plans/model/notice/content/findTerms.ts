// Longest match first, left to right, in the order of first appearance, blind to 《》.

import { maskTitles } from '../deadline/compactText.ts';

const escapeRegExp = (term: string): string => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export function findTerms(
	text: string,
	terms: readonly string[],
	notTerms: readonly string[]
): string[] {
	const refused = new Set(notTerms);
	const all = [...new Set([...terms, ...notTerms])].sort((a, b) => b.length - a.length);
	const re = new RegExp(all.map(escapeRegExp).join('|'), 'g');
	const found = (maskTitles(text).match(re) ?? []).filter((term) => !refused.has(term));
	return [...new Set(found)];
}
