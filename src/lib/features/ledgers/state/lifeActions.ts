/** What stands in the way of a step, before it asks anything and once it has been answered. */
import type { Ymd } from '$lib/base/typedDate.ts';
import {
	blockersOf,
	type Actor,
	type Attempt,
	type Blocker,
	type GuardRow,
	type RowKind
} from '../model/life/guards.ts';
import type { LifeEvent } from '../model/life/lifeEvent.ts';
import type { StepType } from '../model/life/machine.ts';
import type { RowValues } from '../model/rows/rowEdit.ts';
import {
	askedFor,
	draftKeys,
	fieldOf,
	firstDraft,
	guardWord,
	planStep,
	type Asked,
	type DraftKey,
	type LifeDraft
} from './lifeDraft.ts';

/** As the answers leave it. A deadline is put off from the day that stands there until then. */
const answered = ({ row, type }: StepContext, values: RowValues): GuardRow =>
	type === 'extend' ? row : { ...row, values: { ...row.values, ...values } };

const keyOfField = (field: string): DraftKey | undefined =>
	draftKeys.find((key) => (fieldOf[key] ?? key) === field);

/** Of those the dialog asks for; undefined for what it cannot help with. */
const askedKey = (asked: Asked, blocker: Blocker): DraftKey | undefined => {
	if (blocker.kind === 'rule') return undefined;
	const key = blocker.kind === 'field' ? keyOfField(blocker.field) : (blocker.input as DraftKey);
	return key !== undefined && asked[key] !== undefined ? key : undefined;
};

export interface StepContext {
	readonly kind: RowKind;
	readonly type: StepType;
	readonly row: GuardRow;
	readonly actor: Actor;
	readonly today: Ymd;
	readonly catalogueTexts: readonly string[];
}

/** What stands in the way before anything is asked: to be filled in elsewhere, or not to be helped. */
export function blockersBefore(step: StepContext): Blocker[] {
	const { kind, type, row, actor, today, catalogueTexts } = step;
	const { extras, values } = planStep(kind, type, row, firstDraft(kind, type, row, today));
	const asked = askedFor(kind, type, row);
	const attempt = { extras, catalogueTexts };
	return blockersOf(kind, type, answered(step, values), actor, attempt).filter(
		(blocker) => askedKey(asked, blocker) === undefined
	);
}

export interface DraftFaults {
	readonly missing: readonly DraftKey[];
	/** Rules and fields that the answers do not help against. */
	readonly others: readonly Blocker[];
}

/** What is wrong with the answers; nothing when the step can be taken. */
export function draftFaults(
	step: StepContext,
	draft: LifeDraft,
	mergeTarget?: Attempt['mergeTarget']
): DraftFaults | null {
	const { kind, type, row, actor, catalogueTexts } = step;
	const { extras, values } = planStep(kind, type, row, draft);
	const asked = askedFor(kind, type, row);
	const attempt = { extras, catalogueTexts, ...(mergeTarget !== undefined && { mergeTarget }) };
	const found = blockersOf(kind, type, answered(step, values), actor, attempt);
	const empty = draftKeys.filter((key) => asked[key] === 'must' && draft[key].trim() === '');
	const named = found.flatMap((blocker) => askedKey(asked, blocker) ?? []);
	const others = found.filter((blocker) => askedKey(asked, blocker) === undefined);
	const missing = [...new Set([...empty, ...named])];
	return missing.length + others.length === 0 ? null : { missing, others };
}

const mainSteps: Readonly<Record<RowKind, Readonly<Record<string, StepType>>>> = {
	problem: {
		draft: 'submit',
		toVerify: 'confirm',
		toRectify: 'start',
		rectifying: 'apply',
		toAccept: 'accept',
		closed: 'recheck',
		longTerm: 'review',
		rejected: 'resume'
	},
	opinion: { new: 'take', inHand: 'finish', done: 'reply' }
};

/** What one does here nine times out of ten, or undefined. */
export const mainStepOf = (kind: RowKind, status: string): StepType | undefined =>
	mainSteps[kind][status];

/** What a step that is taken back had set, set back, unless somebody has changed it since. */
export function valuesBefore(event: LifeEvent, row: GuardRow): RowValues {
	if (event.type === 'toProblem')
		return guardWord(row, 'problemId') === event.target ? { problemId: null } : {};
	const isItsDue = event.due !== undefined && guardWord(row, 'due') === event.due;
	return isItsDue ? { due: event.dueBefore ?? null } : {};
}
