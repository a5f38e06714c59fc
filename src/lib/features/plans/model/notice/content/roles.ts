// Who a task speaks of, who has to do it, and whether it may be meant for others.

import { foldWidth, maskTitles } from '../deadline/compactText.ts';
import { findTerms } from './findTerms.ts';
import { notTerms, roleTerms } from './lexicon.ts';
import { namedSchools, schoolListSubject } from './schools.ts';

const every =
	/各(?:直属|基层|民办|公办|乡镇|镇|城区|农村|县直|市直|区直|相关|有关|所属|下属|中小|中心|学区|片区)*(?:党支部|党总支|党委|党组织|支部|总支|党小组|(?:单位|中小学校|中小学|学校|幼儿园)(?:党支部|党总支|党委|党组织)?|部门|科室|股室|处室|年级组|年级|教研组|备课组|中心校|校园|园所|校)(?:书记|校长|负责人|联络员)?/g;

export function findRoles(text: string): string[] {
	const general = maskTitles(text).match(every) ?? [];
	return findTerms(text, [...roleTerms, ...general, ...namedSchools(text)], notTerms);
}

const must = '[,，]?(?:要|应当?|须|需|负责)(?![求素点闻件])';
const counted = new RegExp(
	`^((?:\\d+|[一二三四五六七八九十]+)所[^,，。;；]{2,40}?(?:学校党组织|学校|单位|党组织|支部))${must}`
);
const having = new RegExp(
	`(?:^|[。;；])(?:凡)?((?:已|设有|设立|建有|承担|开设|具备)[^,，。;；]{2,30}?的(?:学校党组织|学校|单位|党组织|支部))${must}`
);
const newlyIn = /新任(?:学校)?(?:党组织)?书记(?:、校长)?/;
const someKinds = new RegExp(
	`(?:^|[。;；,，])各?((?:新建|新成立|民办|试点|寄宿制|农村|城区)(?:学校|幼儿园|单位|党组织|支部))${must}`
);

/** The branches a task is meant for, when it does not speak to all. */
export function findAppliesTo(text: string): string | null {
	if (schoolListSubject(text)) return '名单内学校';
	const some = (counted.exec(text)?.[1] ?? having.exec(text)?.[1])?.replace(
		/^(?:\d+|[一二三四五六七八九十]+)所/,
		''
	);
	if (some) return some;
	const newHeads = newlyIn.exec(text);
	if (newHeads)
		return newHeads[0].includes('校长') ? '仅有新任书记、校长的学校' : '仅有新任书记的学校';
	return someKinds.exec(text)?.[1] ?? null;
}

/** The first subject that is told to act; null leaves it to the section or the addressee. */
export function findResponsible(text: string, roles: readonly string[]): string | null {
	const subject = schoolListSubject(text) ?? counted.exec(text)?.[1] ?? having.exec(text)?.[1];
	if (subject) return subject;
	const folded = foldWidth(text);
	const told: { role: string; at: number }[] = [];
	for (const role of roles) {
		const all = role.startsWith('各') ? role : `各${role}`;
		const at = [...folded.matchAll(/^|[,。;:(\n]/g)]
			.map((m) => m.index + m[0].length)
			.find(
				(start) => folded.startsWith(foldWidth(all), start) || mustFollows(folded, role, start)
			);
		if (at !== undefined) told.push({ role, at });
	}
	return told.sort((a, b) => a.at - b.at)[0]?.role ?? null;
}

function mustFollows(folded: string, role: string, start: number): boolean {
	const subject = foldWidth(role);
	return (
		folded.startsWith(subject, start) &&
		/^,?(?:要|应|须|负责)(?![求素点闻件])/.test(folded.slice(start + subject.length))
	);
}
