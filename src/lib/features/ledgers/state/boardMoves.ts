/**
 * A card moved to another column of the board is a step of its row's life: which one, and whether it
 * can be taken as it is. Steps that ask for words of their own are for the row's form.
 */
import type { EventExtras } from '../model/life/lifeEvent.ts';
import {
	blockersOf,
	machineOf,
	type Actor,
	type Blocker,
	type GuardRow,
	type RowKind
} from '../model/life/guards.ts';
import { actionsOf, stepOf, type StepType } from '../model/life/machine.ts';
import { dueOnStart } from '../model/life/problemGuards.ts';
import type { RowValues } from '../model/rows/rowEdit.ts';

export type BoardMove =
	/** No step leads from here to there. */
	| { readonly kind: 'none' }
	| { readonly kind: 'blocked'; readonly step: StepType; readonly blockers: readonly Blocker[] }
	| {
			readonly kind: 'step';
			readonly step: StepType;
			readonly extras: EventExtras;
			readonly values: RowValues;
	  };

export interface MoveContext {
	readonly kind: RowKind;
	readonly row: GuardRow;
	/** A status. */
	readonly to: string;
	readonly actor: Actor;
	readonly today: string;
	readonly catalogueTexts: readonly string[];
}

/** The machine names the plain step before those that need a target. */
const stepTo = (kind: RowKind, from: string, to: string): StepType | undefined =>
	actionsOf(machineOf(kind), from).find((type) => stepOf(machineOf(kind), type)?.to === to);

/** Whether a single step goes there, whatever may still stand in its way. */
export const leadsTo = (kind: RowKind, from: string, to: string): boolean =>
	stepTo(kind, from, to) !== undefined;

/** 立行立改 begun without a date gets the near one that its guard counts on. */
function settledWith(step: StepType, row: GuardRow, today: string): EventExtras {
	if (step === 'apply') return { evidenceIds: idsIn(row.evidence) };
	if (step !== 'start' || typeof row.values.due === 'string') return {};
	const due = dueOnStart(row, today);
	return due === null ? {} : { due };
}

const idsIn = (evidence: readonly unknown[]): string[] =>
	evidence.map((one) => (one as { readonly id: string }).id);

export function planMove({ kind, row, to, actor, today, catalogueTexts }: MoveContext): BoardMove {
	const step = stepTo(kind, row.life.status, to);
	if (step === undefined) return { kind: 'none' };
	const extras = settledWith(step, row, today);
	const blockers = blockersOf(kind, step, row, actor, { extras, catalogueTexts });
	if (blockers.length > 0) return { kind: 'blocked', step, blockers };
	return { kind: 'step', step, extras, values: extras.due ? { due: extras.due } : {} };
}
