// Stable marks of a notice, to recognise it when it is pasted again. Not for security.

import type { NoticeDocument, NoticeFingerprint, NoticeTask } from './types.ts';
import { foldWidth } from './deadline/compactText.ts';

/** Spelling that copying changes: width, spaces, quotes, full stops of other keyboards. */
export function normaliseForMatching(text: string): string {
	return foldWidth(text)
		.toLowerCase()
		.replace(/[\s"“”'‘’,、。;:!?.()<>《》〈〉\-]/g, '');
}

/** cyrb53: 53 well-spread bits from plain arithmetic. */
function hash(text: string): string {
	let [a, b] = [0xdeadbeef, 0x41c6ce57];
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		a = Math.imul(a ^ code, 2654435761);
		b = Math.imul(b ^ code, 1597334677);
	}
	a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
	b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
	return (4294967296 * (2097151 & b) + (a >>> 0)).toString(16).padStart(14, '0');
}

export function noticeFingerprint(
	document: Pick<NoticeDocument, 'title' | 'listTitle' | 'issuer' | 'issuedOn' | 'docNo'>,
	tasks: readonly Pick<NoticeTask, 'path' | 'text'>[]
): NoticeFingerprint {
	const { title, listTitle, issuer, issuedOn, docNo } = document;
	const heading = [title, listTitle, issuer, issuedOn, docNo].map((part) =>
		normaliseForMatching(part ?? '')
	);
	const body = tasks.map((task) => `${task.path.join('/')} ${normaliseForMatching(task.text)}`);
	// A page without any heading is known by its first task.
	const named = heading.some(Boolean) ? heading : body.slice(0, 1);
	return { notice: hash(named.join('|')), content: hash(body.join('|')) };
}
