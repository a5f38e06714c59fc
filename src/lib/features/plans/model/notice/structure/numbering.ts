// 一、 (一) 1. (1) ①: which level a line opens. Levels have fixed ranks, so a skipped one
// (一、 straight to 1.) changes nothing.

import { foldWidth } from '../deadline/compactText.ts';

export type Marker = { rank: number; label: string; rest: string };

const hanNumber = '[一二三四五六七八九十]{1,3}';
// A dot between digits is a decimal or 3.15, unless what follows is a year or a counted noun.
const afterDot =
	'(?:\\.\\s+|\\.(?!\\d)|\\.(?=(?:19|20)\\d{2}年|\\d{1,2}月|\\d+[所个名位])|[、,](?!\\d+[、,])|\\s{2,})';

type Style = { rank: number; re: RegExp; label(m: RegExpExecArray): string };
const plain = (m: RegExpExecArray): string => m[1] ?? '';
const bracketed = (m: RegExpExecArray): string => `(${m[1]})`;

const styles: readonly Style[] = [
	{ rank: 1, re: new RegExp(`^(第${hanNumber}(?:部分|章)?)[、,:.\\s]\\s*`), label: plain },
	{ rank: 2, re: new RegExp(`^(${hanNumber})[、.．]\\s*`), label: plain },
	{ rank: 3, re: new RegExp(`^\\((${hanNumber})\\)[、.]?\\s*`), label: bracketed },
	{ rank: 5, re: /^(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)[、.\s]\s*(?!\d)/, label: plain },
	{ rank: 4, re: new RegExp(`^(\\d{1,2})${afterDot}\\s*`), label: plain },
	{ rank: 6, re: /^\((\d{1,2})\)[、.]?\s*/, label: bracketed },
	{ rank: 6, re: /^(\d{1,2})\)[、.]?\s*/, label: bracketed },
	{ rank: 7, re: /^([①-⑳])[、.]?\s*/, label: plain }
];

export function readMarker(line: string): Marker | null {
	// Same length as the line, so what follows can be cut from the original.
	const folded = foldWidth(line);
	for (const { rank, re, label } of styles) {
		const m = re.exec(folded);
		if (m) return { rank, label: label(m), rest: line.slice(m[0].length).trim() };
	}
	return null;
}
