// The words around an expression, for people to check it against. The clause is the comma segment;
// when the segment says nothing beside the expression, its neighbour that does joins it.

import { foldWidth, maskTitles } from './compactText.ts';

type Segment = { from: number; to: number };

/** Comma segments; a bracket that does not close inside its segment ends it too. */
export function segmentsOf(text: string): Segment[] {
	const masked = maskTitles(foldWidth(text));
	const segments: Segment[] = [];
	let from = 0;
	for (const m of masked.matchAll(/[,;。!?\n]|:(?!\d)|$/g)) {
		for (const part of splitBrackets(masked, { from, to: m.index })) segments.push(part);
		from = m.index + 1;
	}
	return segments.filter((segment) => segment.to > segment.from);
}

function splitBrackets(text: string, segment: Segment): Segment[] {
	const open: number[] = [];
	const cuts: number[] = [];
	for (let i = segment.from; i < segment.to; i++) {
		if (text[i] === '(') open.push(i);
		else if (text[i] === ')' && open.pop() === undefined) cuts.push(i);
	}
	const parts: Segment[] = [];
	let from = segment.from;
	for (const cut of [...cuts, ...open].sort((a, b) => a - b)) {
		parts.push({ from, to: cut });
		from = cut + 1;
	}
	return [...parts, { from, to: segment.to }];
}

const filler = /^(?:[于在前的要应须并]|之前|以前|务必|必须|力争|原则上|一般)*$/;
const needsBefore =
	/^(?:[于在前要应须并]|务必|必须|力争|全面)*(?:完成|上报|报送|提交|结束|落实|到位)?(?:到位)?$/;
const needsAfter =
	/^(?:[前要应须]|并)*(?:按照?(?:有关|相关|文件|上级)?(?:要求|规定|安排)|按要求|根据要求)$/;
const joins = /^(?:并|且|同时|及时)/;

/** 制度(党课每季度1次): a bracket that opens and closes in the segment is a clause by itself. */
function insideBrackets(text: string, own: Segment, from: number, to: number): Segment | null {
	const before = /[(（]([^()（）]*)$/.exec(text.slice(Math.max(own.from, from - 100), from));
	const after = /^[^()（）]*(?=[)）])/.exec(text.slice(to, Math.min(own.to, to + 100)));
	return before && after
		? { from: from - (before[1] ?? '').length, to: to + after[0].length }
		: null;
}

/** Nobody reads more than this; text without commas is cut around the expression. */
const longestSegment = 400;
const around = (own: Segment, from: number, to: number): Segment => ({
	from: Math.max(own.from, from - 100),
	to: Math.min(own.to, to + 100)
});

/** The first segment that ends at or after `to`; a text may hold thousands. */
function segmentAt(segments: Segment[], to: number): number {
	let [low, high] = [0, segments.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((segments[middle]?.to ?? 0) < to) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Offsets of the clause around from..to. */
export function clauseRange(text: string, segments: Segment[], from: number, to: number): Segment {
	const index = segmentAt(segments, to);
	const own = segments[index];
	if (!own) return { from, to };
	const inner = insideBrackets(text, own, from, to);
	if (inner) return inner;
	if (own.to - own.from > longestSegment) return around(own, from, to);
	const rest = text.slice(own.from, from).trim() + text.slice(to, own.to).trim();
	const [previous, next] = [segments[index - 1], segments[index + 1]];
	const nextFollows = next !== undefined && !/[。!?；;\n]/.test(text.slice(own.to, next.from));
	const previousLeads =
		previous !== undefined && !/[。!?；;\n]/.test(text.slice(previous.to, own.from));
	if (nextFollows && (needsAfter.test(rest) || filler.test(rest)))
		return { from: own.from, to: next.to };
	if (!needsBefore.test(rest)) return own;
	if (nextFollows && joins.test(text.slice(next.from, next.to)))
		return { from: own.from, to: next.to };
	return previousLeads ? { from: previous.from, to: own.to } : own;
}
