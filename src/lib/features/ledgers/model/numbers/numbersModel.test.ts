/** The same figures counted the slow way, over rows with any life whatever. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '$lib/base/typedDate.ts';
import { fold, openings, play, TestReplica, turns } from '../life/fixtures/lifeStories.ts';
import type { LifeMachine } from '../life/machine.ts';
import { opinionMachine } from '../life/opinionMachine.ts';
import { problemMachine } from '../life/problemMachine.ts';
import { opinionChannels, problemSources } from '../rows/fields.ts';
import type { LedgerRow } from '../rows/ledgerRow.ts';
import { unreadable } from '../rows/value.ts';
import { storyCatalogue } from './fixtures/branchStory.ts';
import { shareOf, type Figures } from './figure.ts';
import { coverageOf } from './items.ts';
import { opinionNumbers } from './opinionNumbers.ts';
import { problemNumbers } from './problemNumbers.ts';
import type { Split } from './split.ts';

const today = '2023-04-20';
const day = fc.integer({ min: -40, max: 40 }).map((days) => addDays(today, days));
const some = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constant(unreadable));

const values = fc.record(
	{
		due: some(day),
		on: day,
		responsibleId: fc.constantFrom('m1', 'm2', 'm3'),
		aspect: fc.constantFrom('严', '实', '细', '另'),
		itemNo: fc.integer({ min: 1, max: 9 }),
		rectKind: fc.constantFrom('immediate', 'timed'),
		sources: some(fc.uniqueArray(fc.constantFrom(...problemSources), { maxLength: 3 })),
		channel: some(fc.constantFrom(...opinionChannels)),
		satisfaction: fc.constantFrom('satisfied', 'fair', 'unsatisfied', 'unrated'),
		result: fc.constantFrom('', '已说明')
	},
	{ requiredKeys: [] }
);

function lived(machine: LifeMachine, begun: boolean, played: Parameters<typeof play>[1][]) {
	const replica = new TestReplica('d', machine);
	if (begun) for (const type of openings.get(machine)!) replica.act(type);
	for (const turn of played) play(replica, turn);
	return fold(machine, replica.events.values());
}

const rowsOf = (machine: LifeMachine): fc.Arbitrary<LedgerRow[]> =>
	fc
		.array(
			fc.tuple(
				values,
				fc.boolean(),
				turns(9),
				fc.option(fc.constantFrom('2023-03-01T00:00:00Z', 'no'))
			),
			{
				maxLength: 14
			}
		)
		.map((made) =>
			made.map(([filled, begun, played, createdAt], index) => ({
				id: `r${index}`,
				...{ order: 'V', seq: null, createdBy: null, createdAt, trash: null },
				...{ measures: [], evidence: [], files: {}, unreadableFiles: 0, comments: [] },
				submissions: [],
				values: filled,
				life: lived(machine, begun, played)
			}))
		);

const idsOf = (rows: readonly LedgerRow[], isMeant: (row: LedgerRow) => unknown): string[] =>
	rows.filter((row) => Boolean(isMeant(row))).map(({ id }) => id);

function expectSound(figures: Figures, rows: readonly LedgerRow[]): void {
	const known = new Set(rows.map(({ id }) => id));
	for (const figure of figures.values()) {
		expect(new Set(figure.rowIds).size).toBe(figure.rowIds.length);
		expect(figure.rowIds.every((id) => known.has(id))).toBe(true);
		const share = shareOf(figure);
		if (share !== null) expect(share >= 0 && share <= 1).toBe(true);
		if (figure.of !== null) expect(figure.value).toBe(figure.rowIds.length);
	}
}

/** `whole` of them make up the total; together the totals hold every row of the base. */
function expectParts<Part extends string>(
	splits: readonly Split<Part>[],
	whole: readonly Part[],
	base: readonly string[]
): void {
	for (const { total, parts } of splits) {
		expect(whole.flatMap((part) => parts[part].rowIds).toSorted()).toEqual(total.rowIds.toSorted());
		for (const part of Object.values<Split<Part>['total']>(parts))
			expect(part.of).toBe(total.value);
	}
	expect(new Set(splits.flatMap(({ total }) => total.rowIds))).toEqual(new Set(base));
}

describe('problems', () => {
	it('count what one counts by hand, parts add up, shares lie between 0 and 1', () => {
		fc.assert(
			fc.property(rowsOf(problemMachine), (rows) => {
				const numbers = problemNumbers(rows, storyCatalogue, today);
				expectSound(numbers.figures, rows);
				const status = (row: LedgerRow) => row.life.status;
				const counts = (row: LedgerRow) => !['rejected', 'merged'].includes(status(row));
				const isBase = (row: LedgerRow) =>
					counts(row) && !['draft', 'toVerify'].includes(status(row));
				const base = idsOf(rows, isBase);
				const closed = idsOf(rows, (row) => status(row) === 'closed');
				const late = (row: LedgerRow) => {
					const { due } = row.values;
					return (
						typeof due === 'string' && due < today && !['closed', 'longTerm'].includes(status(row))
					);
				};
				expect(numbers.confirmed.rowIds).toEqual(base);
				expect(numbers.closing.done).toMatchObject({ rowIds: closed, of: base.length });
				expect(numbers.overdue.rowIds).toEqual(idsOf(rows, (row) => counts(row) && late(row)));
				const { closing, longTerm, underWay, toRectify, rectifying, toAccept } = numbers;
				expect(closing.done.value + longTerm.value + underWay.value).toBe(base.length);
				expect(closing.rest.value).toBe(longTerm.value + underWay.value);
				expect(toRectify.value + rectifying.value + toAccept.value).toBe(underWay.value);
				expect(numbers.unconfirmed.value + base.length).toBe(numbers.listed.value);
				const inTime = rows.filter(
					({ life, values: { due } }) =>
						life.closedOn !== null && typeof due === 'string' && life.closedOn <= due
				);
				expect(numbers.onTime.done.rowIds).toEqual(idsOf(inTime, isBase));
				expect(numbers.onTime.done.of).toBe(
					idsOf(
						rows,
						(row) =>
							isBase(row) &&
							(late(row) || (status(row) === 'closed' && typeof row.values.due === 'string'))
					).length
				);
				expect(numbers.returns.value).toBe(
					rows
						.filter(counts)
						.reduce(
							(sum, { life }) => sum + life.applied.filter(({ type }) => type === 'return').length,
							0
						)
				);
				const all = idsOf(rows, counts);
				for (const splits of [numbers.byPerson, numbers.byAspect, numbers.bySource]) {
					expectParts(splits, ['open', 'longTerm', 'closed'], all);
					expectParts(splits, ['onTrack', 'overdue', 'longTerm', 'closed'], all);
				}
				const days = rows.flatMap(({ life }) =>
					life.closedOn === null || life.confirmedOn === null
						? []
						: [(Date.parse(life.closedOn) - Date.parse(life.confirmedOn)) / 864e5]
				);
				const average = days.reduce((sum, each) => sum + Math.max(0, each), 0) / days.length;
				expect(numbers.averageDays?.value ?? NaN).toEqual(average);
			}),
			{ numRuns: 150 }
		);
	});
});

describe('opinions', () => {
	it('count what one counts by hand, parts add up, shares lie between 0 and 1', () => {
		fc.assert(
			fc.property(rowsOf(opinionMachine), (rows) => {
				const numbers = opinionNumbers(rows, today);
				expectSound(numbers.figures, rows);
				const active = rows.filter(({ life }) => life.status !== 'merged');
				const isSettled = ({ life, values: { result } }: LedgerRow) =>
					['done', 'replied'].includes(life.status) ||
					(life.status === 'declined' && result === '已说明');
				expect(numbers.settling.done).toMatchObject({
					rowIds: idsOf(active, isSettled),
					of: active.length
				});
				expect(numbers.replying.done).toMatchObject({
					rowIds: idsOf(active, ({ life }) => life.status === 'replied'),
					of: active.length
				});
				const rated = active.filter(({ values: { satisfaction } }) =>
					['satisfied', 'fair', 'unsatisfied'].includes(String(satisfaction))
				);
				expect(numbers.satisfaction.done.of).toBe(rated.length);
				expect(numbers.satisfaction.rest.rowIds).toEqual(
					idsOf(rated, ({ values: { satisfaction } }) => satisfaction === 'unsatisfied')
				);
				for (const splits of [numbers.byChannel, numbers.byGroup, numbers.byTopic])
					expectParts(
						splits,
						['unsettled', 'settled'],
						idsOf(active, () => true)
					);
			}),
			{ numRuns: 150 }
		);
	});
});

describe('coverage', () => {
	it('has each item once, covered or not', () => {
		fc.assert(
			fc.property(rowsOf(problemMachine), rowsOf(opinionMachine), (problems, opinions) => {
				const coverage = coverageOf(
					storyCatalogue,
					problemNumbers(problems, storyCatalogue, today).byItem,
					opinionNumbers(opinions, today).byItem
				)!;
				const numbers = new Set([
					...problems
						.filter(({ life }) => !['rejected', 'merged'].includes(life.status))
						.map(({ values: { itemNo } }) => itemNo),
					...opinions
						.filter(({ life }) => life.status !== 'merged')
						.map(({ values: { itemNo } }) => itemNo)
				]);
				const covered = storyCatalogue.items.filter(({ no }) => numbers.has(no));
				expect(coverage.value).toBe(covered.length);
				expect(coverage.items.length).toBe(coverage.of);
			}),
			{ numRuns: 60 }
		);
	});
});
