/**
 * What a row has several of: measures, evidence, comments, events, history, and in a personal list what
 * it was submitted as. Each lies in the row under a key of its own, `measure <id>` and so on. A map within
 * the row would have to be made by the first who needs it, and two devices that make it at once would
 * lose what one of them put in.
 */
import type * as Y from 'yjs';

export type PartKind = 'measure' | 'evidence' | 'comment' | 'event' | 'history' | 'submitted';

export const partKey = (kind: PartKind, id: string): string => `${kind} ${id}`;

/** The id in a key of this kind, or null. */
export function partIn(kind: PartKind, key: string): string | null {
	const prefix = partKey(kind, '');
	return key.startsWith(prefix) ? key.slice(prefix.length) : null;
}

/** [id, value] of each. */
export function partsOf(row: Y.Map<unknown>, kind: PartKind): [string, unknown][] {
	const prefix = partKey(kind, '');
	const found: [string, unknown][] = [];
	for (const key of row.keys())
		if (key.startsWith(prefix)) found.push([key.slice(prefix.length), row.get(key)]);
	return found;
}

export const hasParts = (row: Y.Map<unknown>): boolean => {
	for (const key of row.keys()) if (key.includes(' ')) return true;
	return false;
};
