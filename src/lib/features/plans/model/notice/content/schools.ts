// Schools called by name: 尧山中学、桥山中学、… Kinds of schools (中小学、幼儿园) are not names.

import { maskTitles } from '../deadline/compactText.ts';

const suffix = '(?:中学|小学|学校|高中|初中|幼儿园|职教中心|职中|中心校|[一二三四五六七八九十]中)';
const item = `[\\u4e00-\\u9fa5\\d]{1,14}?${suffix}`;
const list = new RegExp(`${item}(?:[、和及与]${item})+`, 'g');
const alone = new RegExp(
	`(?:^|[,，。;；:：])(${item})(?:党支部|党总支|党委)?[,，]?(?:要|应|须|负责)`,
	'g'
);

const lead =
	/^(?:.*(?:请|由|在|对|将|以|含|包括|确定|选取|组织|抽取|其中|安排|要求|支持|指导|如))?(?=.{3})/;
const kind =
	/^(?:各|全|本|该|我|所|有关|相关|其他|新任|新建|部分|民办|公办|农村|城区|城镇|乡镇|直属|试点|普通|县直|市直|中心|完全|九年一贯制|寄宿制|基层|所属|中|小|大|辖区内?)*(?:中小|中)?(?:中学|小学|学校|高中|初中|幼儿园)$/;

export function namedSchools(text: string): string[] {
	const masked = maskTitles(text);
	const found = [...masked.matchAll(list)].flatMap((m) => m[0].split(/[、和及与]/));
	const single = [...masked.matchAll(alone)].map((m) => m[1] ?? '');
	const names = [...found, ...single].map((name) => name.replace(lead, ''));
	return [...new Set(names.filter(isName))];
}

function isName(name: string): boolean {
	return name.length > 2 && new RegExp(`${suffix}$`).test(name) && !kind.test(name);
}

/** The subject of the text when it begins with a list of schools. */
export function schoolListSubject(text: string): string | null {
	const re = new RegExp(
		`^(${item}(?:[、和及与]${item})+)(?:等?(?:\\d+|[一二三四五六七八九十]+)所学校)?(?:党支部|党总支|党组织)?[,，]?(?:要|应|须|负责|按)`
	);
	const subject = re.exec(text)?.[1];
	return subject && subject.split(/[、和及与]/).every(isName) ? subject : null;
}
