/** The figures of a ledger worked out anew: what a change of one row costs while they are shown. */
import { expect, it } from 'vitest';
import { foldLife } from '../../src/lib/features/ledgers/model/life/foldLife.ts';
import type { EventType, LifeEvent } from '../../src/lib/features/ledgers/model/life/lifeEvent.ts';
import type { LifeMachine } from '../../src/lib/features/ledgers/model/life/machine.ts';
import { opinionMachine } from '../../src/lib/features/ledgers/model/life/opinionMachine.ts';
import { problemMachine } from '../../src/lib/features/ledgers/model/life/problemMachine.ts';
import { opinionNumbers } from '../../src/lib/features/ledgers/model/numbers/opinionNumbers.ts';
import { problemNumbers } from '../../src/lib/features/ledgers/model/numbers/problemNumbers.ts';
import { opinionChannels } from '../../src/lib/features/ledgers/model/rows/fields.ts';
import type { LedgerRow } from '../../src/lib/features/ledgers/model/rows/ledgerRow.ts';
import { generateProblems } from '../support/generateProblems.ts';
import { inMs, percentile, printFigures, timed } from './measure.ts';

const ROWS = 10_000;
const RUNS = 15;
const TODAY = '2023-06-15';
const catalogue = {
	items: Array.from({ length: 30 }, (_, at) => ({
		...{ aspect: ['严', '实', '细'][Math.floor(at / 10)]!, no: at + 1, text: `示例${at + 1}` }
	}))
};

function lifeOf(types: readonly EventType[], index: number, machine: LifeMachine = problemMachine) {
	const events = types.map((type, at): LifeEvent => ({
		...{ id: `e${index}-${at}`, type, by: 'm1', tick: at + 1, from: '', target: 'x' },
		at: new Date(Date.UTC(2023, index % 6, 1 + at * 3, 4)).toISOString(),
		after: at === 0 ? [] : [`e${index}-${at - 1}`],
		note: '已说明'
	}));
	return foldLife(machine, events);
}

const rowWith = (
	index: number,
	values: LedgerRow['values'],
	life: LedgerRow['life']
): LedgerRow => ({
	...{ id: `row-${index}`, order: 'V', seq: index + 1, createdBy: 'm1', trash: null },
	createdAt: new Date(Date.UTC(2023, index % 6, 1, 4)).toISOString(),
	...{ measures: [], evidence: [], files: {}, unreadableFiles: 0, comments: [], submissions: [] },
	...{ values, life }
});

const way: readonly EventType[] = ['submit', 'confirm', 'start', 'apply', 'accept'];
const problems = generateProblems(ROWS).map((problem, index) =>
	rowWith(
		index,
		{
			...{ aspect: problem.aspect, itemNo: problem.itemNo, responsibleId: problem.responsible },
			...(problem.due && { due: problem.due }),
			rectKind: index % 3 === 0 ? 'immediate' : 'timed',
			sources: index % 4 === 0 ? ['talk', 'opinions'] : ['selfCheck']
		},
		lifeOf(way.slice(0, index % 6), index)
	)
);
const opinions = problems.map((row, index) =>
	rowWith(
		index,
		{ on: row.createdAt!.slice(0, 10), channel: opinionChannels[index % 9]!, itemNo: 3 },
		lifeOf((['take', 'finish', 'reply'] as const).slice(0, index % 4), index, opinionMachine)
	)
);

async function median(run: () => { figures: ReadonlyMap<string, unknown> }): Promise<string> {
	const samples: number[] = [];
	for (let at = 0; at < RUNS; at++) {
		const { ms, value } = await timed(run);
		expect(value.figures.size).toBeGreaterThan(20);
		samples.push(ms);
	}
	return `${inMs(percentile(samples, 0.5))} (best ${inMs(percentile(samples, 0))}, first ${inMs(samples[0]!)})`;
}

it('works the figures out', async () => {
	const bar = '≤ 50 ms';
	printFigures(`figures of ${ROWS} rows, median of ${RUNS}`, [
		{
			what: 'problems',
			figure: await median(() => problemNumbers(problems, catalogue, TODAY)),
			bar
		},
		{ what: 'opinions', figure: await median(() => opinionNumbers(opinions, TODAY)), bar }
	]);
});
