import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createLedgerDevice, people, seededBytes, wordsOf } from '../testLedger.ts';
import { batchInstant, batchRows, nextBatchNumber, type Batch, type BatchEntry } from './batch.ts';
import { tracesIn } from './sourceTraces.ts';

const entry = (manifestation: string, more: Partial<BatchEntry> = {}): BatchEntry => ({
	manifestation,
	...{ aspect: null, itemNo: null, level: null, topics: [], alsoFrom: [] },
	...more
});
const batch = (...entries: readonly BatchEntry[]): Batch => ({
	...{ label: '3月谈心谈话第1批', on: '2023-03-27', people: 3 },
	entries
});

describe('a batch', () => {
	it('LD15 becomes rows that say the kind of source and the batch, and nothing else of where they came from', () => {
		const a = createLedgerDevice();
		const words = '家长会以通报成绩为主，后进学生家长反映得不到个别沟通';
		const rows = batchRows(
			batch(entry(words, { aspect: '细', itemNo: 24, alsoFrom: ['opinions'] }), entry('  ')),
			seededBytes(1)
		);
		a.ledger.add(rows, a.rows.gapBefore(null), batchInstant('2023-03-27'));
		const [row] = a.rows.listed;
		expect(a.rows.listed).toHaveLength(1);
		expect(row!.values).toEqual({
			manifestation: words,
			aspect: '细',
			itemNo: 24,
			sources: ['talk', 'opinions'],
			sourceBatch: '3月谈心谈话第1批'
		});
		expect(row!.createdAt).toBe('2023-03-27T00:00:00.000Z');
		const kept = JSON.stringify(a.doc.getMap('problems').toJSON());
		expect(kept).not.toMatch(/talkId|talkerId|2023-03-15/);
		expect([...a.ledger.row(row!.id)!.keys()].filter((key) => key.startsWith('history'))).toEqual(
			[]
		);
	});

	it('LD15 enters in one update, so that no order of writing can be read from the document', () => {
		const a = createLedgerDevice();
		const updates: Uint8Array[] = [];
		a.doc.on('update', (update: Uint8Array) => updates.push(update));
		const words = ['甲', '乙', '丙', '丁', '戊', '己'];
		const rows = batchRows(batch(...words.map((text) => entry(text))), seededBytes(5));
		a.ledger.add(rows, a.rows.gapBefore(null), batchInstant('2023-03-27'));
		expect(wordsOf(a).toSorted()).toEqual(words.toSorted());
		expect(wordsOf(a)).not.toEqual(words);
		// The skeletons of the rows, then all their words together.
		expect(
			updates.filter((update) => /[甲乙丙丁戊己]/.test(new TextDecoder().decode(update)))
		).toHaveLength(1);
		expect(Y.encodeStateAsUpdate(a.doc).length).toBeGreaterThan(0);
	});

	it('takes the next number of its month', () => {
		const a = createLedgerDevice();
		const name = (n: number): string => `3月谈心谈话第${n}批`;
		expect(nextBatchNumber(a.rows.listed, name)).toBe(1);
		a.ledger.add(batchRows(batch(entry('甲')), seededBytes(1)), a.rows.gapBefore(null));
		expect(nextBatchNumber(a.rows.listed, name)).toBe(2);
	});
});

describe('traces of the source', () => {
	it.each([
		['张敏反映报表太多', [['name', '张敏']]],
		['王老师说备课时间不够', [['name', '王老师']]],
		['3月15日谈到的家校沟通', [['date', '3月15日']]],
		['有人提出“班主任压力太大了”', [['quote', '“班主任压力太大了”']]],
		['三年级2班课后看护', [['class', '三年级2班']]],
		['德育主任布置的材料', [['post', '德育主任']]],
		['材料分配未统筹，临时任务多', []]
	])('%s', (text, traces) => {
		expect(tracesIn(text, people).map(({ kind, text: found }) => [kind, found])).toEqual(traces);
	});
});
