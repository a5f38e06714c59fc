import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGrouper, visibleIn, type Grouped } from './group.ts';
import { createFields, TestList, type TestRow } from './testRows.ts';

const fields = createFields();

function grouped(
	rows: readonly TestRow['values'][],
	field: string,
	descending = false,
	collapsed: readonly string[] = []
): Grouped<TestRow> {
	const grouper = createGrouper({ field, descending }, fields);
	if (grouper === null) throw new Error(`no field ${field}`);
	return grouper.group(new TestList(rows).listed, new Set(collapsed));
}

const heads = (found: Grouped<TestRow>): unknown[] =>
	found.groups.map(({ key, label, count }) => [key, label, count]);

describe('groups', () => {
	it.each<[string, readonly unknown[], readonly unknown[]]>([
		[
			'level',
			['team', null, 'branch', '自拟', 'team'],
			[
				['branch', '支部', 1],
				['team', '班子', 2],
				['自拟', '自拟', 1],
				['', '', 1]
			]
		],
		[
			'due',
			['2023-12-01', '2023-03-31', null, '2023-03-01'],
			[
				['2023-03', '2023-03', 2],
				['2023-12', '2023-12', 1],
				['', '', 1]
			]
		],
		[
			'topics',
			[['safety', 'meals'], ['meals', 'safety'], ['safety'], [], ['meals']],
			[
				['meals', '食堂', 1],
				['["meals","safety"]', '安全、食堂', 2],
				['safety', '安全', 1],
				['', '', 1]
			]
		],
		[
			'leader',
			['m01', 'm31', 'm30', 'm31'],
			[
				['m30', '王芳', 1],
				['m31', '王芳', 2],
				['m01', '周敬宁', 1]
			]
		],
		[
			'item',
			[10, 9, 10],
			[
				['9', '9', 1],
				['10', '10', 2]
			]
		],
		[
			'urgent',
			[null, true, false],
			[
				['true', '是', 1],
				['false', '', 2]
			]
		],
		[
			'evidence',
			[[], ['a', 'b'], ['c']],
			[
				['has', '', 2],
				['', '', 1]
			]
		],
		[
			'words',
			['第10条', '第9条', '第10条', Symbol('unreadable')],
			[
				['第9条', '第9条', 1],
				['第10条', '第10条', 2],
				['', '', 1]
			]
		]
	])('by %s of %j', (field, cells, expected) => {
		const rows = cells.map((cell) => ({ [field]: cell as null }));
		expect(heads(grouped(rows, field))).toEqual(expected);
	});

	it('the other way round still end with the one without a value', () => {
		const rows: TestRow['values'][] = [{ level: 'branch' }, {}, { level: 'team' }];
		expect(heads(grouped(rows, 'level', true)).map(String)).toEqual([
			'team,班子,1',
			'branch,支部,1',
			',,1'
		]);
	});

	it('folded away are counted, not shown, and begin where they would', () => {
		const rows: TestRow['values'][] = [{ aspect: '严' }, { aspect: '实' }, { aspect: '严' }, {}];
		const found = grouped(rows, 'aspect', false, ['实', 'gone']);
		expect(found.groups).toMatchObject([
			{ key: '实', count: 1, start: 0, collapsed: true },
			{ key: '严', count: 2, start: 0, collapsed: false },
			{ key: '', count: 1, start: 2, collapsed: false }
		]);
		expect(visibleIn(found).map(({ id }) => id)).toEqual(['r0', 'r2', 'r3']);
	});

	it('by a field that is gone are none', () => {
		expect(createGrouper({ field: 'own:gone', descending: false }, fields)).toBeNull();
	});
});

it('every row is in one group, in the order it came, and each start is where its rows are', () => {
	const row = fc.record({
		topics: fc.subarray(['safety', 'meals', '自拟']),
		due: fc.constantFrom('2023-03-01', '2023-03-20', '2024-03-01', null),
		leader: fc.constantFrom('m01', 'm30', 'm31', null)
	});
	const folds = fc.subarray(['', 'meals', '2023-03', 'm31']);
	const field = fc.constantFrom('topics', 'due', 'leader');
	fc.assert(
		fc.property(fc.array(row), field, fc.boolean(), folds, (rows, by, descending, folded) => {
			const found = grouped(rows, by, descending, folded);
			const counts = found.groups.map(({ count }) => count);
			expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows.length);
			expect(counts).not.toContain(0);
			expect(new Set(found.ordered).size).toBe(rows.length);
			const visible = visibleIn(found);
			const keyOf = createGrouper({ field: by, descending }, fields)!.keyOf;
			const slices = found.groups.map(({ key, start, count, collapsed }) => {
				const slice = collapsed ? [] : visible.slice(start, start + count);
				expect(slice.every((one) => keyOf(one) === key)).toBe(true);
				const places = slice.map(({ id }) => Number(id.slice(1)));
				expect(places).toEqual([...places].sort((a, b) => a - b));
				return slice;
			});
			expect(slices.flat()).toEqual(visible);
		})
	);
});
