import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
	countSources,
	entriesIn,
	markPassed,
	passagesIn,
	putEntry,
	readEntries,
	readPassages,
	withdrawEntry,
	type OutboxEntry
} from './outbox.ts';

const entry: OutboxEntry = {
	id: 'one',
	words: '家长会以通报成绩为主，得不到个别沟通',
	...{ aspect: '细', itemNo: 24, level: null, topics: [], alsoFrom: ['opinions'] },
	...{ source: 'x', on: '2023-03-24' }
};
const passage = { on: '2023-03-27', by: 'b', code: 'WT-2023-004', ledger: '2023年台账' };

describe('an outbox', () => {
	it('TK20 holds finished words, and nothing of the talk they came from', () => {
		const doc = new Y.Doc();
		expect(putEntry(doc, entry)).toBe(true);
		expect(readEntries(doc)).toEqual([entry]);
		expect(Object.keys(entriesIn(doc).get('one') as object).toSorted()).toEqual(
			['alsoFrom', 'aspect', 'itemNo', 'level', 'on', 'source', 'topics', 'words'].toSorted()
		);
	});
	it('TK21 takes back what waits, and not what has gone', () => {
		const doc = new Y.Doc();
		putEntry(doc, entry);
		putEntry(doc, { ...entry, id: 'two' });
		markPassed(doc, new Map([['one', passage]]));
		expect([withdrawEntry(doc, 'one'), withdrawEntry(doc, 'two')]).toEqual([false, true]);
		expect(readEntries(doc).map(({ id }) => id)).toEqual(['one']);
		expect(readPassages(doc).get('one')).toEqual(passage);
	});
	it('TK1 reads what others wrote entry by entry, and writes nothing they could not read', () => {
		const doc = new Y.Doc();
		putEntry(doc, entry);
		for (const [at, value] of [null, 7, { words: '' }, { ...entry, on: 'x' }].entries()) {
			entriesIn(doc).set(`bad ${at}`, value);
			passagesIn(doc).set(`bad ${at}`, value);
		}
		expect(readEntries(doc)).toEqual([entry]);
		expect(readPassages(doc).size).toBe(0);
		expect(putEntry(doc, { ...entry, words: '' })).toBe(false);
		markPassed(doc, new Map([['one', { ...passage, code: '' }]]));
		expect(readPassages(doc).size).toBe(0);
	});
	it('TK22 counts people without naming them', () => {
		const from = (outbox: string, source: string) => ({ outbox, source });
		expect(countSources([from('a', 'x'), from('a', 'x'), from('b', 'x'), from('a', 'y')])).toBe(3);
	});
});
