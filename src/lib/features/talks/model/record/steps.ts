/**
 * The life of a record: 草稿 → 待签 → 已签 → 已锁定, folded from steps, so that steps taken on two
 * devices at once come to one state. A signature is for exactly the words whose fingerprint it carries;
 * when they change it is stale and counts no more. A lock holds against everything that was done
 * without knowing of it, and keeps the words it locked.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { parseJson } from '$lib/base/json.ts';
import { utf8ToBytes } from '$lib/base/bytes.ts';
import { isYmd } from '$lib/base/typedDate.ts';
import { digestOf, type TalkContent } from './content.ts';
import { factSchemas } from './facts.ts';
import { sectionIds } from './sections.ts';

export const talkStates = ['draft', 'awaiting', 'signed', 'locked'] as const;
export type TalkState = (typeof talkStates)[number];
export type SignRole = 'talker' | 'talkee';
/** By finger on this screen, by confirmation on the person's own device, or on paper. */
export type SignWay = 'hand' | 'device' | 'paper';

const id = z.string().check(z.minLength(1), z.maxLength(64));
const base = {
	by: id,
	at: z.string().check(z.maxLength(40)),
	digest: z.string().check(z.maxLength(64))
};
/** One stroke: `M x y L x y …` in a box 300 wide and 120 high. */
export const inkPattern = /^(?:[ML] ?-?\d{1,4}(?:\.\d)? -?\d{1,4}(?:\.\d)? ?)*$/;
export const maxInkChars = 40_000;

const stepSchema = z.discriminatedUnion('type', [
	z.object({ type: z.literal('finish'), ...base }),
	z.object({ type: z.literal('reopen'), ...base, cancels: z.array(id).check(z.maxLength(500)) }),
	z.object({
		type: z.literal('sign'),
		...base,
		role: z.enum(['talker', 'talkee']),
		way: z.enum(['hand', 'device', 'paper']),
		on: z.string().check(z.refine(isYmd)),
		ink: z.optional(z.string().check(z.maxLength(maxInkChars), z.regex(inkPattern)))
	}),
	z.object({ type: z.literal('lock'), ...base, frozen: z.string().check(z.maxLength(400_000)) })
]);
export type NewStep = z.infer<typeof stepSchema>;
export type TalkStep = NewStep & { readonly id: string };
export type SignStep = Extract<TalkStep, { type: 'sign' }>;

export const stepsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('steps');

export const readSteps = (doc: Y.Doc): TalkStep[] =>
	[...stepsIn(doc)]
		.flatMap(([key, value]) => {
			const parsed = stepSchema.safeParse(value);
			return parsed.success ? [{ id: key, ...parsed.data }] : [];
		})
		.toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1));

/** False when colleagues could not read it. A step is never altered. */
export function appendStep(doc: Y.Doc, key: string, step: NewStep): boolean {
	if (!stepSchema.safeParse(step).success || stepsIn(doc).has(key)) return false;
	stepsIn(doc).set(key, step);
	return true;
}

export interface RecordLife {
	readonly state: TalkState;
	/** For the words as they are, or as they were locked. */
	readonly signatures: Readonly<Record<SignRole, SignStep | null>>;
	/** Given for words that have been changed since. */
	readonly stale: readonly SignStep[];
	/** To be named by a `reopen`: all that it takes back. */
	readonly live: readonly string[];
	/** What holds: the locked words, or the present ones. */
	readonly content: TalkContent;
	readonly lockedAt: string | null;
	/** Words have come in since the lock, from a device that did not know of it. */
	readonly changedSinceLock: boolean;
}

const block = z.object({
	kind: z.enum(['paragraph', 'bullet', 'number']),
	no: z.int(),
	depth: z.int(),
	runs: z.array(z.object({ text: z.string(), bold: z.boolean() }))
});
const frozenSchema = z.object({
	facts: z.object(factSchemas),
	items: z.array(z.int()),
	sections: z.object(
		Object.fromEntries(sectionIds.map((name) => [name, z.array(block)])) as Record<
			(typeof sectionIds)[number],
			z.ZodMiniArray<typeof block>
		>
	)
});

export const freeze = (content: TalkContent): string => JSON.stringify(content);

/** Null when it is not the words that its own fingerprint names. */
function thaw({ frozen, digest }: Extract<TalkStep, { type: 'lock' }>): TalkContent | null {
	const parsed = frozenSchema.safeParse(parseJson(utf8ToBytes(frozen)));
	return parsed.success && digestOf(parsed.data) === digest ? parsed.data : null;
}

function liveSteps(steps: readonly TalkStep[]): TalkStep[] {
	const cancelled = new Set(steps.flatMap((step) => (step.type === 'reopen' ? step.cancels : [])));
	return steps.filter(
		(step) => step.type === 'lock' || (step.type !== 'reopen' && !cancelled.has(step.id))
	);
}

/** Each signs for himself: a talker's signature is the talker's, one by device the person's own. */
function isOwnSign({ role, way, by }: SignStep, { facts }: TalkContent): boolean {
	if (role === 'talker') return by === facts.talkerId;
	return way === 'device' ? by === facts.talkeeId : by === facts.talkerId;
}

const lastOf = (signs: readonly SignStep[], role: SignRole): SignStep | null =>
	signs.findLast((sign) => sign.role === role) ?? null;

export function foldSteps(steps: readonly TalkStep[], present: TalkContent): RecordLife {
	const live = liveSteps(steps);
	const locks = live.flatMap((step) => (step.type === 'lock' ? [{ step, words: thaw(step) }] : []));
	const lock = locks.find(({ words }) => words !== null) ?? null;
	const content = lock?.words ?? present;
	const digest = lock?.step.digest ?? digestOf(present);
	// What was locked was signed: who took a signature back without knowing of the lock came too late.
	const signs = (lock ? steps : live).filter(
		(step): step is SignStep => step.type === 'sign' && isOwnSign(step, content)
	);
	const valid = signs.filter((sign) => sign.digest === digest);
	const signatures = { talker: lastOf(valid, 'talker'), talkee: lastOf(valid, 'talkee') };
	const isFinished = live.some(({ type }) => type === 'finish');
	const isSigned = signatures.talker !== null && signatures.talkee !== null;
	return {
		state: lock ? 'locked' : !isFinished ? 'draft' : isSigned ? 'signed' : 'awaiting',
		signatures,
		stale: signs.filter((sign) => sign.digest !== digest),
		live: live.filter(({ type }) => type !== 'lock').map((step) => step.id),
		content,
		lockedAt: lock?.step.at ?? null,
		changedSinceLock: lock !== null && digestOf(present) !== lock.step.digest
	};
}
