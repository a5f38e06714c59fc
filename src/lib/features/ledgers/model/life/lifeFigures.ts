/** Dates, counts and the like, read off the steps that have effect. */
import type { Ymd } from '$lib/base/typedDate.ts';
import type { AcceptanceRound, Life } from './life.ts';
import type { EventType, LifeEvent } from './lifeEvent.ts';
import { stepOf, type LifeMachine } from './machine.ts';

const roundEnds: readonly EventType[] = ['accept', 'return', 'longTerm'];

function roundsOf(applied: readonly LifeEvent[]): AcceptanceRound[] {
	const rounds: AcceptanceRound[] = [];
	for (const event of applied) {
		const last = rounds.at(-1);
		if (event.type === 'apply') rounds.push({ apply: event, outcome: null });
		else if (last?.outcome === null && roundEnds.includes(event.type))
			rounds[rounds.length - 1] = { ...last, outcome: event };
	}
	return rounds;
}

/** The step by which the matter came to an end, and the last one, if it is at an end. */
function endOf(machine: LifeMachine, applied: readonly LifeEvent[]): LifeEvent | null {
	let end: LifeEvent | null = null;
	for (const event of applied) {
		const to = stepOf(machine, event.type)?.to;
		if (to === undefined || to === null) continue;
		end = machine.finished.includes(to) ? (end ?? event) : null;
	}
	return end;
}

/** The last event of a type that no later change of status has undone. */
function standing(
	machine: LifeMachine,
	applied: readonly LifeEvent[],
	type: EventType
): LifeEvent | null {
	const last = applied.findLast((event) => stepOf(machine, event.type)?.to);
	return last?.type === type ? last : null;
}

type Figures = Omit<
	Life,
	| 'applied'
	| 'conflicts'
	| 'openConflicts'
	| 'duplicates'
	| 'retracted'
	| 'ignored'
	| 'all'
	| 'status'
	| 'heads'
	| 'nextTick'
>;

export function figuresOf(
	machine: LifeMachine,
	applied: readonly LifeEvent[],
	dayOf: (atMs: number) => Ymd
): Figures {
	const dayOn = (event: LifeEvent | null | undefined): Ymd | null =>
		event ? dayOf(Date.parse(event.at)) : null;
	const count = (wanted: EventType): number => applied.filter(({ type }) => type === wanted).length;
	const end = endOf(machine, applied);
	const mergedBy = standing(machine, applied, 'merge');
	return {
		returns: count('return'),
		extensions: count('extend'),
		rounds: roundsOf(applied),
		dues: applied.filter(({ due }) => due !== undefined),
		mergedBy,
		mergedInto: mergedBy?.target ?? null,
		problemId: applied.findLast(({ type }) => type === 'toProblem')?.target ?? null,
		confirmedOn: dayOn(applied.findLast(({ type }) => type === 'confirm')),
		startedOn: dayOn(applied.find(({ type }) => type === 'start' || type === 'take')),
		closedOn: dayOn(end),
		closedBy: end?.by ?? null,
		repliedOn: dayOn(standing(machine, applied, 'reply'))
	};
}
