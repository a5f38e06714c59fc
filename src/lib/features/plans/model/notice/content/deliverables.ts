// What has to exist afterwards: plans, lists, records. Known names anywhere in the text, others
// only where a verb asks for them (上报…总结, 填写《…表》).

import { findTerms } from './findTerms.ts';
import { deliverableTerms, notTerms } from './lexicon.ts';

const verb =
	'(?:报送|上报|提交|上交|制定|制订|建立|建好|撰写|形成|留存|填写|填报|完善|编制|整理|收集|汇总|起草|签订|提供|做好|记好|建全|健全)';
const noun =
	'(?:方案|计划|台账|台帐|清单|报告|记录|表(?![现示态明达扬决率彰演])|总结|材料|影像|资料|照片|名册|简报|承诺书|责任书|心得|体会|提纲|章程|纪要|统计表|明细)';
const item = `[\\u4e00-\\u9fa5A-Za-z0-9“”+]{0,20}${noun}`;
const asked = new RegExp(`${verb}(?:好|了|并)?((?:${item}[、，]?)+)`, 'g');
const askedTitle = new RegExp(
	`${verb}(?:好|了)?[^,，。;；《]{0,6}《([^《》]{2,40}${noun}(?:[(（][^()（）]{1,8}[)）])?)》`,
	'g'
);
const bare = new Set([
	'材料',
	'资料',
	'计划',
	'表',
	'报告',
	'记录',
	'清单',
	'台账',
	'影像',
	'照片',
	'明细'
]);

export function findDeliverables(text: string): string[] {
	const named = [...text.matchAll(asked)].flatMap((m) => splitItems(m[1] ?? ''));
	const titled = [...text.matchAll(askedTitle)].map((m) => m[1] ?? '');
	const found = [...findTerms(text, [...deliverableTerms, ...named], notTerms), ...titled];
	return [...new Set(found)].sort((a, b) => text.indexOf(a) - text.indexOf(b));
}

const lastVerb = new RegExp(`^.*${verb}(?:好|了|并)?`);
const owner = /^(?:好|本单位|本支部|本校|本人|各自|个人的|一份|一篇|1份|1篇|整理|有关的?)+/;

function splitItems(listed: string): string[] {
	return listed
		.split(/[、，]|以及|并|和|及|与|等/)
		.map((each) => each.replace(lastVerb, '').replace(owner, ''))
		.filter(
			(each) =>
				each.length > 1 && !bare.has(each) && new RegExp(`${noun}$`).test(each) && quotesPair(each)
		);
}

function quotesPair(text: string): boolean {
	return (text.match(/“/g)?.length ?? 0) === (text.match(/”/g)?.length ?? 0);
}
