import type * as Y from 'yjs';

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** Where `next` differs from `now`, as one replacement that never cuts a surrogate pair. */
function differenceOf(now: string, next: string): { at: number; remove: number; insert: string } {
	const shorter = Math.min(now.length, next.length);
	let head = 0;
	while (head < shorter && now.charCodeAt(head) === next.charCodeAt(head)) head += 1;
	while (
		head > 0 &&
		(isLowSurrogate(now.charCodeAt(head)) || isLowSurrogate(next.charCodeAt(head)))
	)
		head -= 1;
	let tail = 0;
	while (
		tail < shorter - head &&
		now.charCodeAt(now.length - 1 - tail) === next.charCodeAt(next.length - 1 - tail)
	)
		tail += 1;
	while (tail > 0 && isLowSurrogate(next.charCodeAt(next.length - tail))) tail -= 1;
	return {
		at: head,
		remove: now.length - head - tail,
		insert: next.slice(head, next.length - tail)
	};
}

/** Writes only what changes, so that a colleague's letters in the same text stay. */
export function replaceText(text: Y.Text, next: string): void {
	const { at, remove, insert } = differenceOf(text.toString(), next);
	if (remove > 0) text.delete(at, remove);
	if (insert !== '') text.insert(at, insert);
}
