import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { cryptoRandom } from '$lib/base/ids.ts';
import { ledgerKind } from '../ledgerKind.ts';
import { tableIn } from '../rows/tableSteps.ts';
import type { Batch, BatchEntry } from './batch.ts';
import { nextBatchLabel, publishBatch } from './publishBatch.ts';

const entry = (manifestation: string): BatchEntry => ({
	...{ manifestation, aspect: '细', itemNo: 24, level: 'team', topics: [], alsoFrom: ['opinions'] }
});
const batch = (...entries: BatchEntry[]): Batch => ({
	...{ label: '3月谈心谈话第1批', on: '2023-03-27', people: 3, entries }
});
const author = { by: 'organiser', now: () => Date.UTC(2023, 2, 28, 9), random: cryptoRandom };

function newLedger(): Y.Doc {
	const doc = new Y.Doc();
	ledgerKind.create(doc);
	return doc;
}

describe('a batch into a list that is not open', () => {
	it('enters in one update and gives each entry its code', () => {
		const doc = newLedger();
		let updates = 0;
		doc.on('update', () => (updates += 1));
		const codes = publishBatch(doc, batch(entry('甲甲'), entry(' '), entry('乙乙')), author);
		expect(updates).toBe(1);
		expect(codes.filter((code) => code !== null).toSorted()).toEqual([
			'WT-2023-001',
			'WT-2023-002'
		]);
		expect(codes[1]).toBeNull();
		const rows = [...tableIn(doc, 'problems').values()] as Y.Map<unknown>[];
		for (const row of rows) {
			expect(row.get('createdAt')).toBe('2023-03-27T00:00:00.000Z');
			expect(row.get('createdBy')).toBe('organiser');
		}
		const more = publishBatch(doc, batch(entry('丙丙')), author);
		expect(more).toEqual(['WT-2023-003']);
	});
	it('names the next batch', () => {
		const doc = newLedger();
		const name = (number: number) => `3月谈心谈话第${number}批`;
		expect(nextBatchLabel(doc, name)).toBe('3月谈心谈话第1批');
		publishBatch(doc, batch(entry('甲甲')), author);
		expect(nextBatchLabel(doc, name)).toBe('3月谈心谈话第2批');
	});
});
