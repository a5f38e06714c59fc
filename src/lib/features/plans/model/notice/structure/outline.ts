// The numbered body as a tree: what has children is a section, what has none is a task.

import { foldWidth } from '../deadline/compactText.ts';
import type { LineRange } from '../types.ts';
import type { NoticeLine } from './noticeLines.ts';
import { readMarker } from './numbering.ts';

export type OutlineNode = {
	path: string[];
	rank: number;
	text: string;
	lines: LineRange;
	children: OutlineNode[];
	parent: OutlineNode | null;
};

export function buildOutline(body: readonly NoticeLine[]): OutlineNode[] {
	const roots: OutlineNode[] = [];
	let last: OutlineNode | null = null;
	for (const line of body) {
		const marker = readMarker(line.text);
		if (!marker) {
			if (last) continueNode(last, line);
			continue;
		}
		let parent: OutlineNode | null = last;
		while (parent && parent.rank >= marker.rank) parent = parent.parent;
		const node: OutlineNode = {
			path: [...(parent?.path ?? []), marker.label],
			rank: marker.rank,
			text: marker.rest,
			lines: { from: line.index, to: line.index },
			children: [],
			parent
		};
		(parent?.children ?? roots).push(node);
		last = node;
	}
	return roots;
}

function continueNode(node: OutlineNode, line: NoticeLine): void {
	// A line that breaks off at a comma was wrapped by the page, not by its author.
	const link = /[,，、]$/.test(node.text) || !node.text ? '' : '\n';
	node.text += link + line.text;
	node.lines.to = line.index;
}

const titleLimit = 30;
const actor =
	/(?:组织|支部|总支|党委|学校|校|园|中学|小学|单位|部门|书记|校长|园长|党员|教师|干部|班子|同志|人员|成员|负责人|委员|小组|年级|高中|幼儿园)$/;

/** Heading sentence if short enough; else the verb phrase after 主语要; else the first segment. */
export function titleOf(text: string): string {
	const folded = foldWidth(text);
	const sentence = text.slice(0, indexOr(folded, /[。!?;\n]/));
	const heading = sentence.slice(0, indexOr(foldWidth(sentence), /:|\s{2,}/));
	if (heading.length > 1 && heading.length <= titleLimit) return trimTitle(heading);
	if (sentence.length <= titleLimit) return trimTitle(sentence);
	const must = /^(.{2,120}?),?(?:要|应当?|须|需)(?![求素点闻件])/.exec(foldWidth(sentence));
	const whole = must && actor.test(must[1] ?? '') ? must[0].length : 0;
	const phrase = text.slice(whole).split(/[,，。;；:：\n]/)[0] ?? '';
	const beforeBracket = phrase.slice(0, indexOr(foldWidth(phrase), /\(/)) || phrase;
	return trimTitle(beforeBracket.slice(0, 60));
}

function indexOr(text: string, re: RegExp): number {
	const at = text.search(re);
	return at === -1 ? text.length : at;
}

function trimTitle(title: string): string {
	return title.replace(/[\s,，。;；:：、]+$/, '').trim();
}
