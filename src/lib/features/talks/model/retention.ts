/**
 * How long talks are kept before somebody is asked (domain notes 6.4). Nothing is deleted by itself:
 * when the time is over the talker is asked, and can keep a record longer.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { addDays, type Ymd } from '$lib/base/typedDate.ts';
import type { TalkHeading } from './record/heading.ts';

export interface RetentionRules {
	/** Days that a draft stays in the trash before its talker is asked to delete it. */
	readonly trashDays: number;
	/** Years that a signed record is kept; the paper original is the record. */
	readonly keepYears: number;
}

export const defaultRetention: RetentionRules = { trashDays: 30, keepYears: 2 };

const schemas = {
	trashDays: z.int().check(z.gte(1), z.lte(3650)),
	keepYears: z.int().check(z.gte(1), z.lte(50))
} as const;

export const retentionIn = (root: Y.Doc): Y.Map<unknown> => root.getMap('talkRetention');

export function readRetention(root: Y.Doc): RetentionRules {
	const map = retentionIn(root);
	const read = (name: keyof RetentionRules): number => {
		const parsed = schemas[name].safeParse(map.get(name));
		return parsed.success ? parsed.data : defaultRetention[name];
	};
	return { trashDays: read('trashDays'), keepYears: read('keepYears') };
}

/** False for a number that is none. */
export function putRetention(root: Y.Doc, name: keyof RetentionRules, value: number): boolean {
	const { success } = schemas[name].safeParse(value);
	if (success) retentionIn(root).set(name, value);
	return success;
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
