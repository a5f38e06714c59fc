import type { BatchEntry } from '../../model/batch/batch.ts';

/** What the form edits. */
export type EntryDraft = { key: number } & { -readonly [K in keyof BatchEntry]: BatchEntry[K] };

let keys = 0;

export const emptyEntry = (): EntryDraft => ({
	key: (keys += 1),
	...{ manifestation: '', aspect: null, itemNo: null, level: null, topics: [], alsoFrom: [] }
});
