/**
 * That two people have talked on a day, and nothing of what was said: the only trace of a talk in the
 * branch document. The device of the talk's record writes it; for talks kept on paper it is written by
 * hand. Its id is random and stands in no record's name.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { isYmd, type Ymd } from '$lib/base/typedDate.ts';
import { pairKinds, type PairKind } from './talkPeople.ts';

export interface TalkStub {
	readonly id: string;
	/** Who held the talk. */
	readonly aId: string;
	readonly bId: string;
	readonly on: Ymd;
	/** As the register stood on the day. */
	readonly pairKind: PairKind;
	readonly mode: 'single' | 'group';
	readonly signed: boolean;
	/** Member id of whoever wrote it down. */
	readonly by: string;
	/** `record`: kept in step by the talker's device. `paper`: written by hand. */
	readonly basis: 'record' | 'paper';
}

export const idShape = z.string().check(z.minLength(1), z.maxLength(100), z.regex(/^\S+$/));
export const dayShape = z.string().check(z.refine(isYmd));

const stubShape = z
	.object({
		aId: idShape,
		bId: idShape,
		on: dayShape,
		pairKind: z.enum(pairKinds),
		mode: z.enum(['single', 'group']),
		signed: z.boolean(),
		by: idShape,
		basis: z.enum(['record', 'paper'])
	})
	.check(z.refine(({ aId, bId }) => aId !== bId));

const stubsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('talkStubs');

/** Null where there is none, or none that parses. */
export function readStub(doc: Y.Doc, id: string): TalkStub | null {
	const parsed = stubShape.safeParse(stubsIn(doc).get(id));
	return parsed.success ? { id, ...parsed.data } : null;
}

/** The earliest first. What does not parse is left out here and left alone there. */
export function readStubs(doc: Y.Doc): TalkStub[] {
	const stubs = [...stubsIn(doc).keys()].flatMap((id) => readStub(doc, id) ?? []);
	return stubs.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1));
}

/** Makes it or replaces it whole. False for one that others could not read. */
export function putStub(doc: Y.Doc, { id, ...rest }: TalkStub): boolean {
	const parsed = stubShape.safeParse(rest);
	if (!parsed.success || !idShape.safeParse(id).success) return false;
	stubsIn(doc).set(id, parsed.data);
	return true;
}

export const dropStub = (doc: Y.Doc, id: string): void => stubsIn(doc).delete(id);
