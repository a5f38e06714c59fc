import type { LedgerRow } from '../../model/rows/ledgerRow.ts';
import type { ViewLedger } from '../../model/view/savedView.ts';

/** The fields of the form, those that belong together in one line. */
export const formFields: Readonly<Record<ViewLedger, readonly (readonly string[])[]>> = {
	problems: [
		['manifestation'],
		['aspect', 'itemNo'],
		['sources'],
		['rootCause'],
		['leaderId', 'responsibleId'],
		['rectKind', 'due'],
		['level', 'ownerMemberId', 'urgent'],
		['topics'],
		['department'],
		['remark']
	],
	rectification: [
		['manifestation'],
		['goal'],
		['leaderId', 'responsibleId'],
		['rectKind', 'due'],
		['result'],
		['verifierId', 'department'],
		['reviewCadence', 'nextReviewOn'],
		['remark']
	],
	opinions: [
		['words'],
		['on', 'channel'],
		['group', 'urgent'],
		['topics'],
		['itemNo'],
		['responsibleId', 'due'],
		['measure'],
		['result'],
		['replyOn', 'replyWay'],
		['satisfaction'],
		['remark']
	],
	personal: [
		['manifestation'],
		['aspect', 'itemNo'],
		['sources'],
		['rootCause'],
		['goal'],
		['rectKind', 'due'],
		['result'],
		['topics'],
		['remark']
	]
};

/** Whose a problem is, is asked only where it is one person's. */
export const isAsked = (field: string, { values }: Pick<LedgerRow, 'values'>): boolean =>
	field !== 'ownerMemberId' || values.level === 'person' || values.ownerMemberId !== undefined;
