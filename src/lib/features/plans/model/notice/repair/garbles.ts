// Byte shifts. 校 is D0 A3 in GBK; where the D0 got lost the bytes after it paired up anew
// (校”的學 → !钡膶W). Putting D0 back and decoding again recovers every run in which no byte was
// dropped; the few known runs with dropped bytes are a table. What is left is for findSuspects.

import { decodeGbk, encodeGbk } from './gbk.ts';

/** Runs with bytes missing: found in the wild, worked out by hand. Traditional as in the source. */
const known: readonly (readonly [string, string])[] = [
	['!碧厣h建', '校”特色黨建'],
	['?wù)J', '認'],
	['?zhèn)?', '備']
];

// The lost 校 stands after a Han character; the shifted run ends at the first ASCII byte.
const shifted =
	/(?<=[\u4e00-\u9fff])(\??)([!,])([\u4e00-\u9fff]{0,8}[A-Za-z@[\\\]^_`{|}~]|(?=[,;:.)]))/g;

export function repairGarbles(text: string): { text: string; count: number } {
	let count = 0;
	let repaired = text;
	for (const [broken, whole] of known) {
		const pieces = repaired.split(broken);
		count += pieces.length - 1;
		repaired = pieces.join(whole);
	}
	repaired = repaired.replace(
		shifted,
		(whole: string, lost: string, mark: string, run: string, at: number, all: string) => {
			const fixed = run ? realign(mark, run, lost) : closesQuote(all, at, mark) ? '校”' : null;
			if (fixed === null) return whole;
			count++;
			return fixed;
		}
	);
	return { text: repaired, count };
}

/** 黨!,3月: only the quote mark was halved. Believed only while a quote is open. */
function closesQuote(text: string, at: number, mark: string): boolean {
	if (mark !== '!') return false;
	const before = text.slice(text.lastIndexOf('\n', at) + 1, at);
	return before.lastIndexOf('“') > before.lastIndexOf('”');
}

function realign(mark: string, run: string, lost: string): string | null {
	// A comma alone is too common to doubt; after ? it is the half of 校現 (A3 AC).
	if (mark === ',' && !lost) return null;
	const tail = encodeGbk(run);
	if (!tail) return null;
	const decoded = decodeGbk([0xd0, 0xa3, ...(mark === '!' ? [0xa1] : [0xac]), ...tail]);
	return decoded && /^校[”“\u4e00-\u9fff][\u4e00-\u9fff]*$/.test(decoded) ? decoded : null;
}
