// The scan: at each place the longest reading wins, look-alikes included, so that
// 每季度第一个月5日前 beats 5日前 and 2022年度 is never read as 2022年.

import type { DeadlineReading } from '../types.ts';
import { compactText, verbatim } from './compactText.ts';
import { datedStart, readDated } from './datedRules.ts';
import type { DeadlineContext } from './deadlineContext.ts';
import { plainRules } from './plainRules.ts';
import { recurringRules } from './recurringRules.ts';
import { relativeRules } from './relativeRules.ts';

/** `from`/`to` are offsets in the original text, `to` not included. */
export type FoundDeadline = { from: number; to: number; expr: string; reading: DeadlineReading };

const phraseRules = [...recurringRules, ...relativeRules, ...plainRules];
// One search for the next place any rule matches: most of a text holds none.
const mayBegin = new RegExp(
	[...phraseRules.map((rule) => rule.re.source), datedStart].join('|'),
	'g'
);
const digitLike = /[\d〇零一二三四五六七八九十]/;

type Best = { length: number; reading: DeadlineReading | 'none' };

function longestAt(text: string, pos: number, ctx: DeadlineContext): Best | null {
	let best: Best | null = null;
	for (const rule of phraseRules) {
		rule.re.lastIndex = pos;
		const m = rule.re.exec(text);
		if (!m || m[0].length <= (best?.length ?? 0)) continue;
		const reading = rule.read(m, ctx);
		if (reading) best = { length: m[0].length, reading };
	}
	const dated = readDated(text, pos, ctx);
	return dated && dated.length > (best?.length ?? 0) ? dated : best;
}

function nextPlace(text: string, from: number): number {
	mayBegin.lastIndex = from;
	return mayBegin.exec(text)?.index ?? -1;
}

export function scanDeadlines(original: string, ctx: DeadlineContext): FoundDeadline[] {
	const compact = compactText(original);
	const { text, at } = compact;
	const found: FoundDeadline[] = [];
	for (let pos = nextPlace(text, 0); pos !== -1;) {
		const insideNumber = digitLike.test(text[pos] ?? '') && digitLike.test(text[pos - 1] ?? '');
		const best = insideNumber ? null : longestAt(text, pos, ctx);
		if (!best) {
			pos = nextPlace(text, pos + 1);
			continue;
		}
		const to = pos + best.length;
		if (best.reading !== 'none') {
			found.push({
				from: at[pos] ?? 0,
				to: (at[to - 1] ?? 0) + 1,
				expr: verbatim(compact, pos, to),
				reading: best.reading
			});
		}
		pos = nextPlace(text, to);
	}
	return found;
}
