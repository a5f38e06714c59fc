// Numbers a task sets that are not dates: 学制5天, 党员人数30%, 三方面30项, 每人不少于2篇.

import { foldWidth } from '../deadline/compactText.ts';
import { num, toNumber } from '../deadline/numerals.ts';
import type { FoundDeadline } from '../deadline/scanDeadlines.ts';
import type { Quota } from '../types.ts';

type QuotaRule = { re: RegExp; read(m: RegExpExecArray, after: string): Quota | null };
const rule = (source: string, read: QuotaRule['read']): QuotaRule => ({
	re: new RegExp(source, 'g'),
	read
});

const least = '(不少于|不低于|至少|不得少于)?';
const units: Record<string, string> = {
	天: 'day',
	日: 'day',
	分钟: 'minute',
	小时: 'hour',
	学时: 'class-hour',
	课时: 'class-hour'
};
const approx = (words: string | undefined) => (words ? { approx: true as const } : {});
const min = (words: string | undefined) => (words ? { min: true as const } : {});

/** The noun a number counts: what follows up to a break, quotes taken off. */
function nounAfter(after: string): string | undefined {
	const quoted = /^[“"]([^”"]{2,20})[”"]/.exec(after)?.[1];
	return (
		quoted ??
		/^(?:的)?([\u4e00-\u9fa5“”]{2,16}?)(?=[,，。;；:：、(（)）]|$|进行|开展|开设|参加|党?组织)/.exec(
			after
		)?.[1]
	);
}

const rules: readonly QuotaRule[] = [
	rule(`${num}周岁(?:及)?以下`, (m, after) => ({
		expr: m[0],
		kind: 'age-max',
		value: toNumber(m[1] ?? ''),
		unit: 'year',
		inclusive: true,
		...of(nounAfter(after))
	})),
	rule(`(?:学制|为期|历时)${num}(天|日|小时|学时)`, (m) => ({
		expr: m[0],
		kind: 'duration',
		value: toNumber(m[1] ?? ''),
		unit: units[m[2] ?? ''] ?? 'day'
	})),
	rule(`${least}${num}(分钟|小时|学时|课时)(左右)?`, (m) => ({
		expr: m[0],
		kind: 'duration',
		value: toNumber(m[2] ?? ''),
		unit: units[m[3] ?? ''] ?? 'hour',
		...approx(m[4]),
		...min(m[1])
	})),
	rule(`${num}个?方面${num}项`, (m) => ({
		expr: m[0],
		kind: 'catalog',
		aspects: toNumber(m[1] ?? ''),
		items: toNumber(m[2] ?? '')
	})),
	rule('(全体[\\u4e00-\\u9fa5]{2,5})?(?:学习|参训|谈话)?全覆盖', (m) => ({
		expr: m[0],
		kind: 'coverage',
		value: 1,
		...of(m[1])
	})),
	rule(`${num}个?(?:阶段|环节|步骤)`, (m) => ({
		expr: m[0],
		kind: 'steps',
		value: toNumber(m[1] ?? '')
	})),
	rule(
		`((?:党员|教师|教职工|学生|家长)?(?:人数|总数|总人数)?)(?:的)?(\\d+(?:\\.\\d+)?)%`,
		(m, after) => ({
			expr: m[0],
			kind: 'ratio',
			value: Math.round(Number(m[2]) * 100) / 10_000,
			...(m[1] && { base: m[1] }),
			...of(
				/^(?:左右)?的?(?:比例|标准)(?:设立|设置|评选|培养|确定|推荐)([\u4e00-\u9fa5]{2,10})/.exec(
					after
				)?.[1]
			)
		})
	),
	rule(`${least}${num}(万)?字`, (m) =>
		Number(m[2]) >= 100 || m[3] || m[1]
			? {
					expr: m[0],
					kind: 'length',
					value: toNumber(m[2] ?? '') * (m[3] ? 10_000 : 1),
					unit: '字',
					...min(m[1])
				}
			: null
	),
	rule('(\\d+(?:\\.\\d+)?)(万)?元', (m) => ({
		expr: m[0],
		kind: 'money',
		value: Number(m[1]) * (m[2] ? 10_000 : 1),
		unit: '元'
	})),
	rule(`${least}${num}(次|期|场|篇|节|堂|份|条|名)(?!级|会|日|要)`, (m, after) => ({
		expr: m[0],
		kind: 'count',
		value: toNumber(m[2] ?? ''),
		...(/[期场篇节堂份条名]/.test(m[3] ?? '') && { unit: m[3] }),
		...min(m[1]),
		...of(nounAfter(after))
	})),
	rule(`${num}所`, (m, after) => ({
		expr: m[0],
		kind: 'count',
		value: toNumber(m[1] ?? ''),
		unit: '所',
		...of(nounAfter(after))
	}))
];

function of(noun: string | undefined): { of?: string } {
	return noun ? { of: noun } : {};
}

/** `taken` are the deadline expressions: 每月召开1次 is a rhythm, not a count. */
export function findQuotas(text: string, taken: readonly FoundDeadline[]): Quota[] {
	const folded = foldWidth(text);
	const used = new Uint8Array(folded.length);
	for (const { from, to } of taken) used.fill(1, from, to);
	// 3月、4月分别开展1期: the rhythm right before the number is what it counts per.
	const rhythms = new Map(taken.map(({ to, reading }) => [to, reading.period]));
	const rhythmBefore = (at: number) =>
		[0, 1, 2, 3, 4].map((gap) => rhythms.get(at - gap)).find(Boolean);
	const found: { at: number; quota: Quota }[] = [];
	for (const { re, read } of rules) {
		for (const m of folded.matchAll(re)) {
			const [at, to] = [m.index, m.index + m[0].length];
			if (used.subarray(at, to).includes(1) || folded[at - 1] === '第') continue;
			const quota = read(m, folded.slice(to, to + 30));
			if (!quota) continue;
			const per = quota.kind === 'count' ? rhythmBefore(at) : undefined;
			used.fill(1, at, to);
			found.push({ at, quota: { ...quota, ...(per && { per }), expr: text.slice(at, to) } });
		}
	}
	const quotas = found.sort((a, b) => a.at - b.at).map((each) => each.quota);
	const talks = mustTalk(text);
	return talks ? [talks, ...quotas] : quotas;
}

/** 三必谈: every pair named by “A与B之间” has to talk; “A之间” is a pair within A. */
function mustTalk(text: string): Quota | null {
	const expr = /[三四五六]必谈/.exec(text)?.[0];
	if (!expr) return null;
	const sentence = text.split(/[。;；]/).find((each) => each.includes(expr)) ?? '';
	const people = '(主要负责同志|书记|班子成员|支委委员|支部委员|党小组长|党员|教师|群众)';
	const pairs = [
		...sentence.matchAll(new RegExp(`${people}(?:[与和同]${people})?(?:相互)?之间`, 'g'))
	];
	return {
		expr,
		kind: 'coverage',
		value: 1,
		...(pairs.length > 0 && {
			pairs: pairs.map((m): [string, string] => [m[1] ?? '', m[2] ?? m[1] ?? ''])
		})
	};
}
