// 疑似乱码: four detectors for damage that no rule repaired. They point, they never change text.

import type { Suspect } from '../types.ts';

const orphanPinyin = /[?!](?:[a-zà-ǜ]+\)|\)(?<!\([^()]*\)))/g;
// A级, B类, C区 are labels, not damage.
const strayLetter =
	/(?<=[\u4e00-\u9fff])[A-Za-z](?=[\u4e00-\u9fff])(?![级类组班区楼座型卷档等岗角证股栋轮面照段线咖])/g;
const markBeforeMark = /[?!](?=[,;])/g;

export function findSuspects(line: string, lineIndex: number): Suspect[] {
	const places = new Set<number>();
	for (const re of [orphanPinyin, strayLetter, markBeforeMark]) {
		for (const m of line.matchAll(re)) places.add(m.index);
	}
	for (const at of openQuotes(line)) places.add(at);
	return [...places]
		.sort((a, b) => a - b)
		.map((at) => ({ line: lineIndex, at, excerpt: line.slice(Math.max(0, at - 8), at + 8) }));
}

/** A second “ before ”, or ? ! inside a quote that never closes. */
function openQuotes(line: string): number[] {
	const found: number[] = [];
	let open = -1;
	for (let i = 0; i < line.length; i++) {
		if (line[i] === '”') open = -1;
		if (line[i] !== '“') continue;
		if (open !== -1) found.push(i);
		open = i;
	}
	if (open === -1) return found;
	const mark = line.slice(open).search(/[?!]/);
	return mark === -1 ? found : [...found, open + mark];
}
