import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInViews } from './builtInViews.ts';
import type { Condition } from './condition.ts';
import { parseViewSpec } from './parseViewSpec.ts';
import { arrangeColumns, isSameSpec, plainColumns, plainSpec, type ViewSpec } from './viewSpec.ts';

const mine: Condition = { kind: 'person', field: 'leaderId', op: 'me' };
const late: Condition = { kind: 'date', field: 'due', op: 'overdue' };
const inTopics: Condition = { kind: 'multi', field: 'topics', op: 'allOf', values: ['a', 'b'] };

const spec: ViewSpec = {
	filter: { match: 'any', conditions: [mine, late, inTopics], text: '食堂', rowIds: ['r1'] },
	sort: [{ field: 'due', descending: true }],
	group: { field: 'level', descending: false, collapsed: ['', 'team'] },
	columns: {
		order: ['due', 'own:1'],
		hidden: ['remark'],
		pinned: ['due'],
		widths: { due: 120, 'own:1': 90.5 }
	},
	rowHeight: 'medium',
	layout: 'board'
};

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a view from elsewhere', () => {
	it('is what was written', () => {
		expect(parseViewSpec(asJson(spec))).toEqual({ spec, dropped: [] });
		expect(parseViewSpec(asJson(plainSpec))).toEqual({ spec: plainSpec, dropped: [] });
	});

	it('with parts of a newer version is followed as far as it is understood', () => {
		const newer = {
			...spec,
			layout: 'timeline',
			colour: 'red',
			filter: {
				...spec.filter,
				nested: [],
				conditions: [mine, { kind: 'place', field: 'x', op: 'near' }, late, { ...mine, since: 1 }]
			},
			sort: [...spec.sort, { field: 'due', descending: true, by: 'week' }, { field: 7 }],
			group: { field: 'level', descending: 'yes' },
			columns: { ...spec.columns, widths: { due: 120, level: -1, goal: 'wide' } }
		};
		const parsed = parseViewSpec(asJson(newer));
		expect(parsed.dropped.toSorted()).toEqual([
			'colour',
			'columns.widths.goal',
			'columns.widths.level',
			'filter.conditions.1',
			'filter.conditions.3',
			'filter.nested',
			'group.descending',
			'layout',
			'sort.1',
			'sort.2'
		]);
		expect(parsed.spec).toEqual({
			...spec,
			layout: 'grid',
			filter: { ...spec.filter, conditions: [mine, late] },
			group: { field: 'level', descending: false, collapsed: [] },
			columns: { ...spec.columns, widths: { due: 120 } }
		});
	});

	it.each([null, undefined, 7, 'x', [], [1], {}, { filter: 3, sort: {}, group: [], columns: 'x' }])(
		'without sense is the plain view: %j',
		(value) => {
			expect(parseViewSpec(value).spec).toEqual(plainSpec);
		}
	);

	it('names what had no sense at all', () => {
		expect(parseViewSpec('x').dropped).toEqual(['.']);
		expect(
			parseViewSpec({ filter: { rowIds: 'r1' }, sort: {}, columns: { widths: [1] } }).dropped
		).toEqual(['filter.rowIds', 'sort', 'columns.widths']);
	});

	it('of no bounds is bounded', () => {
		const conditions = Array.from({ length: 5_000 }, () => late);
		const parsed = parseViewSpec({ filter: { conditions } });
		expect(parsed.spec.filter.conditions.length).toBeLessThan(1_000);
		expect(parsed.dropped).toHaveLength(1);
	});

	it('whatever it is, never throws, and what is kept parses as itself', () => {
		const part = fc.oneof(
			fc.anything(),
			fc.constantFrom<unknown>(spec.filter, spec.group, spec.columns, spec.sort, mine, 'grid')
		);
		const keys = fc.constantFrom(...Object.keys(spec), '__proto__', 'constructor');
		fc.assert(
			fc.property(fc.oneof(fc.dictionary(keys, part), fc.anything()), (value) => {
				const { spec: kept } = parseViewSpec(value);
				expect(parseViewSpec(asJson(kept))).toEqual({ spec: kept, dropped: [] });
			})
		);
	});
});

describe('whether there is something to save', () => {
	const changed = (part: Partial<ViewSpec>): boolean => !isSameSpec(spec, { ...spec, ...part });

	it('is not for what shows the same', () => {
		const { filter, group, columns } = spec;
		const turned: Condition = {
			values: ['b', 'a'],
			op: 'allOf',
			field: 'topics',
			kind: 'multi'
		};
		expect(changed({ filter: { ...filter, conditions: [late, turned, mine] } })).toBe(false);
		expect(changed({ filter: { ...filter, text: ' 食堂' } })).toBe(false);
		expect(changed({ columns: { ...columns, widths: { 'own:1': 90.5, due: 120 } } })).toBe(false);
		expect(changed({ group: { ...group!, collapsed: [] } })).toBe(false);
		expect(changed({ filter: { ...filter, rowIds: ['r2'] } })).toBe(false);
	});

	it.each<[string, Partial<ViewSpec>]>([
		['conditions', { filter: { ...spec.filter, conditions: [mine] } }],
		['match', { filter: { ...spec.filter, match: 'all' } }],
		['search', { filter: { ...spec.filter, text: '' } }],
		['direction', { sort: [{ field: 'due', descending: false }] }],
		['group', { group: null }],
		['order', { columns: { ...spec.columns, order: ['own:1', 'due'] } }],
		['hidden', { columns: { ...spec.columns, hidden: [] } }],
		['width', { columns: { ...spec.columns, widths: { due: 121, 'own:1': 90.5 } } }],
		['height', { rowHeight: 'fit' }],
		['layout', { layout: 'grid' }]
	])('is when the %s changed', (_, part) => {
		expect(changed(part)).toBe(true);
	});

	it('does not ask how a single condition is matched', () => {
		const one = (match: 'all' | 'any'): ViewSpec => ({
			...plainSpec,
			filter: { match, conditions: [mine], text: '' }
		});
		expect(isSameSpec(one('all'), one('any'))).toBe(true);
	});
});

describe('columns', () => {
	it('stand as the view says, pinned ones first', () => {
		const columns = { ...plainColumns, order: ['c', 'a', 'b'], hidden: ['a'], pinned: ['b'] };
		expect(arrangeColumns(columns, ['a', 'b', 'c'])).toEqual(['b', 'c']);
	});

	it('made after the view stand after their neighbour; those that are gone are left out', () => {
		const columns = { ...plainColumns, order: ['c', 'gone', 'a', 'c'] };
		expect(arrangeColumns(columns, ['a', 'b', 'b2', 'c'])).toEqual(['c', 'a', 'b', 'b2']);
		expect(arrangeColumns(columns, ['first', 'a', 'c'])).toEqual(['first', 'c', 'a']);
	});
});

it('the views that come with every ledger are views, each with an id of its own', () => {
	for (const views of Object.values(builtInViews)) {
		expect(views.length).toBeGreaterThan(0);
		expect(new Set(views.map(({ id }) => id)).size).toBe(views.length);
		for (const { spec: own } of views)
			expect(parseViewSpec(asJson(own))).toEqual({ spec: own, dropped: [] });
	}
});
