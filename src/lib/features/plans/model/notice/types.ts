// The shapes of an imported notice. Plain JSON: nothing here knows Yjs, the screen or a language.

import type { DateSpan, Ymd } from './calendarDate.ts';

export type { DateSpan, Ymd };

export type DeadlineKind = 'by' | 'window' | 'recurring' | 'relative' | 'standing' | 'vague';
export type RecurrencePeriod =
	'day' | 'week' | 'month' | 'quarter' | 'halfyear' | 'year' | 'term' | 'term-of-office';
export type DeadlineAnchor =
	| 'meeting.start'
	| 'meeting.end'
	| 'activity.start'
	| 'activity.end'
	| 'notice.received'
	| 'notice.issued'
	| 'rectificationNotice.received'
	| 'term.start'
	| 'term.end'
	| 'termOfOffice.end'
	| 'election.date';

/** What an expression means, apart from where it stands. Ends are inclusive; offsets are ISO 8601. */
export type DeadlineReading = {
	kind: DeadlineKind;
	start?: Ymd;
	end?: Ymd;
	/** Local time of day on `end`, e.g. 17:00. */
	time?: string;
	rrule?: string | null;
	times?: number;
	min?: true;
	period?: RecurrencePeriod;
	coverage?: true;
	offset?: string;
	businessDays?: true;
	anchor?: DeadlineAnchor;
	/** Days to propose for 立行立改 and the like; never a date by itself. */
	defaultDays?: number;
	/** Needs a setting of the branch (党建月, 统一活动日). */
	unresolved?: true;
	/** The year was guessed into the next one: show it for confirmation. */
	yearAssumed?: true;
	/** A date that is told, not set (3月以来): no duty by itself. */
	event?: true;
	/** A bare name or year, a deadline only where the sentence makes it one. */
	weak?: true;
};
export type Deadline = DeadlineReading & { expr: string; clause: string; of?: string };

export type QuotaKind =
	| 'count'
	| 'ratio'
	| 'coverage'
	| 'duration'
	| 'age-max'
	| 'catalog'
	| 'steps'
	| 'money'
	| 'length';
export type Quota = {
	expr: string;
	kind: QuotaKind;
	value?: number;
	unit?: string;
	of?: string;
	per?: string;
	base?: string;
	approx?: true;
	inclusive?: true;
	min?: true;
	aspects?: number;
	items?: number;
	pairs?: [string, string][];
};

/** Line indexes of the raw text, from 0, both included. */
export type LineRange = { from: number; to: number };

export type TaskQuestion =
	{ code: 'applies-to-others'; appliesTo: string } | { code: 'vague-deadline'; exprs: string[] };

export type NoticeTask = {
	path: string[];
	title: string;
	text: string;
	lines: LineRange;
	deadlines: Deadline[];
	deliverables: string[];
	roles: string[];
	quotas: Quota[];
	steps: string[];
	channels: string[];
	topics: string[];
	due?: Ymd;
	dueInherited?: true;
	responsible?: string;
	responsibleInherited?: true;
	appliesTo?: string;
	module: NoticeModule;
	meetings: string[];
	userSettings: string[];
	suggestedEvidence: string[];
	questions: TaskQuestion[];
};
export type NoticeModule =
	'plans' | 'meetings' | 'talks' | 'ledgers' | 'decisions' | 'supervision' | 'members' | 'calendar';

export type NoticeSection = { path: string[]; title: string; text?: string; lines: LineRange };
export type NoticeReference = { title: string; docNo?: string; citedAs?: string };
export type NoticeAttachment = { no: number; title: string };
export type SupervisionRule = {
	kind: 'inspection' | 'ranking' | 'explanation';
	text: string;
	groupBy?: string;
	who?: string;
	at?: string;
};

export type NoticeWarning =
	| { code: 'attachment-missing'; no: number; label?: string; listed: number }
	| { code: 'attachment-mismatch'; nos: number[] }
	| { code: 'no-deadline'; paths: string[][]; inheritedDue?: Ymd };

export type NoticeKind = 'task-assignment' | 'plan' | 'notice';
export type NoticeDocument = {
	title: string | null;
	listTitle: string | null;
	kind: NoticeKind;
	issuer: string | null;
	addressee: string | null;
	sourceDept: string | null;
	issuedOn: Ymd | null;
	/** Local date and time as printed on the page, e.g. 2023-03-13T14:08. */
	publishedAt: string | null;
	docNo: string | null;
	year: number;
	period: (DateSpan & { expr: string }) | null;
	preamble: string;
	deadlines: Deadline[];
	supervision: SupervisionRule[];
	references: NoticeReference[];
	attachments: NoticeAttachment[];
	warnings: NoticeWarning[];
};

export type RepairCounts = { annotations: number; garbles: number };
/** `line` is an index of the raw text, `at` an offset in the repaired text of that line. */
export type Suspect = { line: number; at: number; excerpt: string };

export type NoticeImport = {
	document: NoticeDocument;
	sections: NoticeSection[];
	tasks: NoticeTask[];
	repairs: RepairCounts;
	suspects: Suspect[];
	cleanText: string;
	fingerprint: NoticeFingerprint;
};

/** `notice` says it is the same notice, `content` that nothing in it changed. */
export type NoticeFingerprint = { notice: string; content: string };
