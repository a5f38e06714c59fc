/** What people have settled about single talks of a campaign: not to be held, or to be held by whom. */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { dayShape, idShape } from './talkStub.ts';

export const waiverReasons = ['sick', 'away', 'other'] as const;
export type WaiverReason = (typeof waiverReasons)[number];

export const maxNoteLength = 60;
const waiverShape = z.object({
	reason: z.enum(waiverReasons),
	/** Short: the branch document is no place for somebody's illness. */
	note: z.string().check(z.maxLength(maxNoteLength)),
	by: idShape,
	on: dayShape
});
export type Waiver = z.infer<typeof waiverShape>;

const assignmentShape = z.object({
	talker: idShape,
	by: idShape,
	/** ISO instant by the clock of the device that gave it. */
	at: z.string().check(z.maxLength(40))
});
export type Assignment = z.infer<typeof assignmentShape>;

const waiversIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('talkWaivers');
const assignmentsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('talkAssignments');
/** `requirement` is a requirement's `key`; neither id has a space in it. */
const dutyKey = (campaign: string, requirement: string): string => `${campaign} ${requirement}`;

/** Those of one campaign, by requirement. */
function readOf<T>(map: Y.Map<unknown>, campaign: string, shape: z.ZodMiniType<T>): Map<string, T> {
	const prefix = `${campaign} `;
	const found = new Map<string, T>();
	for (const [key, value] of map) {
		if (!key.startsWith(prefix)) continue;
		const parsed = z.safeParse(shape, value);
		if (parsed.success) found.set(key.slice(prefix.length), parsed.data);
	}
	return found;
}

export const readWaivers = (doc: Y.Doc, campaign: string): Map<string, Waiver> =>
	readOf(waiversIn(doc), campaign, waiverShape);

export const readAssignments = (doc: Y.Doc, campaign: string): Map<string, Assignment> =>
	readOf(assignmentsIn(doc), campaign, assignmentShape);

/** Null takes it back. False for one that others could not read. */
export function putWaiver(
	doc: Y.Doc,
	campaign: string,
	requirement: string,
	waiver: Waiver | null
): boolean {
	return put(waiversIn(doc), dutyKey(campaign, requirement), waiver, waiverShape);
}

/** Null takes it back. False for one that others could not read. */
export function putAssignment(
	doc: Y.Doc,
	campaign: string,
	requirement: string,
	assignment: Assignment | null
): boolean {
	return put(assignmentsIn(doc), dutyKey(campaign, requirement), assignment, assignmentShape);
}

function put<T>(
	map: Y.Map<unknown>,
	key: string,
	value: T | null,
	shape: z.ZodMiniType<T>
): boolean {
	if (value === null) {
		map.delete(key);
		return true;
	}
	const parsed = z.safeParse(shape, value);
	if (parsed.success) map.set(key, parsed.data);
	return parsed.success;
}
