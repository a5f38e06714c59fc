// How the issuer will check: 专项督查 → 通报排名 → 说明情况.

import { foldWidth } from '../deadline/compactText.ts';
import type { SupervisionRule } from '../types.ts';

const lead = /^(?:并|且|同时|教?育?局?[^,，]{0,20}将根据[^,，]*[,，])/;

export function findSupervision(text: string): SupervisionRule[] {
	return text.split(/[。;；\n]/).flatMap((sentence) => clausesOf(sentence).flatMap(readClause));
}

/** 对排名靠后的,要求…: a condition that ends in 的 belongs to the clause after it. */
function clausesOf(sentence: string): string[] {
	const clauses: string[] = [];
	for (const part of sentence.split(/(?<=[,，])/)) {
		const open = clauses.at(-1);
		if (open && /^对.*的[,，]$/.test(open)) clauses[clauses.length - 1] = open + part;
		else clauses.push(part);
	}
	return clauses.map((clause) =>
		clause
			.replace(/[,，]$/, '')
			.replace(lead, '')
			.trim()
	);
}

function readClause(text: string): SupervisionRule[] {
	const folded = foldWidth(text);
	if (/说明情况|作出说明|表态发言|约谈/.test(folded)) {
		const m = /(?:要求|责成|由)?([\u4e00-\u9fa5]{2,12}?)在([^,]{2,30}?)(?:上|中)/.exec(
			folded.slice(folded.indexOf(',') + 1)
		);
		const who = m?.[1]?.replace(/^(?:要求|责成|由)/, '');
		return [{ kind: 'explanation', text, ...(who && { who }), ...(m?.[2] && { at: m[2] }) }];
	}
	if (/通报|排名/.test(folded)) return [{ kind: 'ranking', text }];
	if (/(?:专项|不定期|定期|实地|跟踪|集中|开展|进行)(?:督查|督导|检查|抽查)/.test(folded)) {
		const groupBy = /以([^,]{1,8}?)为单位/.exec(folded)?.[1];
		return [{ kind: 'inspection', text, ...(groupBy && { groupBy }) }];
	}
	return [];
}
