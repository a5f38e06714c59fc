// A pasted web page made readable again. Lines keep their places: line i of the result is line i
// of the input, so a screen can show where each task came from.

import type { RepairCounts, Suspect } from '../types.ts';
import { repairGarbles } from './garbles.ts';
import { stripPinyin } from './pinyin.ts';
import { loadSimplify, needsSimplifying, type Simplify } from './simplified.ts';
import { findSuspects } from './suspects.ts';

export type RepairedText = { text: string; repairs: RepairCounts; suspects: Suspect[] };

/** `simplify` is for tests and for callers that have the table loaded. */
export async function repairText(raw: string, simplify?: Simplify): Promise<RepairedText> {
	const unwrapped = raw
		.replace(/^\ufeff/, '')
		.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
		.replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '');
	const stripped = stripPinyin(unwrapped);
	const damaged = stripped.count > 0 || needsSimplifying(stripped.text);
	// Byte shifts come with the same pages; a clean text is never searched for them.
	const garbles = damaged ? repairGarbles(stripped.text) : { text: stripped.text, count: 0 };
	const text = needsSimplifying(garbles.text)
		? (simplify ?? (await loadSimplify()))(garbles.text)
		: garbles.text;
	return {
		text,
		repairs: { annotations: stripped.count, garbles: garbles.count },
		suspects: text.split('\n').flatMap(findSuspects)
	};
}
