import * as Y from 'yjs';

/**
 * What stood in a shared text before the transaction that this event tells of. Only while observers
 * run: afterwards Yjs lets go of what was deleted.
 */
export function textBefore(event: Y.YEvent<Y.Text>): string {
	let words = '';
	for (let item = event.target._start; item !== null; item = item.right) {
		const stood = !event.adds(item) && (!item.deleted || event.deletes(item));
		if (stood && item.content instanceof Y.ContentString) words += item.content.str;
	}
	return words;
}
