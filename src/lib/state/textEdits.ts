/**
 * Edits of plain text as data: what someone did to a text field, where it lands after colleagues'
 * changes, and where a caret goes. Indexes count UTF-16 units, as Yjs and text fields do.
 */

/** At `index` of the old text, `remove` units give way to `insert`. */
export interface TextEdit {
	readonly index: number;
	readonly remove: number;
	readonly insert: string;
}

/** As in Y.Text events and applyDelta: what is not mentioned at the end stays. */
export type DeltaStep =
	{ readonly retain: number } | { readonly delete: number } | { readonly insert: string };
export type TextDelta = readonly DeltaStep[];

const isHigh = (code: number) => code >= 0xd800 && code <= 0xdbff;
const isLow = (code: number) => code >= 0xdc00 && code <= 0xdfff;
/** Between the halves of one character. Yjs replaces halves that are parted by U+FFFD. */
export const splitsPair = (text: string, at: number): boolean =>
	isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));

/**
 * The smallest edit that turns `before` into `after`. Where several fit (a letter typed beside its
 * like) the caret decides: what was typed ends at it.
 */
export function diffText(before: string, after: string, caret = after.length): TextEdit | null {
	if (before === after) return null;
	const shorter = Math.min(before.length, after.length);
	let tail = commonTail(before, after, Math.min(shorter, after.length - caret));
	let head = commonHead(before, after, shorter - tail);
	tail += commonTail(
		before.slice(0, before.length - tail),
		after.slice(0, after.length - tail),
		shorter - head - tail
	);
	if (splitsPair(before, head) || splitsPair(after, head)) head--;
	if (splitsPair(before, before.length - tail) || splitsPair(after, after.length - tail)) tail--;
	return {
		index: head,
		remove: before.length - tail - head,
		insert: after.slice(head, after.length - tail)
	};
}

function commonHead(a: string, b: string, most: number): number {
	let count = 0;
	while (count < most && a.charCodeAt(count) === b.charCodeAt(count)) count++;
	return count;
}

function commonTail(a: string, b: string, most: number): number {
	let count = 0;
	while (count < most && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count))
		count++;
	return count;
}

export function editToDelta({ index, remove, insert }: TextEdit): TextDelta {
	const delta: DeltaStep[] = [];
	if (index > 0) delta.push({ retain: index });
	if (insert !== '') delta.push({ insert });
	if (remove > 0) delta.push({ delete: remove });
	return delta;
}

export function applyDelta(text: string, delta: TextDelta): string {
	let out = '';
	let at = 0;
	for (const step of delta) {
		if ('insert' in step) out += step.insert;
		else if ('delete' in step) at += step.delete;
		else {
			out += text.slice(at, at + step.retain);
			at += step.retain;
		}
	}
	return out + text.slice(at);
}

/**
 * Where a caret goes. `before`: text inserted exactly here lands after the caret, which keeps two
 * people who type at one place from weaving their letters.
 */
export function mapPosition(
	position: number,
	delta: TextDelta,
	stick: 'before' | 'after' = 'before'
): number {
	let old = 0;
	let now = 0;
	for (const step of delta) {
		if ('insert' in step) {
			if (old < position || (old === position && stick === 'after')) now += step.insert.length;
			else break;
		} else if ('delete' in step) {
			if (old + step.delete >= position && old <= position) {
				// Inside what was deleted: its place is where the deletion was.
				position = old + step.delete;
			}
			old += step.delete;
		} else {
			if (old + step.retain > position) return now + position - old;
			old += step.retain;
			now += step.retain;
		}
	}
	return now + Math.max(0, position - old);
}

/**
 * `delta` and `other` were both made against one text; the result does the same as `delta` after
 * `other`. Nothing is undone: what `other` inserted inside a range that `delta` removes stays.
 * `first`: whose insertion stands left where both insert at one place.
 */
export function transformDelta(
	delta: TextDelta,
	other: TextDelta,
	first: 'delta' | 'other' = 'delta'
): TextDelta {
	const mine = [...delta];
	const theirs = [...other];
	const out: DeltaStep[] = [];
	for (;;) {
		const a = mine[0];
		const b = theirs[0];
		if (a && 'insert' in a && (first === 'delta' || !b || !('insert' in b))) {
			out.push(a);
			mine.shift();
			continue;
		}
		if (b && 'insert' in b) {
			out.push({ retain: b.insert.length });
			theirs.shift();
			continue;
		}
		if (!a || 'insert' in a) return merge(out);
		mine.shift();
		theirs.shift();
		if (!b) {
			out.push(a);
			continue;
		}
		const length = Math.min(lengthOf(a), lengthOf(b));
		const restA = shorten(a, length);
		const restB = shorten(b, length);
		if (restA) mine.unshift(restA);
		if (restB) theirs.unshift(restB);
		if ('delete' in b) continue; // Already gone, whatever I wanted with it.
		out.push('delete' in a ? { delete: length } : { retain: length });
	}
}

type Span = { readonly retain: number } | { readonly delete: number };
const lengthOf = (step: Span) => ('delete' in step ? step.delete : step.retain);

function shorten(step: Span, by: number): Span | null {
	const left = lengthOf(step) - by;
	if (left === 0) return null;
	return 'delete' in step ? { delete: left } : { retain: left };
}

/** Joins neighbours of one kind and drops a last retain. */
function merge(delta: readonly DeltaStep[]): TextDelta {
	const out: DeltaStep[] = [];
	for (const step of delta) {
		const last = out.at(-1);
		if (last && 'retain' in last && 'retain' in step)
			out[out.length - 1] = { retain: last.retain + step.retain };
		else if (last && 'delete' in last && 'delete' in step)
			out[out.length - 1] = { delete: last.delete + step.delete };
		else out.push(step);
	}
	const last = out.at(-1);
	if (last && 'retain' in last) out.pop();
	return out;
}
