import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from './condition.ts';
import { noFilter, type Filter } from './filter.ts';
import { plainQuery, RowsView, type ViewQuery } from './rowsView.ts';
import { createFields, TestList, type TestRow } from './testRows.ts';

const context = { today: '2023-03-15', self: 'm01', fields: createFields() };

type Values = TestRow['values'];

function fill(rows: readonly Values[]): { list: TestList; view: RowsView<TestRow> } {
	const list = new TestList(rows);
	const view = new RowsView(list, plainQuery, context);
	list.subscribe((change) => view.apply(change));
	return { list, view };
}

const shown = (view: RowsView<TestRow>): unknown[] => view.visible.map((row) => row.values.words);
const search = (text: string): ViewQuery => ({ ...plainQuery, filter: { ...noFilter, text } });
const sortBy = (field: string, descending = false): ViewQuery => ({
	...plainQuery,
	sort: [{ field, descending }]
});
const groupBy = (field: string, collapsed: readonly string[] = []): ViewQuery => ({
	...plainQuery,
	group: { field, descending: false, collapsed }
});

const rows: readonly Values[] = [
	{ words: '食堂留样', aspect: '实', due: '2023-03-14', leader: 'm01', level: 'team' },
	{ words: '会议记录', aspect: '细', due: '2023-03-22', leader: 'm03', level: 'branch' },
	{ words: 'PPT 家长会', aspect: '细', due: '2023-03-23', code: '沟通不够' },
	{ words: '无期限', aspect: '严' }
];

describe('filters and sorts', () => {
	it('show, count and say what they could not follow', () => {
		const { view } = fill(rows);
		const gone: Condition = { kind: 'text', field: 'own:gone', op: 'filled' };
		view.set(
			{
				filter: { ...noFilter, text: '记录', conditions: [gone] },
				sort: [{ field: 'own:old', descending: true }],
				group: { field: 'own:older', descending: false, collapsed: [] }
			},
			context
		);
		expect(shown(view)).toEqual(['会议记录']);
		expect([view.total, view.matching, view.isFiltering]).toEqual([4, 1, true]);
		expect(view.groups).toEqual([]);
		expect(view.ignored).toEqual({
			conditions: [{ index: 0, why: 'unknownField' }],
			sort: ['own:old'],
			group: 'own:older'
		});
	});

	it('put empty cells last either way and keep equal ones in the list’s order', () => {
		const { view } = fill(rows);
		view.set(sortBy('due', true), context);
		expect(shown(view)).toEqual(['PPT 家长会', '会议记录', '食堂留样', '无期限']);
		view.set(sortBy('level'), context);
		expect(shown(view)).toEqual(['会议记录', '食堂留样', 'PPT 家长会', '无期限']);
		view.set(sortBy('leader', true), context);
		expect(shown(view)[0]).toBe('食堂留样');
	});

	it('leave the list as it is, the same array, when there are none', () => {
		const { list, view } = fill(rows);
		expect(view.visible).toBe(list.listed);
		expect(view.isFiltering).toBe(false);
	});
});

describe('the row somebody is at work on', () => {
	it('neither jumps nor vanishes until it is left', () => {
		const { list, view } = fill(rows);
		view.set(search('食堂'), context);
		view.hold('r0');
		list.edit(['r0', { words: '厨房留样' }]);
		expect(shown(view)).toEqual(['厨房留样']);
		expect(view.hold(null)).toBe(true);
		expect(shown(view)).toEqual([]);
	});

	it('keeps its place and its group while others rearrange the rest', () => {
		const { list, view } = fill(rows);
		view.set({ ...sortBy('due'), group: groupBy('aspect').group }, context);
		const before = shown(view);
		view.hold('r1');
		list.edit(['r1', { due: '2024-01-01', aspect: '实' }]);
		expect(shown(view)).toEqual(before);
		list.edit(['r3', { due: '2023-01-01', aspect: '细' }]);
		expect(shown(view)).toEqual(['食堂留样', '无期限', '会议记录', 'PPT 家长会']);
		expect(view.visible[2]?.values.due).toBe('2024-01-01');
		expect(view.hold('r0')).toBe(true);
		expect(shown(view)).toEqual(['食堂留样', '会议记录', '无期限', 'PPT 家长会']);
	});

	it('goes when it is changed together with a row that rearranges the list', () => {
		const { list, view } = fill(rows);
		view.set({ ...sortBy('due'), ...{ filter: search('食堂').filter } }, context);
		view.hold('r0');
		list.edit(['r1', { words: '食堂记录' }], ['r0', { words: '厨房留样' }]);
		expect(shown(view)).toEqual(['厨房留样', '食堂记录']);
		expect(view.hold(null)).toBe(true);
		expect(shown(view)).toEqual(['食堂记录']);
	});

	it('stays when it is left as it should be', () => {
		const { list, view } = fill(rows);
		view.set(sortBy('due'), context);
		view.hold('r0');
		list.edit(['r0', { words: '食堂' }]);
		expect(view.hold('r0')).toBe(false);
		expect(view.hold('r1')).toBe(false);
		expect(view.hold(null)).toBe(false);
	});

	it('goes when it is left if a filter set meanwhile does not let it through', () => {
		const { view } = fill(rows);
		view.hold('r0');
		view.set(search('会'), context);
		expect(shown(view)).toEqual(['食堂留样', '会议记录', 'PPT 家长会']);
		expect(view.hold(null)).toBe(true);
		expect(shown(view)).toEqual(['会议记录', 'PPT 家长会']);
	});

	it('just added, stays while focus is on its way to it', () => {
		const { list, view } = fill(rows);
		view.set(search('食堂'), context);
		list.add('new', {});
		view.show('new');
		expect(view.hold(null)).toBe(false);
		expect(view.visible.at(-1)?.id).toBe('new');
		view.hold('new');
		expect(view.hold(null)).toBe(true);
		expect(shown(view)).toEqual(['食堂留样']);
	});

	it('goes at once when it is thrown away', () => {
		const { list, view } = fill(rows);
		view.hold('r0');
		list.remove('r0');
		expect(shown(view)).toEqual(['会议记录', 'PPT 家长会', '无期限']);
	});

	it('added under a filter it does not pass is seen', () => {
		const { list, view } = fill(rows);
		view.set(search('食堂'), context);
		list.add('new', { words: '新的' });
		expect(shown(view)).toEqual(['食堂留样']);
		view.show('new');
		expect(shown(view)).toEqual(['食堂留样', '新的']);
		list.edit(['new', { words: '新写的' }]);
		expect(shown(view)).toEqual(['食堂留样', '新写的']);
		view.hold(null);
		expect(shown(view)).toEqual(['食堂留样']);
	});

	it('added into a folded group opens it until it is left', () => {
		const { list, view } = fill(rows);
		view.set(groupBy('aspect', ['']), context);
		list.add('new', {});
		view.show('new');
		expect(view.visible.at(-1)?.id).toBe('new');
		list.edit(['new', { words: '新的' }]);
		view.hold(null);
		expect(view.visible.map(({ id }) => id)).not.toContain('new');
		expect(view.groups.at(-1)).toMatchObject({ key: '', count: 1, collapsed: true });
	});
});

describe('a key press', () => {
	it('in a column nobody sorts by keeps every other row the same object', () => {
		const { list, view } = fill(rows);
		view.set(sortBy('due'), context);
		const before = view.visible;
		list.edit(['r2', { code: '沟通不够细' }]);
		const changed = view.visible.filter((row, index) => row !== before[index]);
		expect(changed.map((row) => row.values.code)).toEqual(['沟通不够细']);
	});

	const narrowed: ViewQuery = {
		filter: {
			...noFilter,
			conditions: [{ kind: 'choice', field: 'aspect', op: 'anyOf', values: ['细', '实'] }]
		},
		sort: sortBy('due').sort,
		group: groupBy('level', ['team']).group
	};

	/** Counts how often the view goes over the whole list. */
	function countLooks(list: TestList): () => number {
		let looks = 0;
		let { listed } = list;
		Object.defineProperty(list, 'listed', {
			get: () => ((looks += 1), listed),
			set: (rows: typeof listed) => (listed = rows)
		});
		list.get = (id) => listed.find((row) => row.id === id);
		list.positionOf = (id) => listed.findIndex((row) => row.id === id);
		return () => looks;
	}
	/** The list itself takes one to write the row. */
	const ownLook = 1;

	it('works nothing out anew where neither filter, sort nor group looks', () => {
		const { list, view } = fill(rows);
		view.set(narrowed, context);
		const { groups } = view;
		const looks = countLooks(list);
		list.edit(['r1', { words: '记' }]);
		expect(shown(view)).toEqual(['记', 'PPT 家长会']);
		expect(view.groups).toBe(groups);
		expect(looks()).toBe(ownLook);
		list.edit(['r1', { due: '2024-01-01' }]);
		expect(shown(view)).toEqual(['记', 'PPT 家长会']);
		expect(looks()).toBeGreaterThan(2 * ownLook);
	});

	it('in the row that is held works nothing out anew wherever it is', () => {
		const { list, view } = fill(rows);
		view.set(narrowed, context);
		view.hold('r1');
		const looks = countLooks(list);
		list.edit(['r1', { due: '2024-01-01', aspect: '严', level: 'team' }]);
		expect(view.visible.map((row) => row.values.aspect)).toEqual(['严', '细']);
		expect(looks()).toBe(ownLook);
	});

	it('in a folded row is there when the group is opened', () => {
		const { list, view } = fill(rows);
		view.set(groupBy('aspect', ['细']), context);
		list.edit(['r1', { words: '改过' }]);
		expect(shown(view)).toEqual(['食堂留样', '无期限']);
		view.set(groupBy('aspect'), context);
		expect(shown(view)).toContain('改过');
	});
});

const values = fc.record(
	{
		words: fc.constantFrom('甲', '乙乙', '丙', null),
		aspect: fc.constantFrom('严', '实', null),
		level: fc.constantFrom('branch', 'person', null),
		due: fc.constantFrom('2023-03-01', '2023-03-20', '2023-12-01', null),
		leader: fc.constantFrom('m01', 'm30', 'm31', null),
		topics: fc.subarray(['meals', 'safety', '自拟']),
		urgent: fc.constantFrom(true, null)
	},
	{ requiredKeys: [] }
);
const query: fc.Arbitrary<ViewQuery> = fc.record({
	filter: fc.constantFrom<Filter>(
		noFilter,
		{ ...noFilter, text: '乙' },
		{ ...noFilter, conditions: [{ kind: 'choice', field: 'aspect', op: 'anyOf', values: ['严'] }] },
		{ ...noFilter, conditions: [{ kind: 'date', field: 'due', op: 'within', days: 7 }] },
		{ ...noFilter, rowIds: ['r0', 'r2', 'n1'] }
	),
	sort: fc.array(
		fc.record({
			field: fc.constantFrom('words', 'due', 'leader', 'topics', 'level'),
			descending: fc.boolean()
		}),
		{ maxLength: 2 }
	),
	group: fc.option(
		fc.record({
			field: fc.constantFrom('aspect', 'due', 'topics', 'leader', 'urgent'),
			descending: fc.boolean(),
			collapsed: fc.subarray(['严', '', '2023-03', 'm30', 'true', 'meals'])
		})
	)
});
type Step = (list: TestList, serial: number) => void;
const at = (list: TestList, index: number): string =>
	list.listed[index % Math.max(1, list.listed.length)]?.id ?? 'none';
const step: fc.Arbitrary<Step> = fc.oneof(
	fc.tuple(fc.nat(), values).map(
		([index, edit]): Step =>
			(list) =>
				list.edit([at(list, index), edit])
	),
	fc.tuple(fc.nat(), fc.nat(), values).map(
		([a, b, edit]): Step =>
			(list) =>
				list.edit([at(list, a), edit], [at(list, b), edit])
	),
	fc.tuple(fc.nat(9), values).map(
		([to, edit]): Step =>
			(list, serial) =>
				list.add(`n${serial}`, edit, to)
	),
	fc.nat().map(
		(index): Step =>
			(list) =>
				list.remove(at(list, index))
	),
	fc.tuple(fc.nat(), fc.nat(9)).map(
		([index, to]): Step =>
			(list) =>
				list.move(at(list, index), to)
	)
);

/** All that a screen sees. */
const seen = (view: RowsView<TestRow>) => [view.visible, view.groups, view.total, view.matching];

describe('kept up row by row', () => {
	it('it shows what a new view would show', () => {
		fc.assert(
			fc.property(fc.array(values), query, fc.array(step), (start, wanted, steps) => {
				const { list, view } = fill(start);
				view.set(wanted, context);
				steps.forEach((change, serial) => {
					change(list, serial);
					expect(seen(view)).toEqual(seen(new RowsView(list, wanted, context)));
				});
				expect(view.groups.reduce((sum, { count }) => sum + count, 0)).toBe(
					wanted.group === null ? 0 : view.matching
				);
			}),
			{ numRuns: 200 }
		);
	});

	it('a held row is where it was among those that stayed, and in place when it is left', () => {
		const edits = fc.array(fc.tuple(fc.nat(), values));
		fc.assert(
			fc.property(fc.array(values, { minLength: 1 }), query, edits, (start, wanted, changes) => {
				const { list, view } = fill(start);
				view.set(wanted, context);
				const held = view.visible[0]?.id;
				const before = view.visible.map(({ id }) => id);
				if (held !== undefined) view.hold(held);
				for (const [index, edit] of changes) list.edit([at(list, index), edit]);
				const own = changes.every(([index]) => at(list, index) === held);
				const ids = view.visible.map(({ id }) => id);
				expect(held === undefined || ids.includes(held)).toBe(true);
				if (own && held !== undefined) expect(ids).toEqual(before);
				view.hold(null);
				expect(seen(view)).toEqual(seen(new RowsView(list, wanted, context)));
			}),
			{ numRuns: 200 }
		);
	});
});
