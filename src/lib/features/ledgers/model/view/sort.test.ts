import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Collation, compareWords } from './collation.ts';
import { createSorter, type SortLevel } from './sort.ts';
import { createFields, levels, names, TestList, type TestRow } from './testRows.ts';
import { readableValue } from './viewField.ts';

const fields = createFields();

function sorted(rows: readonly TestRow['values'][], ...sort: readonly SortLevel[]): string[] {
	return createSorter(sort, fields)
		.sort(new TestList(rows).listed)
		.map(({ id }) => id);
}
const up = (field: string): SortLevel => ({ field, descending: false });
const down = (field: string): SortLevel => ({ field, descending: true });

describe('one field', () => {
	it.each<[string, readonly unknown[], readonly string[]]>([
		['words', ['张三', '李四', '第10条', '第9条', null], ['r3', 'r2', 'r1', 'r0']],
		['words', ['b', 'A', 'a'], ['r2', 'r1', 'r0']],
		['leader', ['m01', 'm03', 'm31', 'm18', 'm30'], ['r1', 'r2', 'r4', 'r3', 'r0']],
		['item', [10, 9, null, 2], ['r3', 'r1', 'r0']],
		['due', ['2023-12-01', null, '2023-02-01'], ['r2', 'r0']],
		['level', ['person', '自拟', 'branch', 'team'], ['r2', 'r3', 'r0', 'r1']],
		['topics', [['study'], ['study', 'meals'], [], ['自拟']], ['r1', 'r0', 'r3']],
		['evidence', [['a', 'b'], ['a'], []], ['r1', 'r0']]
	])('%s of %j', (field, cells, expected) => {
		const rows = cells.map((cell) => ({ [field]: cell as null }));
		const empty = cells.flatMap((cell, index) =>
			readableValue(cell as null) === null ? [`r${index}`] : []
		);
		expect(sorted(rows, up(field))).toEqual([...expected, ...empty]);
		const ends = sorted(rows, down(field)).slice(-empty.length);
		if (empty.length > 0) expect(ends).toEqual(empty);
	});

	it('with a tick: those that have it first, or last', () => {
		const rows: TestRow['values'][] = [{}, { urgent: true }, { urgent: false }];
		expect(sorted(rows, up('urgent'))).toEqual(['r1', 'r0', 'r2']);
		expect(sorted(rows, down('urgent'))).toEqual(['r0', 'r2', 'r1']);
	});

	it('with what cannot be read: last, with the empty ones', () => {
		const rows: TestRow['values'][] = [{ due: Symbol('unreadable') }, {}, { due: '2023-01-01' }];
		expect(sorted(rows, down('due'))).toEqual(['r2', 'r0', 'r1']);
	});
});

describe('several levels', () => {
	const cell = fc.record({
		words: fc.constantFrom('甲', '乙', '第2条', '第10条', 'a', 'A', '', null),
		leader: fc.constantFrom(...Object.keys(names), null),
		level: fc.constantFrom(...levels.map(({ value }) => value), null),
		item: fc.constantFrom(1, 2, 10, null)
	});
	const level = fc.record({
		field: fc.constantFrom('words', 'leader', 'level', 'item'),
		descending: fc.boolean()
	});

	/** Straight from the rule: compare cell by cell, empty last, else as they stood. */
	function plainCompare(a: TestRow, b: TestRow, { field, descending }: SortLevel): number {
		const read = (row: TestRow): number | string | null => {
			const value = readableValue(row.values[field] ?? null) as number | string | null;
			if (field === 'level' && value !== null)
				return levels.findIndex((choice) => choice.value === value);
			return field === 'leader' && value !== null ? names[value]! : value;
		};
		const [left, right] = [read(a), read(b)];
		if (left === null || right === null) return Number(left === null) - Number(right === null);
		const found =
			typeof left === 'number' ? left - Number(right) : compareWords(left, String(right));
		return descending ? -found : found;
	}

	it('sort as the rule says, and leave equal rows as they stood', () => {
		fc.assert(
			fc.property(fc.array(cell), fc.array(level, { maxLength: 3 }), (rows, sort) => {
				const { listed } = new TestList(rows);
				const plain = [...listed].sort((a, b) =>
					sort.reduce((found, one) => found || plainCompare(a, b, one), 0)
				);
				expect(sorted(rows, ...sort)).toEqual(plain.map(({ id }) => id));
			})
		);
	});

	it('skip a field that is gone and name it', () => {
		const sorter = createSorter([up('own:gone'), down('item')], fields);
		expect(sorter.ignored).toEqual(['own:gone']);
		expect(sorter.sort(new TestList([{ item: 1 }, { item: 2 }]).listed)[0]?.id).toBe('r1');
	});
});

it('words learnt one after the other rank as if they were learnt at once', () => {
	const words = fc.array(fc.array(fc.string({ unit: 'grapheme', maxLength: 3 })));
	fc.assert(
		fc.property(words, (batches) => {
			const collation = new Collation();
			const all = new Set<string>();
			for (const batch of batches) {
				for (const word of batch) all.add(word);
				collation.learn(all);
				const byRank = [...all].sort((a, b) => collation.rankOf(a) - collation.rankOf(b));
				expect(byRank).toEqual([...all].sort(compareWords));
			}
			expect(new Set([...all].map((word) => collation.rankOf(word))).size).toBe(all.size);
		})
	);
});

it('words nobody sorts by any more are forgotten, and the others still rank', () => {
	const collation = new Collation();
	collation.learn(new Set(Array.from({ length: 5_000 }, (_, index) => `第${index}条`)));
	collation.learn(new Set(['第3条', '第20条']));
	expect(collation.rankOf('第3条')).toBe(0);
	expect(collation.rankOf('第20条')).toBe(1);
});
