/**
 * What a talk is listed under, as its document's title: small JSON that only those who may read the
 * talk can read. Hundreds of talks are listed by it without opening one.
 */
import * as z from 'zod/mini';
import { parseJson } from '$lib/base/json.ts';
import { utf8ToBytes } from '$lib/base/bytes.ts';
import type { Ymd } from '$lib/base/typedDate.ts';
import { factSchemas, type TalkFacts } from './facts.ts';
import { talkStates, type TalkState } from './steps.ts';

export interface TalkHeading extends Pick<
	TalkFacts,
	'talkerId' | 'talkeeId' | 'talkeeName' | 'on' | 'kind' | 'mode' | 'pairKind'
> {
	readonly state: TalkState;
	/** Random id of its line in the branch document; null where there is to be none. */
	readonly stub: string | null;
	/** Something was written: from then on the talk is counted. */
	readonly begun: boolean;
	/** Both have signed. */
	readonly signed: boolean;
	readonly openClues: number;
	/** Handed on, and in no ledger yet. */
	readonly pendingClues: number;
	/** The day it was put into the trash. */
	readonly trashedOn: Ymd | null;
	/** Somebody decided to keep it until then, past its time. */
	readonly keepUntil: Ymd | null;
	/** Of the next follow-up that is not done. */
	readonly nextDue: Ymd | null;
}

/** What a title may hold (core's keys entries). */
export const maxTitleChars = 400;

const schema = z.object({
	v: z.literal(1),
	a: factSchemas.talkerId,
	b: factSchemas.talkeeId,
	n: z.optional(factSchemas.talkeeName),
	on: factSchemas.on,
	k: factSchemas.kind,
	m: factSchemas.mode,
	p: factSchemas.pairKind,
	s: z.enum(talkStates),
	st: z.nullable(z.string().check(z.minLength(1), z.maxLength(64))),
	w: z.optional(z.literal(1)),
	g: z.optional(z.literal(1)),
	c: z.optional(z.int().check(z.gte(0))),
	h: z.optional(z.int().check(z.gte(0))),
	f: z.optional(factSchemas.on),
	x: z.optional(factSchemas.on),
	u: z.optional(factSchemas.on)
});

/** Null for what is none: another version's, or a colleague's mistake. */
export function parseHeading(title: string): TalkHeading | null {
	if (title.length > maxTitleChars) return null;
	const parsed = schema.safeParse(parseJson(utf8ToBytes(title)));
	if (!parsed.success) return null;
	const { a, b, n, on, k, m, p, s, st, w, g, c, h, f, x, u } = parsed.data;
	return {
		...{ talkerId: a, talkeeId: b, talkeeName: n ?? '', on, kind: k, mode: m, pairKind: p },
		...{
			state: s,
			stub: st,
			begun: w === 1,
			signed: g === 1,
			openClues: c ?? 0,
			pendingClues: h ?? 0,
			trashedOn: x ?? null,
			keepUntil: u ?? null,
			nextDue: f ?? null
		}
	};
}

/**
 * As the document is listed. Whether it is in the trash is the label's word, which is written before the
 * day goes into the title: a tab killed in between leaves one without the other.
 */
export function parseListed({
	title,
	trashed
}: {
	readonly title: string;
	readonly trashed: boolean;
}): TalkHeading | null {
	const heading = parseHeading(title);
	return heading && { ...heading, trashedOn: trashed ? (heading.trashedOn ?? heading.on) : null };
}

export function headingTitle(heading: TalkHeading): string {
	const { talkerId, talkeeId, talkeeName, on, kind, mode, pairKind, state, stub } = heading;
	return JSON.stringify({
		...{ v: 1, a: talkerId, b: talkeeId, on, k: kind, m: mode, p: pairKind, s: state, st: stub },
		...(talkeeName !== '' && { n: talkeeName }),
		...(heading.begun && { w: 1 }),
		...(heading.signed && { g: 1 }),
		...(heading.openClues > 0 && { c: heading.openClues }),
		...(heading.pendingClues > 0 && { h: heading.pendingClues }),
		...(heading.nextDue !== null && { f: heading.nextDue }),
		...(heading.trashedOn !== null && { x: heading.trashedOn }),
		...(heading.keepUntil !== null && { u: heading.keepUntil })
	});
}

/** Facts for a document in which none have been written yet. */
export const factsOfHeading = (heading: TalkHeading): TalkFacts => ({
	talkerId: heading.talkerId,
	talkeeId: heading.talkeeId,
	talkeeName: heading.talkeeName,
	on: heading.on,
	startAt: null,
	endAt: null,
	place: '',
	mode: heading.mode,
	kind: heading.kind,
	pairKind: heading.pairKind
});
