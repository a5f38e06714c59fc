// What the notice points to: documents in 《》, attachments by number, and where the two disagree.

import { foldWidth } from '../deadline/compactText.ts';
import type { NoticeAttachment, NoticeReference, NoticeWarning } from '../types.ts';

const title = /《((?:[^《》]|《[^《》]*》){2,120})》/g;
const docNo = /^\s*[(（]\s*([\u4e00-\u9fa5]{1,12}[〔[【（(]\d{4}[〕\]】）)]第?\d+号)\s*[)）]/;
const cited = /附件\s*(\d{1,2}(?:\s*[、,和及-]\s*(?:附件)?\d{1,2})*)/g;

/** 《A》以及…《B》(见附件1、2): the numbers belong to the titles of the sentence, in order. */
export function findReferences(text: string): NoticeReference[] {
	const found = new Map<string, NoticeReference>();
	for (const sentence of text.split(/[。\n]/)) {
		const titles = [...sentence.matchAll(title)].filter(
			(m) => !/(?:填写|填报)$/.test(sentence.slice(0, m.index))
		);
		const seen = /[(（](?:详?见)?(附件[^()（）]+)[)）]/.exec(sentence);
		const before = seen ? titles.filter((m) => m.index < seen.index) : [];
		const numbers = seen ? attachmentNumbers(seen[1] ?? '') : [];
		for (const m of titles) {
			const number = docNo.exec(sentence.slice(m.index + m[0].length))?.[1];
			const no = numbers[before.indexOf(m)];
			const name = m[1] ?? '';
			found.set(name, {
				title: name,
				...(number && { docNo: number }),
				...(no !== undefined && { citedAs: `附件${no}` }),
				...found.get(name)
			});
		}
	}
	return [...found.values()];
}

function attachmentNumbers(text: string): number[] {
	return [...foldWidth(text).matchAll(cited)].flatMap((m) => {
		const words = (m[1] ?? '').replace(/附件/g, '');
		const range = /^(\d+)\s*-\s*(\d+)$/.exec(words);
		if (!range) return words.split(/\D+/).filter(Boolean).map(Number);
		const [from, to] = [Number(range[1]), Number(range[2])];
		return to >= from ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [];
	});
}

export function attachmentWarnings(
	text: string,
	references: readonly NoticeReference[],
	attachments: readonly NoticeAttachment[]
): NoticeWarning[] {
	const listed = new Set(attachments.map((each) => each.no));
	const missing = [...new Set(attachmentNumbers(text))].filter((no) => !listed.has(no));
	const mismatched = references
		.map((each) => ({ title: each.title, no: Number(each.citedAs?.replace(/\D/g, '') ?? 0) }))
		.filter(({ title, no }) => {
			const own = attachments.find((attachment) => attachment.no === no);
			return own !== undefined && !sameTitle(own.title, title);
		})
		.map(({ no }) => no);
	const missingWarnings = missing
		.sort((a, b) => a - b)
		.map((no): NoticeWarning => {
			const label = labelOf(text, no);
			return {
				code: 'attachment-missing',
				no,
				...(label && { label }),
				listed: attachments.length
			};
		});
	return mismatched.length > 0
		? [...missingWarnings, { code: 'attachment-mismatch', nos: mismatched }]
		: missingWarnings;
}

/** 评价表见附件3: what the missing attachment should have been. */
function labelOf(text: string, no: number): string | undefined {
	const re = new RegExp(
		`(?<![\\u4e00-\\u9fa5])([\\u4e00-\\u9fa5]{2,14})[(（]?(?:详见|见)附件\\s*${no}(?!\\d)`
	);
	return re.exec(text)?.[1];
}

function sameTitle(a: string, b: string): boolean {
	const bare = (words: string): string => foldWidth(words).replace(/[\s《》"“”]|\([^()]*\)/g, '');
	return bare(a).includes(bare(b)) || bare(b).includes(bare(a));
}
