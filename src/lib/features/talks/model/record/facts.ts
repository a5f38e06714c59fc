/** Who talked with whom, when, where and how: the head of a talk record, field by field. */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { isYmd, type Ymd } from '$lib/base/typedDate.ts';
import { pairKinds, type PairKind } from '../coverage/talkPeople.ts';

export const talkKinds = [
	'mustTalk',
	'daily',
	'beforeMeeting',
	'thought',
	'visit',
	'principals',
	'reminder',
	'admonition'
] as const;
export type TalkKind = (typeof talkKinds)[number];

/** 提醒谈话, 约谈: kept in the restricted circle, and counted nowhere (domain notes 6.1). */
export const isRestrictedKind = (kind: TalkKind): boolean =>
	kind === 'reminder' || kind === 'admonition';

export const talkModes = ['single', 'group', 'visit', 'condolence', 'phone'] as const;
export type TalkMode = (typeof talkModes)[number];

export interface TalkFacts {
	/** Member id of the one who holds the talk and keeps the record. */
	readonly talkerId: string;
	/** Member id; null for somebody outside the register, who has a name. */
	readonly talkeeId: string | null;
	readonly talkeeName: string;
	readonly on: Ymd;
	/** 'HH:MM' */
	readonly startAt: string | null;
	readonly endAt: string | null;
	readonly place: string;
	readonly mode: TalkMode;
	readonly kind: TalkKind;
	readonly pairKind: PairKind;
}
export type TalkFact = keyof TalkFacts;

export const maxPlaceChars = 100;
export const maxNameChars = 60;

const id = z.string().check(z.minLength(1), z.maxLength(64));
const time = z.nullable(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)));

export const factSchemas = {
	talkerId: id,
	talkeeId: z.nullable(id),
	talkeeName: z.string().check(z.maxLength(maxNameChars)),
	on: z.string().check(z.refine(isYmd)),
	startAt: time,
	endAt: time,
	place: z.string().check(z.maxLength(maxPlaceChars)),
	mode: z.enum(talkModes),
	kind: z.enum(talkKinds),
	pairKind: z.enum(pairKinds)
} satisfies { [F in TalkFact]: z.ZodMiniType<TalkFacts[F]> };

const factNames = Object.keys(factSchemas) as TalkFact[];

export const factsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('facts');

/** What is missing or does not parse is taken from `fallback`: the heading the talk is listed under. */
export function readFacts(doc: Y.Doc, fallback: TalkFacts): TalkFacts {
	const map = factsIn(doc);
	const read: Record<string, unknown> = { ...fallback };
	for (const name of factNames) {
		const parsed = z.safeParse<z.ZodMiniType>(factSchemas[name], map.get(name));
		if (parsed.success) read[name] = parsed.data;
	}
	return read as unknown as TalkFacts;
}

/** What colleagues' devices could not read is not written. */
export function writeFacts(doc: Y.Doc, facts: Partial<TalkFacts>): void {
	const map = factsIn(doc);
	doc.transact(() => {
		for (const name of factNames) {
			const value = facts[name];
			if (value === undefined || map.get(name) === value) continue;
			if (z.safeParse<z.ZodMiniType>(factSchemas[name], value).success) map.set(name, value);
		}
	});
}
