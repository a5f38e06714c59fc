// What a reading depends on besides its words. Defaults are office usage; a branch can change all.

import type { DateSpan, Ymd } from '../calendarDate.ts';

export type SchoolTerms = { spring: [string, string]; autumn: [string, string] };
export type DeadlineContext = {
	docDate: Ymd;
	terms: SchoolTerms;
	monthStartDays: number;
	monthEndDays: number;
	/** Local time of 下班前. */
	offTime: string;
	/** 严格不含当日: X前 ends the day before X. */
	strictBefore: boolean;
	immediateDays: number;
	/** Windows the branch has named, e.g. 党建月. */
	namedWindows: Readonly<Record<string, DateSpan>>;
};

export function deadlineContext(
	docDate: Ymd,
	settings: Partial<Omit<DeadlineContext, 'docDate'>> = {}
): DeadlineContext {
	return {
		docDate,
		terms: { spring: ['02-15', '07-15'], autumn: ['09-01', '01-15'] },
		monthStartDays: 5,
		monthEndDays: 5,
		offTime: '18:00',
		strictBefore: false,
		immediateDays: 7,
		namedWindows: {},
		...settings
	};
}
