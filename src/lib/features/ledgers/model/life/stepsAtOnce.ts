/**
 * One step for many rows at once: which of them can take it, and what the others lack. Only for steps
 * that need no words of their own; the rest is for each row by itself.
 */
import { actionsOf } from './machine.ts';
import {
	blockersOf,
	machineOf,
	type Actor,
	type Attempt,
	type Blocker,
	type GuardRow,
	type RowKind
} from './guards.ts';
import type { EventType } from './lifeEvent.ts';

const wordless: Readonly<Record<RowKind, readonly EventType[]>> = {
	problem: ['submit', 'confirm'],
	opinion: ['take']
};

export interface Hindrance {
	readonly blocker: Blocker;
	readonly rows: readonly string[];
}

export interface StepAtOnce {
	readonly step: EventType;
	/** Ids of the rows that can take it. */
	readonly ready: readonly string[];
	/** What stands in the way, the most frequent first; a row may lack several things. */
	readonly hindrances: readonly Hindrance[];
	/** Rows that stand at another point of their life. */
	readonly elsewhere: number;
}

function hindrancesOf(found: ReadonlyMap<string, readonly Blocker[]>): Hindrance[] {
	const byName = new Map<string, { blocker: Blocker; rows: string[] }>();
	for (const [id, blockers] of found)
		for (const blocker of blockers) {
			const name = JSON.stringify(blocker);
			const known = byName.get(name);
			if (known) known.rows.push(id);
			else byName.set(name, { blocker, rows: [id] });
		}
	return [...byName.values()].sort((a, b) => b.rows.length - a.rows.length);
}

function planStep(
	kind: RowKind,
	step: EventType,
	rows: readonly GuardRow[],
	actor: Actor,
	attempt: Attempt
): StepAtOnce {
	const here = rows.filter(({ life }) =>
		actionsOf(machineOf(kind), life.status).some((one) => one === step)
	);
	const found = new Map(
		here.map((row) => [row.id, blockersOf(kind, step, row, actor, attempt)] as const)
	);
	return {
		step,
		ready: here.flatMap(({ id }) => (found.get(id)!.length === 0 ? [id] : [])),
		hindrances: hindrancesOf(found),
		elsewhere: rows.length - here.length
	};
}

/** The steps that at least one of the rows stands before. */
export const stepsAtOnce = (
	kind: RowKind,
	rows: readonly GuardRow[],
	actor: Actor,
	attempt: Attempt = {}
): StepAtOnce[] =>
	wordless[kind]
		.map((step) => planStep(kind, step, rows, actor, attempt))
		.filter(({ elsewhere }) => elsewhere < rows.length);
