/** 问题清单 and 整改台账: what each step asks for. */
import { addDays, type Ymd } from '$lib/base/typedDate.ts';
import {
	byConfirmer,
	bySecretary,
	dateIn,
	isSaid,
	laterDue,
	mergeGuards,
	needsDate,
	needsEvidence,
	needsField,
	needsInput,
	needsMeasure,
	needsNote,
	rule,
	someConflict
} from './guardParts.ts';
import type { Guard, GuardRow, Guards, Situation } from './guards.ts';

const immediateDays = 7;

/** 3. 第3项： （三） 3、 before an item, as lists and people number it; NFKC has made the rest ASCII. */
const itemNumber = /^\(?第?[\d一二三四五六七八九十]{1,4}(?:[项条款)]|[.、,:]|\s)+/u;

/** What two ways of writing an item have in common: no number before it, no punctuation. */
const bareText = (words: string): string =>
	words
		.normalize('NFKC')
		.trim()
		.replace(itemNumber, '')
		.replace(/[^\p{L}\p{N}]/gu, '');

const isOnlyCatalogueText = ({ row, attempt }: Situation): boolean => {
	const { manifestation } = row.values;
	if (!isSaid(manifestation)) return false;
	const bare = bareText(manifestation);
	return (attempt.catalogueTexts ?? []).some((item) => bareText(item) === bare);
};

const isImmediate = ({ values }: GuardRow): boolean => values.rectKind === 'immediate';

/** 立行立改 has a date even if nobody set one. */
export function dueOnStart(row: GuardRow, today: Ymd, days: number = immediateDays): Ymd | null {
	return dateIn(row.values.due) ?? (isImmediate(row) ? addDays(today, days) : null);
}

const needsDue: Guard = ({ row, extras }) =>
	(dateIn(row.values.due) ?? dateIn(extras.due) ?? (isImmediate(row) || null))
		? null
		: { kind: 'field', field: 'due' };

const needsCadence: Guard = ({ row, extras }) =>
	isSaid(extras.cadence) || isSaid(row.values.reviewCadence)
		? null
		: { kind: 'field', field: 'reviewCadence' };

/** Neither the one who signs nor the one named beforehand. */
const otherVerifier = rule('verifierIsResponsible', ({ row, actor }) => {
	const { responsibleId, verifierId } = row.values;
	return isSaid(responsibleId) && (actor.member === responsibleId || verifierId === responsibleId);
});

export const problemGuards: Guards = {
	submit: [needsField('manifestation'), rule('onlyCatalogueText', isOnlyCatalogueText)],
	confirm: [byConfirmer, needsField('level'), needsField('aspect')],
	reject: [needsNote],
	resume: [bySecretary, needsNote],
	merge: mergeGuards,
	start: [
		needsField('goal'),
		needsMeasure,
		needsField('responsibleId'),
		needsField('leaderId'),
		needsDue
	],
	apply: [needsField('result'), needsEvidence],
	accept: [otherVerifier, needsNote],
	return: [needsNote],
	longTerm: [needsInput('meeting'), needsField('result'), needsCadence],
	review: [needsNote, needsDate('nextReviewOn')],
	extend: [needsNote, needsDate('due'), needsInput('approver'), laterDue],
	reopen: [needsNote],
	recheck: [needsNote],
	settle: [someConflict]
};
