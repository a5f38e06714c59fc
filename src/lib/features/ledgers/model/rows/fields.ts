/**
 * What a row of a ledger can hold. The fields of the printed forms are fixed here; a branch adds
 * columns of its own, which are fields too and lie in the row under `own:<column>`.
 */
import { parsePastDate, parseTypedDate, type Ymd } from '$lib/base/typedDate.ts';

export type FieldKind =
	| 'text'
	| 'longText'
	| 'number'
	| 'date'
	| 'person'
	| 'choice'
	| 'multi'
	| 'check'
	| 'link'
	| 'item';

/** A ledger's rows; the problem list and the rectification ledger are two views of `problems`. */
export const tables = ['problems', 'opinions'] as const;
export type TableName = (typeof tables)[number];

export interface LedgerField {
	readonly id: string;
	/**
	 * `longText` is shared text, merged letter by letter; `multi` a set, in which two people's ticks
	 * unite; `item` the number of a catalogue item; all others hold the value written last.
	 */
	readonly kind: FieldKind;
	/** For `choice` and `multi`: the keys there are. */
	readonly choices?: readonly string[];
	/** Words that are no key may stand in it too. */
	readonly free?: boolean;
	/** For `date`: it has happened, so that 3月20日 is the last one there was. */
	readonly past?: boolean;
}

export const problemSources = [
	'selfCheck',
	'talk',
	'opinions',
	'orgLifeMeeting',
	'memberAppraisal',
	'circular',
	'upperFeedback',
	'visit',
	'other'
] as const;
export const rectKinds = ['immediate', 'timed', 'longTerm'] as const;
export const problemLevels = ['branch', 'team', 'person', 'school'] as const;
export const reviewCadences = ['monthly', 'quarterly', 'halfYearly', 'yearly'] as const;
/** The seven of the notice LE-03 quotes; more may be typed. */
export const topicKeys = [
	'safety',
	'lawfulTeaching',
	'tutoring',
	'fees',
	'afterClass',
	'food',
	'teachingQuality',
	'teacherEthics'
] as const;

export type ProblemSource = (typeof problemSources)[number];
export type RectKind = (typeof rectKinds)[number];
export type ProblemLevel = (typeof problemLevels)[number];

const field = <const Id extends string>(
	id: Id,
	kind: FieldKind,
	more: Omit<LedgerField, 'id' | 'kind'> = {}
): LedgerField & { readonly id: Id } => ({ id, kind, ...more });

export const problemFields = [
	field('aspect', 'choice', { free: true }),
	field('itemNo', 'item'),
	field('manifestation', 'longText'),
	field('sources', 'multi', { choices: problemSources }),
	field('rootCause', 'longText'),
	field('leaderId', 'person'),
	field('responsibleId', 'person'),
	field('remark', 'longText'),
	field('rectKind', 'choice', { choices: rectKinds }),
	field('due', 'date'),
	field('level', 'choice', { choices: problemLevels }),
	/** Whose problem it is, at level 个人. */
	field('ownerMemberId', 'person'),
	field('urgent', 'check'),
	field('topics', 'multi', { choices: topicKeys, free: true }),
	field('goal', 'longText'),
	field('result', 'longText'),
	field('department', 'text'),
	field('verifierId', 'person'),
	field('reviewCadence', 'choice', { choices: reviewCadences }),
	field('nextReviewOn', 'date'),
	field('sourceBatch', 'text')
] as const satisfies readonly LedgerField[];

export const opinionChannels = [
	'parentMeeting',
	'teacherForum',
	'box',
	'phone',
	'visit',
	'online',
	'staffCongress',
	'talk',
	'other'
] as const;
/** Whose opinion, never who: an opinion carries no name. */
export const opinionGroups = [
	'parents',
	'teachers',
	'students',
	'public',
	'members',
	'society'
] as const;
export const satisfactions = ['satisfied', 'fair', 'unsatisfied', 'unrated'] as const;

export const opinionFields = [
	field('on', 'date', { past: true }),
	field('channel', 'choice', { choices: opinionChannels }),
	field('group', 'choice', { choices: opinionGroups }),
	field('words', 'longText'),
	field('topics', 'multi', { choices: topicKeys, free: true }),
	field('itemNo', 'item'),
	field('urgent', 'check'),
	field('responsibleId', 'person'),
	field('measure', 'longText'),
	field('due', 'date'),
	field('result', 'longText'),
	field('replyOn', 'date', { past: true }),
	field('replyWay', 'text'),
	field('satisfaction', 'choice', { choices: satisfactions }),
	field('remark', 'longText'),
	/** The row of the problem it became. */
	field('problemId', 'text')
] as const satisfies readonly LedgerField[];

export type ProblemFieldId = (typeof problemFields)[number]['id'];
export type OpinionFieldId = (typeof opinionFields)[number]['id'];

/** A day as people type it in a field. */
export const parseDay = (
	{ past }: Pick<LedgerField, 'past'>,
	typed: string,
	today: Ymd
): Ymd | null => (past ? parsePastDate : parseTypedDate)(typed, today);

const builtIn: Readonly<Record<TableName, readonly LedgerField[]>> = {
	problems: problemFields,
	opinions: opinionFields
};

export const builtInFields = (table: TableName): readonly LedgerField[] => builtIn[table];

const OWN = 'own:';
export const ownFieldId = (column: string): string => OWN + column;
export const isOwnField = (fieldId: string): boolean => fieldId.startsWith(OWN);
