// Where the cleaned text was repaired from byte-shift damage, for people to check. Pinyin that was
// taken out leaves nothing to look at and is only counted.

import { repairGarbles } from './notice/repair/garbles.ts';
import { stripPinyin } from './notice/repair/pinyin.ts';

export type Span = { from: number; to: number };

/** As many equal characters make two texts meet again after a difference. */
const MEET = 2;
const REACH = 8;

const meetsAt = (before: string, after: string, i: number, j: number): boolean =>
	before.slice(i, i + MEET) === after.slice(j, j + MEET);

/** The nearest pair of places, counted from i and j, from which both go on alike. */
function nextMeeting(before: string, after: string, i: number, j: number): [number, number] {
	for (let sum = 1; sum <= 2 * REACH; sum++)
		for (let skip = Math.max(0, sum - REACH); skip <= Math.min(sum, REACH); skip++)
			if (meetsAt(before, after, i + sum - skip, j + skip)) return [i + sum - skip, j + skip];
	return [before.length, after.length];
}

/** The parts of `after` that are not in `before`; where something only went, its neighbour. */
export function changedSpans(before: string, after: string): Span[] {
	const spans: Span[] = [];
	let [i, j] = [0, 0];
	while (i < before.length || j < after.length) {
		if (before[i] === after[j]) {
			i++;
			j++;
			continue;
		}
		const from = j;
		[i, j] = nextMeeting(before, after, i, j);
		spans.push({ from: Math.min(from, after.length - 1), to: Math.max(j, from + 1) });
	}
	return spans.filter(({ from }) => from >= 0);
}

/** By line of the cleaned text. Lines whose length later repairs changed are left unmarked. */
export function repairMarks(raw: string, cleanText: string): ReadonlyMap<number, Span[]> {
	const stripped = stripPinyin(raw.replace(/\r\n?/g, '\n')).text;
	const before = stripped.split('\n');
	const after = repairGarbles(stripped).text.split('\n');
	const marks = new Map<number, Span[]>();
	cleanText.split('\n').forEach((clean, line) => {
		const repaired = after[line];
		if (repaired === undefined || repaired === before[line] || repaired.length !== clean.length)
			return;
		marks.set(line, changedSpans(before[line] ?? '', repaired));
	});
	return marks;
}
