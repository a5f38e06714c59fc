/**
 * How long talks are kept before somebody is asked (domain notes 6.4). Nothing is deleted by itself:
 * when the time is over the talker is asked, and can keep a record longer.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { addDays, isYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { TalkHeading } from './record/heading.ts';

export interface RetentionRules {
	/** Days that a draft stays in the trash before its talker is asked to delete it. */
	readonly trashDays: number;
	/** Years that a signed record is kept; the paper original is the record. */
	readonly keepYears: number;
}

/** Who settled it last, so that a default is told from what the committee wants. */
export interface RetentionDecision {
	/** Member id. */
	readonly by: string;
	readonly on: Ymd;
}

export const defaultRetention: RetentionRules = { trashDays: 30, keepYears: 2 };
export const longestRetention: RetentionRules = { trashDays: 3650, keepYears: 50 };

const upTo = (most: number) => z.int().check(z.gte(1), z.lte(most));
const schemas = {
	trashDays: upTo(longestRetention.trashDays),
	keepYears: upTo(longestRetention.keepYears)
} as const;
const names = Object.keys(schemas) as (keyof RetentionRules)[];
const decisionSchema = z.object({
	by: z.string().check(z.minLength(1), z.maxLength(64)),
	on: z.string().check(z.refine(isYmd))
});

export const retentionIn = (root: Y.Doc): Y.Map<unknown> => root.getMap('talkRetention');

export function readRetention(root: Y.Doc): RetentionRules {
	const map = retentionIn(root);
	const read = (name: keyof RetentionRules): number => {
		const parsed = schemas[name].safeParse(map.get(name));
		return parsed.success ? parsed.data : defaultRetention[name];
	};
	return { trashDays: read('trashDays'), keepYears: read('keepYears') };
}

/** Null as long as the defaults were only proposed. */
export function readDecision(root: Y.Doc): RetentionDecision | null {
	const parsed = decisionSchema.safeParse(retentionIn(root).get('decided'));
	return parsed.success ? parsed.data : null;
}

/** What a field holds as typed; null for what is no number of days or years. */
export function parseDuration(name: keyof RetentionRules, text: string): number | null {
	const parsed = schemas[name].safeParse(/^\d+$/.test(text.trim()) ? Number(text) : null);
	return parsed.success ? parsed.data : null;
}

/** Only what is given is written, so that two who change different ones lose nothing. False for nonsense. */
export function putRetention(
	root: Y.Doc,
	rules: Partial<RetentionRules>,
	decision: RetentionDecision
): boolean {
	const given = names.filter((name) => rules[name] !== undefined);
	if (!given.every((name) => schemas[name].safeParse(rules[name]).success)) return false;
	root.transact(() => {
		for (const name of given) retentionIn(root).set(name, rules[name]);
		retentionIn(root).set('decided', { by: decision.by, on: decision.on });
	});
	return true;
}

/** The same day in another year; the 29th of February becomes the 1st of March. */
export function addYears(day: Ymd, years: number): Ymd {
	const [year = '', month, date] = day.split('-');
	const next = `${String(Number(year) + years).padStart(4, '0')}-${month}-${date}`;
	return month === '02' && date === '29' && !isLeap(Number(year) + years)
		? next.replace('02-29', '03-01')
		: next;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

type Kept = Pick<TalkHeading, 'on' | 'state' | 'trashedOn' | 'keepUntil'>;

/** From when on the talker is asked about it; null for a draft that is not in the trash. */
export function askFrom(talk: Kept, rules: RetentionRules): Ymd | null {
	if (talk.trashedOn !== null) return addDays(talk.trashedOn, rules.trashDays);
	if (talk.state === 'draft') return null;
	const over = addYears(talk.on, rules.keepYears);
	return talk.keepUntil !== null && talk.keepUntil > over ? talk.keepUntil : over;
}

export const isOver = (talk: Kept, rules: RetentionRules, today: Ymd): boolean => {
	const from = askFrom(talk, rules);
	return from !== null && from <= today;
};
