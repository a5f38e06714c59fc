// What a version-1 plan document may hold, as zod sees it. Limits are generous: they stop nonsense,
// not long notices.

import * as z from 'zod/mini';
import { parseMemberId, type MemberId } from '$lib/base/ids.ts';
import type { Deadline, NoticeWarning, Quota } from './notice/types.ts';
import { appliesValues, selfCheckValues } from './plan.ts';

const text = z.string().check(z.maxLength(100_000));
const words = z.string().check(z.maxLength(2_000));
const wordList = z.array(words).check(z.maxLength(500));
const flag = z.literal(true);
const whole = z.number().check(z.int());
export const ymdSchema = z
	.string()
	.check(z.regex(/^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/));
const memberId = z.custom<MemberId>(
	(value) => typeof value === 'string' && parseMemberId(value) !== null
);
const span = z.object({ start: ymdSchema, end: ymdSchema });

const deadline: z.ZodMiniType<Deadline> = z.object({
	expr: words,
	clause: words,
	of: z.optional(words),
	kind: z.enum(['by', 'window', 'recurring', 'relative', 'standing', 'vague']),
	start: z.optional(ymdSchema),
	end: z.optional(ymdSchema),
	time: z.optional(words),
	rrule: z.optional(z.nullable(words)),
	times: z.optional(z.number()),
	min: z.optional(flag),
	period: z.optional(
		z.enum(['day', 'week', 'month', 'quarter', 'halfyear', 'year', 'term', 'term-of-office'])
	),
	coverage: z.optional(flag),
	offset: z.optional(words),
	businessDays: z.optional(flag),
	anchor: z.optional(
		z.enum([
			'meeting.start',
			'meeting.end',
			'activity.start',
			'activity.end',
			'notice.received',
			'notice.issued',
			'rectificationNotice.received',
			'term.start',
			'term.end',
			'termOfOffice.end',
			'election.date'
		])
	),
	defaultDays: z.optional(z.number()),
	unresolved: z.optional(flag),
	yearAssumed: z.optional(flag),
	event: z.optional(flag),
	weak: z.optional(flag)
});

const quota: z.ZodMiniType<Quota> = z.object({
	expr: words,
	kind: z.enum([
		'count',
		'ratio',
		'coverage',
		'duration',
		'age-max',
		'catalog',
		'steps',
		'money',
		'length'
	]),
	value: z.optional(z.number()),
	unit: z.optional(words),
	of: z.optional(words),
	per: z.optional(words),
	base: z.optional(words),
	approx: z.optional(flag),
	inclusive: z.optional(flag),
	min: z.optional(flag),
	aspects: z.optional(z.number()),
	items: z.optional(z.number()),
	pairs: z.optional(z.array(z.tuple([words, words])))
});

const warning: z.ZodMiniType<NoticeWarning> = z.union([
	z.object({
		code: z.literal('attachment-missing'),
		no: whole,
		label: z.optional(words),
		listed: whole
	}),
	z.object({ code: z.literal('attachment-mismatch'), nos: z.array(whole) }),
	z.object({
		code: z.literal('no-deadline'),
		paths: z.array(wordList),
		inheritedDue: z.optional(ymdSchema)
	})
]);

export const taskSourceShape = {
	origin: z.enum(['notice', 'own']),
	path: wordList,
	title: words,
	text,
	order: z.number(),
	lines: z.object({ from: whole, to: whole }),
	deadlines: z.array(deadline).check(z.maxLength(200)),
	deliverables: wordList,
	quotas: z.array(quota).check(z.maxLength(200)),
	steps: wordList,
	suggestedEvidence: wordList,
	due: ymdSchema,
	dueInherited: z.boolean(),
	responsible: words,
	appliesTo: words,
	withdrawn: z.boolean(),
	createdAt: words
};

export const sectionShape = { path: wordList, title: words, text, order: z.number() };

const stamp = { by: words, on: ymdSchema };
export const stampSchema = z.object(stamp);
export const stateSchema = z.discriminatedUnion('status', [
	z.object({ status: z.literal('未开始') }),
	z.object({
		status: z.literal('进行中'),
		returned: z.optional(z.object({ ...stamp, why: words }))
	}),
	z.object({ status: z.literal('待审核'), ...stamp }),
	z.object({ status: z.literal('已完成'), submittedBy: words, ...stamp })
]);

/** The branch's own fields of a task; see planDocument.ts for where they are kept. */
export const taskWorkShape = {
	title: words,
	due: z.nullable(ymdSchema),
	applies: z.object({ value: z.enum(appliesValues), why: z.optional(words) }),
	leader: memberId,
	selfCheck: z.enum(selfCheckValues),
	state: stateSchema,
	removed: z.nullable(stampSchema)
};

export const planShape = {
	title: words,
	kind: z.enum(['task-assignment', 'plan', 'notice', 'own']),
	period: z.nullable(span),
	periodEnd: ymdSchema,
	source: z.object({
		issuer: z.nullable(words),
		addressee: z.nullable(words),
		docNo: z.nullable(words),
		issuedOn: z.nullable(ymdSchema),
		publishedAt: z.nullable(words),
		noticeTitle: z.nullable(words),
		listTitle: z.nullable(words),
		fingerprint: z.object({ notice: words, content: words }),
		warnings: z.array(warning),
		attachments: z.array(z.object({ no: whole, title: words })),
		references: z.array(
			z.object({ title: words, docNo: z.optional(words), citedAs: z.optional(words) })
		)
	})
};
