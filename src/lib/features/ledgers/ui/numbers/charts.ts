/** The figures of the model in the shapes the charts take. */
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { BarLine } from '$lib/ui/chart/BarTable.svelte';
import type { ChartPart, ChartValue } from '$lib/ui/chart/chart.ts';
import type { Period, PeriodSeries } from '$lib/ui/chart/PeriodBars.svelte';
import type { Tone } from '$lib/ui/tone.ts';
import type { Figure } from '../../model/numbers/figure.ts';
import type { MonthFigures } from '../../model/numbers/months.ts';
import type { Split } from '../../model/numbers/split.ts';
import type { People } from '../../model/people.ts';
import type { TableName } from '../../model/rows/fields.ts';
import {
	definitionOf,
	figureHref,
	figureLabel,
	keyLabel,
	monthLabel,
	partLabel
} from '../../state/figureWords.ts';

/** Which ledgers' figures are shown, and to whom. */
export interface ChartContext {
	readonly table: TableName;
	readonly room: string | null;
	readonly people: People;
}

const valueOf = (figure: Figure, { table, room, people }: ChartContext): ChartValue => ({
	value: figure.value,
	href: figureHref(table, figure.name, room),
	label: figureLabel(figure.name, people)
});

export const shareParts = (
	parts: readonly (readonly [Figure, Tone])[],
	context: ChartContext
): ChartPart[] =>
	parts.map(([figure, tone]) => ({
		...valueOf(figure, context),
		label: partLabel(figure.name),
		tone,
		hint: definitionOf(context.table, figure.name)
	}));

/** The bars are made of parts that add up; the numbers beside them may say more. */
export function splitLines<Part extends string>(
	field: string,
	splits: readonly Split<Part>[],
	bar: readonly (readonly [Part, Tone])[],
	numbers: readonly Part[],
	context: ChartContext
): BarLine[] {
	return splits.map(({ key, total, parts }) => ({
		key,
		label: keyLabel(field, key, context.people),
		bar: bar.map(([part, tone]) => ({
			...valueOf(parts[part], context),
			label: partLabel(part),
			tone
		})),
		values: [...numbers.map((part) => parts[part]), total].map((one) => valueOf(one, context))
	}));
}

export function monthPeriods(months: readonly MonthFigures[]): Period[] {
	const format = new Intl.DateTimeFormat(getLocale(), { timeZone: 'UTC', month: 'short' });
	return months.map(({ month }) => ({
		key: month,
		label: format.format(new Date(`${month}-01T00:00:00Z`)),
		fullLabel: monthLabel(month)
	}));
}

export const monthSeries = (
	months: readonly MonthFigures[],
	closedLabel: string,
	context: ChartContext
): PeriodSeries[] => [
	{
		label: m.numbers_label_opened(),
		tone: 'info',
		values: months.map(({ opened }) => valueOf(opened, context))
	},
	{
		label: closedLabel,
		tone: 'ok',
		values: months.map(({ closed }) => valueOf(closed, context))
	}
];
