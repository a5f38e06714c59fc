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
		['level', 'urgent'],
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
	]
};
