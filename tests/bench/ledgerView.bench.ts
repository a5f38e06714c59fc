/** Filtering, sorting and grouping a ledger without a screen; cold is the first time a row is seen. */
import { afterAll, expect, it } from 'vitest';
import type { Condition } from '../../src/lib/features/ledgers/model/view/condition.ts';
import { noFilter } from '../../src/lib/features/ledgers/model/view/filter.ts';
import {
	plainQuery,
	RowsView,
	type RowChange,
	type ViewQuery
} from '../../src/lib/features/ledgers/model/view/rowsView.ts';
import {
	createFields,
	names,
	TestList,
	levels,
	topics,
	type TestRow
} from '../../src/lib/features/ledgers/model/view/testRows.ts';
import { generateProblems } from '../support/generateProblems.ts';
import { inMs, printFigures, timed, type Figure } from './measure.ts';

const ROWS = 10_000;
const WARM_RUNS = 5;
const context = { today: '2023-03-15', self: 'm01' };
const figures: Figure[] = [];

const day = (index: number): string => `2023-${String(1 + (index % 12)).padStart(2, '0')}-15`;

function generateRows(): TestRow['values'][] {
	const people = Object.keys(names);
	return generateProblems(ROWS).map((problem, index) => ({
		words: `${problem.manifestation}（第 ${(index * 7919) % ROWS} 条）`,
		aspect: problem.aspect,
		level: levels[index % levels.length]!.value,
		topics: topics.slice(index % 3).map(({ value }) => value),
		leader: people[index % people.length]!,
		item: 1 + (index % 30),
		due: index % 7 === 0 ? null : day(index),
		urgent: index % 9 === 0,
		code: `WT-2023-${index}`
	}));
}

const fiveConditions: readonly Condition[] = [
	{ kind: 'text', field: 'words', op: 'notContains', text: '没有的词' },
	{ kind: 'date', field: 'due', op: 'after', date: '2023-01-01' },
	{ kind: 'choice', field: 'level', op: 'anyOf', values: ['branch', 'team'] },
	{ kind: 'multi', field: 'topics', op: 'noneOf', values: ['none'] },
	{ kind: 'person', field: 'leader', op: 'filled' }
];

const queries: readonly [what: string, query: ViewQuery, bar?: string][] = [
	['no filter', plainQuery],
	[
		'five conditions',
		{ ...plainQuery, filter: { ...noFilter, conditions: fiveConditions } },
		'20 ms'
	],
	['search of all fields', { ...plainQuery, filter: { ...noFilter, text: '食堂' } }, '40 ms'],
	[
		'sort by name, then due',
		{ ...plainQuery, sort: ['leader', 'due'].map((field) => ({ field, descending: false })) }
	],
	['sort by long text', { ...plainQuery, sort: [{ field: 'words', descending: false }] }],
	['group by month', { ...plainQuery, group: { field: 'due', descending: false, collapsed: [] } }]
];

/** A list whose rows are found at once, as a ledger's are. */
class IndexedList {
	listed: readonly TestRow[] = new TestList(generateRows()).listed;
	readonly #indexes = new Map(this.listed.map((row, index) => [row.id, index]));

	get = (id: string): TestRow | undefined => this.listed[this.#indexes.get(id) ?? -1];
	positionOf = (id: string): number | undefined => this.#indexes.get(id);

	edit(index: number, values: TestRow['values']): RowChange {
		const row = this.listed[index]!;
		this.listed = this.listed.with(index, { ...row, values: { ...row.values, ...values } });
		return { changed: new Set([row.id]), reordered: false };
	}
}

async function fastest(run: (turn: number) => void): Promise<number> {
	const taken: number[] = [];
	for (let turn = 0; turn < WARM_RUNS; turn += 1) taken.push((await timed(() => run(turn))).ms);
	return Math.min(...taken);
}

it.each(queries)('%s', async (what, query, bar) => {
	const view = new RowsView(new IndexedList(), plainQuery, { ...context, fields: createFields() });
	const set = (fields: ReturnType<typeof createFields>) => view.set(query, { ...context, fields });
	const first = await timed(() => set(createFields()));
	const anew = await fastest(() => set(createFields()));
	const fields = createFields();
	set(fields);
	const again = await fastest(() => set(fields));
	expect(view.matching).toBeGreaterThan(0);
	figures.push({
		what: `${ROWS} rows, ${what} (${view.matching} shown)`,
		figure: `first ${inMs(first.ms)} · other labels ${inMs(anew)} · again ${inMs(again)}`,
		...(bar ? { bar } : {})
	});
});

it('a change of one cell', async () => {
	const list = new IndexedList();
	const sort = [{ field: 'words', descending: false }];
	const query = { ...plainQuery, filter: { ...noFilter, text: '食堂' }, sort };
	const view = new RowsView(list, query, { ...context, fields: createFields() });
	const aside = await fastest((turn) => view.apply(list.edit(turn, { item: 1 + turn })));
	const sorted = await fastest((turn) => view.apply(list.edit(turn, { words: `食堂 ${turn}` })));
	expect(view.visible.map((row) => row.values.words)).toContain('食堂 1');
	figures.push(
		{ what: 'a key press where nothing looks', figure: inMs(aside) },
		{ what: 'a colleague’s where the list is sorted', figure: inMs(sorted) }
	);
});

afterAll(() => printFigures('the view of a ledger', figures));
