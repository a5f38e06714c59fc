import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueStateOf, withDefaultDue } from './dueState.ts';
import { problemSources, rectKinds } from './problem.ts';
import type { ProblemEdit } from './problemRow.ts';
import { createLedgerDevice, people, wordsOf, type TestDevice } from './testLedger.ts';
import { noFilter, ProblemView, type ProblemFilter, type ProblemSort } from './problemView.ts';

const today = '2023-03-15';
const context = { people, today };

function fill(edits: readonly ProblemEdit[]): { a: TestDevice; view: ProblemView; ids: string[] } {
	const a = createLedgerDevice();
	const ids = a.ledger.add(edits, a.rows.gapBefore(null));
	const view = new ProblemView(a.rows, context);
	a.rows.subscribe((change) => view.apply(change));
	return { a, view, ids };
}

const shown = (view: ProblemView): unknown[] => view.visible.map((row) => row.manifestation);
const filter = (part: Partial<ProblemFilter>): ProblemFilter => ({ ...noFilter, ...part });

const rows: ProblemEdit[] = [
	{
		manifestation: '食堂留样',
		aspect: '实',
		due: '2023-03-14',
		leaderId: 'm01',
		rectKind: 'immediate'
	},
	{
		manifestation: '会议记录',
		aspect: '细',
		due: '2023-03-22',
		responsibleId: 'm03',
		rectKind: 'timed'
	},
	{ manifestation: 'PPT 家长会', aspect: '细', due: '2023-03-23', rootCause: '沟通不够' },
	{ manifestation: '无期限', aspect: '严' }
];

describe('due dates', () => {
	it('are overdue the day after, soon for seven days, and the day itself is in time', () => {
		const { a } = fill([...rows, { manifestation: '今天', due: today }]);
		expect(a.rows.listed.map((row) => dueStateOf(row, today))).toEqual([
			'overdue',
			'soon',
			'later',
			'none',
			'soon'
		]);
	});

	it('are proposed in a week for what is to be put right at once, never over one that is set', () => {
		expect(withDefaultDue({ rectKind: 'immediate' }, null, today).due).toBe('2023-03-22');
		const { a } = fill(rows);
		expect(withDefaultDue({ rectKind: 'immediate' }, a.rows.listed[0]!, today).due).toBeUndefined();
		expect(withDefaultDue({ rectKind: 'timed' }, null, today).due).toBeUndefined();
	});
});

describe('filters', () => {
	it.each<[Partial<ProblemFilter>, string[]]>([
		[{ aspect: '细' }, ['会议记录', 'PPT 家长会']],
		[{ personId: 'm01' }, ['食堂留样']],
		[{ personId: 'm03' }, ['会议记录']],
		[{ rectKind: 'timed' }, ['会议记录']],
		[{ due: 'overdue' }, ['食堂留样']],
		[{ due: 'soon' }, ['会议记录']],
		[{ text: 'ppt' }, ['PPT 家长会']],
		[{ text: ' 沟通 ' }, ['PPT 家长会']],
		[{ text: '周敬宁' }, ['食堂留样']],
		[{ aspect: '细', text: '记录' }, ['会议记录']],
		[{ text: '没有的' }, []]
	])('%j', (part, expected) => {
		const { view } = fill(rows);
		view.set(filter(part), null, context);
		expect(shown(view)).toEqual(expected);
	});
});

describe('sorting', () => {
	it('puts empty cells last either way and keeps equal ones in the list’s order', () => {
		const { view } = fill(rows);
		view.set(noFilter, { field: 'due', descending: true }, context);
		expect(shown(view)).toEqual(['PPT 家长会', '会议记录', '食堂留样', '无期限']);
		view.set(noFilter, { field: 'rectKind', descending: false }, context);
		expect(shown(view)).toEqual(['食堂留样', '会议记录', 'PPT 家长会', '无期限']);
		view.set(noFilter, { field: 'leaderId', descending: true }, context);
		expect(shown(view)[0]).toBe('食堂留样');
	});
});

describe('the row somebody is at work on', () => {
	it('neither jumps nor vanishes until it is left', () => {
		const { a, view, ids } = fill(rows);
		view.set(filter({ text: '食堂' }), null, context);
		view.hold(ids[0]!);
		a.ledger.edit({ id: ids[0]!, edit: { manifestation: '厨房留样' } });
		expect(shown(view)).toEqual(['厨房留样']);
		expect(view.hold(null)).toBe(true);
		expect(shown(view)).toEqual([]);
	});

	it('added under a filter it does not pass is seen', () => {
		const { a, view } = fill(rows);
		view.set(filter({ text: '食堂' }), null, context);
		const [id] = a.ledger.add([{ manifestation: '新的' }], a.rows.gapBefore(null));
		expect(shown(view)).toEqual(['食堂留样']);
		view.show(id!);
		expect(shown(view)).toEqual(['食堂留样', '新的']);
	});
});

it('a key press in a column nobody sorts by keeps every other row the same object', () => {
	const { a, view, ids } = fill(rows);
	view.set(noFilter, { field: 'due', descending: false }, context);
	const before = view.visible;
	a.ledger.edit({ id: ids[2]!, edit: { rootCause: '沟通不够细' } });
	const changed = view.visible.filter((row, index) => row !== before[index]);
	expect(changed.map((row) => row.rootCause)).toEqual(['沟通不够细']);
});

const edit = fc.record(
	{
		manifestation: fc.constantFrom('甲', '乙乙', '丙', ''),
		aspect: fc.constantFrom('严', '实', null),
		due: fc.constantFrom('2023-03-01', '2023-03-20', '2023-12-01', null),
		rectKind: fc.constantFrom(...rectKinds, null),
		leaderId: fc.constantFrom('m01', 'm03', null),
		sources: fc.subarray([...problemSources])
	},
	{ requiredKeys: [] }
);

it('kept up row by row it shows what a new view would show', () => {
	const filters = fc.constantFrom<Partial<ProblemFilter>>(
		{},
		{ text: '乙' },
		{ aspect: '严' },
		{ due: 'soon' }
	);
	const sorts = fc.constantFrom<ProblemSort | null>(
		null,
		{ field: 'due', descending: true },
		{ field: 'manifestation', descending: false },
		{ field: 'sources', descending: false }
	);
	fc.assert(
		fc.property(
			fc.array(edit, { minLength: 1 }),
			fc.array(fc.tuple(fc.nat(), edit)),
			filters,
			sorts,
			(start, edits, part, sort) => {
				const { a, view, ids } = fill(start);
				view.set(filter(part), sort, context);
				for (const [at, one] of edits) a.ledger.edit({ id: ids[at % ids.length]!, edit: one });
				const fresh = new ProblemView(a.rows, context);
				fresh.set(filter(part), sort, context);
				expect(view.visible).toEqual(fresh.visible);
				expect(wordsOf(a)).toHaveLength(start.length);
			}
		),
		{ numRuns: 60 }
	);
});
