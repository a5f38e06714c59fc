// One spelling for the grammar: full width folded, dashes unified, spaces of typesetting
// (2023 年 3 月) and the inside of 《》 out of the way. `at` leads back to the original.

export type CompactText = { text: string; at: number[]; original: string };

/** Same length as the input: positions stay valid. */
export function foldWidth(text: string): string {
	return text
		.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
		.replace(/[\u3000\u00a0\u2000-\u200a]/g, ' ')
		.replace(/[—–−─‐‑‒〜∼~]/g, '-');
}

/** Same length as the input; what a title names is never a date set by the sentence. */
export function maskTitles(text: string): string {
	return text.replace(/《[^《》]{1,200}》/g, (title) => `《${'\u0001'.repeat(title.length - 2)}》`);
}

export function compactText(original: string): CompactText {
	const folded = maskTitles(foldWidth(original));
	const chars: string[] = [];
	const at: number[] = [];
	for (let i = 0; i < folded.length; i++) {
		const char = folded[i] ?? '';
		const betweenDigits = /\d/.test(folded[i - 1] ?? '') && /\d/.test(folded[i + 1] ?? '');
		if ((char === ' ' || char === '\t') && !betweenDigits) continue;
		chars.push(char);
		at.push(i);
	}
	return { text: chars.join(''), at, original };
}

/** The original words of compact positions from..to (to not included). */
export function verbatim(compact: CompactText, from: number, to: number): string {
	const start = compact.at[from] ?? compact.original.length;
	return compact.original.slice(start, (compact.at[to - 1] ?? start) + 1);
}
