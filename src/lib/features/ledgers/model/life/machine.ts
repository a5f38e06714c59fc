/** What a life can go through, as data: the statuses and the steps between them. */
import type { EventType } from './lifeEvent.ts';

export interface LifeStep<S extends string = string> {
	readonly from: readonly S[];
	/** Null stays where it is. */
	readonly to: S | null;
	/** Ends the matter: waits for everything that is not built on it, and gives way to doubts. */
	readonly closing?: true;
	/** Speaks against an end: a closing made without knowing of it does not count. */
	readonly doubt?: true;
	/** Where it leads depends on its target: two with different ones contradict each other. */
	readonly aimed?: true;
	readonly irrevocable?: true;
}

/** Taking back is not a step of a machine: it removes one. */
export type StepType = Exclude<EventType, 'retract'>;

export interface LifeMachine<S extends string = string> {
	readonly initial: S;
	readonly statuses: readonly S[];
	/** In which the matter is at an end, so that it has a date of ending. */
	readonly finished: readonly S[];
	readonly steps: { readonly [T in StepType]?: LifeStep<S> };
}

export const stepOf = (machine: LifeMachine, type: EventType): LifeStep | undefined =>
	type === 'retract' ? undefined : machine.steps[type];

/** Steps that lead on from a status, in the machine's order. */
export const actionsOf = (machine: LifeMachine, status: string): StepType[] =>
	(Object.keys(machine.steps) as StepType[]).filter((type) =>
		machine.steps[type]!.from.includes(status)
	);
