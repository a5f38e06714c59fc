/**
 * A set of events to the life they make: a pure function of the set, whatever the order in which
 * they arrived. Never throws and stays near-linear whatever a colleague's device wrote. The rules
 * are in SPEC.md.
 */
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';
import { orderCausally, type CausalOrder } from './causalOrder.ts';
import { judgeEvents, type Judgement, type Verdict } from './judgeEvents.ts';
import type { Conflict, Life } from './life.ts';
import { maxTick, type LifeEvent } from './lifeEvent.ts';
import { figuresOf } from './lifeFigures.ts';
import { stepOf, type LifeMachine } from './machine.ts';

export interface FoldOptions {
	/** The day an instant falls on; by default where this device's clock hangs. */
	readonly dayOf?: (atMs: number) => Ymd;
	/** Ids of merges that lost against another row's: see resolveMerges. */
	readonly overruled?: ReadonlySet<string>;
}

const nothing: ReadonlySet<string> = new Set();
const notConflicts: readonly Verdict[] = ['applied', 'duplicate', 'retracted', 'ignored'];

/** Which events somebody has gone on from who knew of them. Taking a step back is not going on. */
function goneOnFrom({ events, parents }: CausalOrder, verdicts: readonly Verdict[]): boolean[] {
	const gone = events.map(() => false);
	for (let position = events.length - 1; position >= 0; position--) {
		const verdict = verdicts[position]!;
		const isStep =
			(verdict === 'applied' || verdict === 'duplicate') && events[position]!.type !== 'retract';
		if (isStep || gone[position]) for (const parent of parents[position]!) gone[parent] = true;
	}
	return gone;
}

function headsOf({ events, parents }: CausalOrder): string[] {
	const followed = new Set(parents.flat());
	return events.filter((_, position) => !followed.has(position)).map(({ id }) => id);
}

function nextTickAfter(events: readonly LifeEvent[]): number {
	const highest = events.reduce((max, { tick }) => Math.max(max, tick), 0);
	return Math.min(highest + 1, maxTick);
}

function conflictsOf(order: CausalOrder, { verdicts }: Judgement) {
	const gone = goneOnFrom(order, verdicts);
	const conflicts: Conflict[] = [];
	const openConflicts: Conflict[] = [];
	order.events.forEach((event, position) => {
		const verdict = verdicts[position]!;
		if (notConflicts.includes(verdict)) return;
		const conflict = { event, reason: verdict as Conflict['reason'] };
		conflicts.push(conflict);
		if (!gone[position]) openConflicts.push(conflict);
	});
	return { conflicts, openConflicts };
}

export function foldLife(
	machine: LifeMachine,
	from: Iterable<LifeEvent>,
	{ dayOf = localYmd, overruled = nothing }: FoldOptions = {}
): Life {
	const order = orderCausally(from, ({ type }) => stepOf(machine, type)?.closing === true);
	const judgement = judgeEvents(machine, order, overruled);
	const those = (wanted: Verdict): LifeEvent[] =>
		order.events.filter((_, position) => judgement.verdicts[position] === wanted);
	const applied = those('applied');
	return {
		...conflictsOf(order, judgement),
		...figuresOf(machine, applied, dayOf),
		applied,
		duplicates: those('duplicate'),
		retracted: those('retracted'),
		ignored: those('ignored'),
		all: order.events,
		status: judgement.status,
		heads: headsOf(order),
		nextTick: nextTickAfter(order.events)
	};
}
