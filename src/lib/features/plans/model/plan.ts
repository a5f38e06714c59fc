// The words of the feature: a plan as read from its document. Values people choose from are the
// domain's own Chinese terms; the screen translates them.

import type { MemberId } from '$lib/base/ids.ts';
import type {
	DateSpan,
	Deadline,
	LineRange,
	NoticeAttachment,
	NoticeFingerprint,
	NoticeKind,
	NoticeReference,
	NoticeWarning,
	Quota,
	Ymd
} from './notice/types.ts';
import type { TaskState } from './taskStatus.ts';

export type { DateSpan, Deadline, Quota, Ymd };

export const appliesValues = ['适用', '不适用', '待确认'] as const;
export type AppliesValue = (typeof appliesValues)[number];
export const selfCheckValues = ['未查', '符合', '部分符合', '不符合'] as const;
export type SelfCheck = (typeof selfCheckValues)[number];
/** Collaborative texts of a task, all the branch's own. */
export const textFields = ['localMeasure', 'gap', 'result', 'note'] as const;
export type TextField = (typeof textFields)[number];
/** Who a person is to a task: several people can be added at once without losing one. */
export type PeopleRole = 'responsible' | 'co';
/** What can be ticked off inside a task. */
export type TickKind = 'step' | 'deliverable' | 'instance';

export type TaskId = string;
export type Tick = { by: string; on: Ymd };
export type Removal = { by: string; on: Ymd };
export type Applies = { value: AppliesValue; why?: string };

/** What came from above, or the first words of a task of the branch's own. */
export type TaskSource = {
	origin: 'notice' | 'own';
	path: string[];
	title: string;
	text: string;
	order: number;
	lines?: LineRange;
	deadlines: Deadline[];
	deliverables: string[];
	quotas: Quota[];
	steps: string[];
	suggestedEvidence: string[];
	due?: Ymd;
	dueInherited?: boolean;
	responsible?: string;
	appliesTo?: string;
	/** A later version of the notice no longer has it. */
	withdrawn?: boolean;
	createdAt?: string;
};

export type DueFrom = 'set' | 'notice' | 'period' | 'none';

export type Task = TaskSource & {
	id: TaskId;
	/** The title of the notice, where the branch has worded its own. */
	sourceTitle: string;
	due: Ymd | undefined;
	dueFrom: DueFrom;
	applies: Applies;
	leaderId: MemberId | null;
	responsibleIds: readonly MemberId[];
	coIds: readonly MemberId[];
	selfCheck: SelfCheck;
	state: TaskState;
	removed: Removal | null;
	ticks: { readonly [K in TickKind]: ReadonlyMap<string, Tick> };
	/** Fields whose stored value is not one we know: shown as such, never overwritten unasked. */
	unreadable: readonly string[];
};

export type PlanSection = {
	key: string;
	path: string[];
	title: string;
	text: string;
	order: number;
};

export type PlanSource = {
	issuer: string | null;
	addressee: string | null;
	docNo: string | null;
	issuedOn: Ymd | null;
	publishedAt: string | null;
	noticeTitle: string | null;
	listTitle: string | null;
	fingerprint: NoticeFingerprint;
	warnings: NoticeWarning[];
	attachments: NoticeAttachment[];
	references: NoticeReference[];
};

export type Plan = {
	title: string;
	kind: NoticeKind | 'own';
	/** `end` is the branch's own where it has set one. */
	period: DateSpan | null;
	source: PlanSource | null;
	unreadable: readonly string[];
};

export const pathKey = (path: readonly string[]): string => path.join('.');
