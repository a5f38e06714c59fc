// Lists inside a sentence: steps to go through, channels to use, topics to look at.

import { foldWidth } from '../deadline/compactText.ts';

const list = '([^,。;:]{2,120}?)';
const stepLists = [
	new RegExp(
		`(?:采取|采用|通过|按照)${list}(?:等)?(?:的)?(?:形式|方式|步骤|程序)(?:进行|开展|推进|组织)`
	),
	new RegExp(
		`(?:围绕|严格|抓好|做好|按照|落实)${list}(?:等)?(?:[一二三四五六七八九十\\d]个)?(?:环节|阶段|步骤)`
	)
];
const channelList = /(?:通过|采取|利用)([^。;]{2,120}?)等(?:多种)?(?:形式|方式|渠道|途径)/;
const topicList = /(?:聚焦|紧盯|针对)([^。;]{2,120}?)等/;

export type Enumerations = { steps: string[]; channels: string[]; topics: string[] };

export function findEnumerations(text: string): Enumerations {
	const folded = foldWidth(text);
	const steps = stepLists
		.map((re) => splitList(re.exec(folded)?.[1]))
		.find((each) => each.length > 1);
	const channels = splitList(channelList.exec(folded)?.[1]);
	return {
		steps: steps ?? talkParts(folded) ?? ordinals(folded),
		channels: steps && channels.join() === steps.join() ? [] : channels,
		topics: splitList(topicList.exec(folded)?.[1])
	};
}

function splitList(words: string | undefined): string[] {
	if (!words?.includes('、')) return [];
	const parts = words.split(/[、]|以及|(?<=.{2})[和及](?=.{2})/).map((part) => part.trim());
	return parts.every((part) => part.length >= 2 && part.length <= 16) ? parts : [];
}

/** 谈工作、谈思想…: the parts of a talk record. */
function talkParts(folded: string): string[] | null {
	const parts = folded.match(/谈(?:工作|思想|认识|不足|学习|生活|作风|困难|建议|廉洁|家庭)/g) ?? [];
	return parts.length > 2 ? [...new Set(parts)] : null;
}

function ordinals(folded: string): string[] {
	const parts = [...folded.matchAll(/[一二三四五六七八九]是(?:要)?([^,。;:]{2,30})/g)].map(
		(m) => m[1] ?? ''
	);
	return parts.length > 1 ? parts : [];
}
