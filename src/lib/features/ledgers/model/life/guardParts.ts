/** Guards that several steps share. */
import { isYmd } from '$lib/base/typedDate.ts';
import type { Post } from '$lib/features/members/index.ts';
import type { Actor, Blocker, Guard, GuardRule, Situation } from './guards.ts';
import { maxNoteLength, type EventExtras } from './lifeEvent.ts';

const secretaryPost: Post = '书记';
const organisationPost: Post = '组织委员';

const isSecretary = ({ role, posts }: Actor): boolean =>
	role === 'secretary' || posts.includes(secretaryPost);
const isConfirmer = (actor: Actor): boolean =>
	isSecretary(actor) || actor.posts.includes(organisationPost);

export const isSaid = (value: unknown): value is string =>
	typeof value === 'string' && value.trim() !== '';

/** The date in a field, or null for anything else. */
export const dateIn = (value: unknown): string | null =>
	typeof value === 'string' && isYmd(value) ? value : null;

export const rule = (name: GuardRule, isBroken: (situation: Situation) => boolean): Guard => {
	const blocker: Blocker = { kind: 'rule', rule: name };
	return (situation) => (isBroken(situation) ? blocker : null);
};

/** The field holds words, or one of a choice. */
export const needsField = (field: string): Guard => {
	const blocker: Blocker = { kind: 'field', field };
	return ({ row }) => (isSaid(row.values[field]) ? null : blocker);
};

export const needsInput = (
	input: keyof EventExtras,
	isGood: (value: unknown) => boolean = isSaid
): Guard => {
	const blocker: Blocker = { kind: 'input', input };
	return ({ extras }) => (isGood(extras[input]) ? null : blocker);
};

export const needsDate = (input: 'due' | 'nextReviewOn'): Guard =>
	needsInput(input, (value) => dateIn(value) !== null);

export const needsNote = needsInput('note', (note) => isSaid(note) && note.length <= maxNoteLength);

export const needsMeasure: Guard = ({ row }) =>
	row.measures.some(({ text }) => isSaid(text)) ? null : { kind: 'field', field: 'measures' };

export const needsEvidence: Guard = ({ row }) =>
	row.evidence.length > 0 ? null : { kind: 'field', field: 'evidence' };

export const bySecretary = rule('secretaryOnly', ({ actor }) => !isSecretary(actor));
export const byConfirmer = rule('confirmersOnly', ({ actor }) => !isConfirmer(actor));

/** An extension to an earlier day, or the same, is none. */
export const laterDue = rule('dueNotLater', ({ row, extras }) => {
	const [before, due] = [dateIn(row.values.due), dateIn(extras.due)];
	return before !== null && due !== null && due <= before;
});

export const someConflict = rule(
	'nothingToSettle',
	({ row }) => row.life.openConflicts.length === 0
);

export const mergeGuards: readonly Guard[] = [
	needsInput('target'),
	rule('targetIsItself', ({ row, extras }) => extras.target === row.id),
	rule(
		'targetMissing',
		({ row, extras, attempt }) =>
			isSaid(extras.target) && extras.target !== row.id && attempt.mergeTarget?.id !== extras.target
	),
	rule('targetMerged', ({ attempt }) => attempt.mergeTarget?.isMerged === true),
	rule('targetTrashed', ({ attempt }) => attempt.mergeTarget?.isTrashed === true)
];
