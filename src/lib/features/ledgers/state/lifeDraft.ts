/**
 * What a step asks the person who takes it, what is proposed, and what is written: the event's own
 * words and the fields that are settled with it. Whether it may be taken is the guards' business.
 */
import { addDays, isYmd, realYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { GuardRow, RowKind } from '../model/life/guards.ts';
import type { EventExtras, ReviewCadence, Satisfaction } from '../model/life/lifeEvent.ts';
import type { StepType } from '../model/life/machine.ts';
import { dueOnStart } from '../model/life/problemGuards.ts';
import { immediateRectDays } from '../model/rows/dueState.ts';
import type { RowValues } from '../model/rows/rowEdit.ts';

export const draftKeys = [
	'target',
	'result',
	'note',
	'meeting',
	'cadence',
	'due',
	'nextReviewOn',
	'approver',
	'replyOn',
	'replyWay',
	'satisfaction'
] as const;
export type DraftKey = (typeof draftKeys)[number];
/** What stands in the dialog; empty for nothing. */
export type LifeDraft = Readonly<Record<DraftKey, string>>;
/** In the order in which they are asked. */
export type Asked = Readonly<Partial<Record<DraftKey, 'must' | 'may'>>>;

const askedOf: Readonly<Record<RowKind, Partial<Record<StepType, Asked>>>> = {
	problem: {
		reject: { note: 'must' },
		resume: { note: 'must' },
		merge: { target: 'must', note: 'may' },
		accept: { note: 'must' },
		return: { note: 'must', due: 'may' },
		longTerm: { meeting: 'must', result: 'must', cadence: 'must', nextReviewOn: 'may' },
		review: { note: 'must', nextReviewOn: 'must' },
		extend: { due: 'must', note: 'must', approver: 'must' },
		reopen: { note: 'must', due: 'may' },
		recheck: { note: 'must' }
	},
	opinion: {
		merge: { target: 'must', note: 'may' },
		finish: { result: 'must', satisfaction: 'may' },
		reply: { result: 'may', replyOn: 'must', replyWay: 'must', satisfaction: 'may' },
		decline: { note: 'must' },
		transfer: { target: 'must', note: 'may' },
		reopen: { note: 'must' },
		extend: { due: 'must', note: 'must' }
	}
};

const none: Asked = {};
export const guardWord = (row: GuardRow, field: string): string => {
	const value = row.values[field];
	return typeof value === 'string' ? value : '';
};
const isImmediate = (row: GuardRow): boolean => row.values.rectKind === 'immediate';

export function askedFor(kind: RowKind, type: StepType, row: GuardRow): Asked {
	// 立行立改 without a date: it is proposed, and seen before it is set.
	if (kind === 'problem' && type === 'start' && guardWord(row, 'due') === '' && isImmediate(row))
		return { due: 'must' };
	return askedOf[kind][type] ?? none;
}

const monthsOf: Readonly<Record<string, number>> = {
	monthly: 1,
	quarterly: 3,
	halfYearly: 6,
	yearly: 12
};

/** The same day of a later month, or its last one. Empty for no cadence. */
export function reviewAfter(today: Ymd, cadence: string): string {
	const months = monthsOf[cadence];
	if (months === undefined || !isYmd(today)) return '';
	const [year, month, day] = today.split('-').map(Number) as [number, number, number];
	const index = year * 12 + month - 1 + months;
	for (let last = day; last >= 28; last -= 1) {
		const found = realYmd(Math.floor(index / 12), (index % 12) + 1, last);
		if (found !== null) return found;
	}
	return realYmd(Math.floor(index / 12), (index % 12) + 1, day) ?? '';
}

function proposedDue(type: StepType, row: GuardRow, today: Ymd): string {
	if (type === 'start') return dueOnStart(row, today) ?? '';
	if (!isImmediate(row)) return '';
	const due = addDays(today, immediateRectDays);
	return due > guardWord(row, 'due') ? due : '';
}

export function firstDraft(kind: RowKind, type: StepType, row: GuardRow, today: Ymd): LifeDraft {
	const asked = askedFor(kind, type, row);
	const cadence = guardWord(row, 'reviewCadence');
	const proposed: LifeDraft = {
		...{ target: '', note: '', meeting: '', approver: '', cadence },
		due: proposedDue(type, row, today),
		nextReviewOn: reviewAfter(today, cadence),
		result: guardWord(row, 'result'),
		replyOn: guardWord(row, 'replyOn') || today,
		replyWay: guardWord(row, 'replyWay'),
		satisfaction: guardWord(row, 'satisfaction')
	};
	const isAsked = ([key]: [string, string]): boolean => asked[key as DraftKey] !== undefined;
	const empty = Object.fromEntries(draftKeys.map((key) => [key, '']));
	return { ...empty, ...Object.fromEntries(Object.entries(proposed).filter(isAsked)) } as LifeDraft;
}

export interface PlannedStep {
	readonly extras: EventExtras;
	/** Of the row itself. */
	readonly values: RowValues;
}

/** Fields that the answers are written into; what is left empty leaves them as they are. */
export const fieldOf: Partial<Record<DraftKey, string>> = {
	due: 'due',
	cadence: 'reviewCadence',
	nextReviewOn: 'nextReviewOn',
	replyOn: 'replyOn',
	replyWay: 'replyWay',
	satisfaction: 'satisfaction',
	result: 'result'
};

/** Steps that say which evidence was there when they were taken. */
const withEvidence: ReadonlySet<StepType> = new Set(['apply', 'accept']);

function evidenceOf(type: StepType, row: GuardRow): EventExtras {
	if (!withEvidence.has(type)) return {};
	return { evidenceIds: row.evidence.map((one) => (one as { id: string }).id) };
}

export function planStep(
	kind: RowKind,
	type: StepType,
	row: GuardRow,
	draft: LifeDraft
): PlannedStep {
	const asked = askedFor(kind, type, row);
	const said = draftKeys.filter((key) => asked[key] !== undefined && draft[key].trim() !== '');
	const values = said.flatMap((key): [string, string][] => {
		const field = fieldOf[key];
		return field === undefined ? [] : [[field, draft[key].trim()]];
	});
	const has = (key: DraftKey): boolean => said.includes(key);
	const before = guardWord(row, 'due');
	return {
		values: Object.fromEntries(values),
		extras: {
			...evidenceOf(type, row),
			...(has('note') && { note: draft.note.trim() }),
			...(has('due') && { due: draft.due, ...(before !== '' && { dueBefore: before }) }),
			...(has('approver') && { approver: draft.approver }),
			...(has('target') && { target: draft.target.trim() }),
			...(has('meeting') && { meeting: draft.meeting.trim() }),
			...(has('cadence') && { cadence: draft.cadence as ReviewCadence }),
			...(has('nextReviewOn') && { nextReviewOn: draft.nextReviewOn }),
			...(has('satisfaction') && { satisfaction: draft.satisfaction as Satisfaction })
		}
	};
}
