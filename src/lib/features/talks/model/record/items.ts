/** Items of the branch's catalogue that a talk touched, by number. A tick is a key of its own. */
import type * as Y from 'yjs';

const maxItemNo = 9_999;

export const itemsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('items');

export const readItems = (doc: Y.Doc): number[] =>
	[...itemsIn(doc).keys()]
		.filter((key) => /^[1-9]\d{0,3}$/.test(key))
		.map(Number)
		.toSorted((a, b) => a - b);

export function tickItem(doc: Y.Doc, no: number, ticked: boolean): void {
	if (!Number.isInteger(no) || no < 1 || no > maxItemNo) return;
	if (ticked) itemsIn(doc).set(String(no), true);
	else itemsIn(doc).delete(String(no));
}
