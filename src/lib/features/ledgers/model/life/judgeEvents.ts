/** Goes through the events in their order and says of each whether it has effect, and if not, why. */
import type { CausalOrder } from './causalOrder.ts';
import type { ConflictReason } from './life.ts';
import type { EventType, LifeEvent } from './lifeEvent.ts';
import { stepOf, type LifeMachine, type LifeStep } from './machine.ts';

export type Verdict = 'applied' | 'duplicate' | 'retracted' | 'ignored' | ConflictReason;

export interface Judgement {
	readonly status: string;
	/** By position. */
	readonly verdicts: readonly Verdict[];
}

/**
 * Who takes back what. One takes back one's own step, and only as long as nothing that one knew of
 * had followed it: it is among the retraction's parents.
 */
function judgeRetractions(machine: LifeMachine, order: CausalOrder): Map<number, Verdict> {
	const verdicts = new Map<number, Verdict>();
	order.events.forEach((event, position) => {
		if (event.type !== 'retract') return;
		const target = order.parents[position]!.find((one) => order.events[one]!.id === event.target);
		if (target === undefined || !isRevocable(machine, order.events[target]!, event.by))
			verdicts.set(position, 'ignored');
		else
			verdicts
				.set(position, verdicts.has(target) ? 'duplicate' : 'applied')
				.set(target, 'retracted');
	});
	return verdicts;
}

export function isRevocable(machine: LifeMachine, event: LifeEvent, by: string): boolean {
	const step = stepOf(machine, event.type);
	return step !== undefined && step.irrevocable !== true && event.by === by;
}

export function judgeEvents(
	machine: LifeMachine,
	order: CausalOrder,
	overruled: ReadonlySet<string>
): Judgement {
	const { events, isBefore } = order;
	const verdicts: Verdict[] = [];
	const retractions = judgeRetractions(machine, order);
	const doubts = [...events.keys()].filter(
		(position) => stepOf(machine, events[position]!.type)?.doubt && !retractions.has(position)
	);
	const appliedOf = new Map<EventType, number[]>();
	let status = machine.initial;

	const isConcurrent = (a: number, b: number): boolean =>
		a !== b && !isBefore(a, b) && !isBefore(b, a);

	/** Steps of its kind that have effect and that its author did not know of. */
	const twinsOf = (position: number): number[] =>
		(appliedOf.get(events[position]!.type) ?? []).filter((one) => !isBefore(one, position));

	function judge(event: LifeEvent, position: number, step: LifeStep): Verdict {
		if (overruled.has(event.id)) return 'ring';
		if (step.closing && doubts.some((doubt) => isConcurrent(doubt, position)))
			return 'beatenByDoubt';
		const fits = step.from.includes(status);
		// A doubt is never taken for another one; a step that leads nowhere can be taken twice.
		if (fits && (step.doubt || step.to === null)) return 'applied';
		const twins = twinsOf(position);
		if (twins.length === 0) return fits ? 'applied' : 'status';
		const isSameEnd = !step.aimed || twins.some((twin) => events[twin]!.target === event.target);
		return isSameEnd ? 'duplicate' : 'otherTarget';
	}

	events.forEach((event, position) => {
		const step = stepOf(machine, event.type);
		const verdict =
			retractions.get(position) ?? (step ? judge(event, position, step) : ('ignored' as const));
		verdicts.push(verdict);
		if (verdict !== 'applied' || !step) return;
		status = step.to ?? status;
		const applied = appliedOf.get(event.type);
		if (applied) applied.push(position);
		else appliedOf.set(event.type, [position]);
	});
	return { status, verdicts };
}
