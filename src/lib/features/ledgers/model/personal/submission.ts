/**
 * That a row of a personal list was submitted: to which shared list, when, by whom, under which code.
 * It lies in the personal list alone; the row in the shared list does not know where it came from.
 * Two devices that submit one row at once leave two, and both are shown.
 */
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { parseRoomId, type RoomId } from '$lib/base/ids.ts';
import type { LedgerTable } from '../rows/ledgerTable.ts';
import { partIn, partKey, partsOf } from '../rows/rowParts.ts';

export interface Submission {
	/** Of the row it became. */
	readonly row: string;
	/** Of the shared list. */
	readonly room: RoomId;
	/** That it got at that moment. */
	readonly code: string;
	/** ISO instant by the clock of the device that submitted it. */
	readonly at: string;
	/** Member id. */
	readonly by: string;
}

const schema = z.object({
	room: z.string().check(z.maxLength(60)),
	code: z.string().check(z.maxLength(60)),
	at: z.string().check(z.maxLength(40)),
	by: z.string().check(z.minLength(1), z.maxLength(200))
});

function readSubmission(row: string, value: unknown): Submission | null {
	const parsed = schema.safeParse(value);
	const room = parsed.success ? parseRoomId(parsed.data.room) : null;
	return parsed.success && room !== null ? { ...parsed.data, row, room } : null;
}

/** The earliest first. */
export const readSubmissions = (row: Y.Map<unknown>): Submission[] =>
	partsOf(row, 'submitted')
		.flatMap(([id, value]) => readSubmission(id, value) ?? [])
		.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.row < b.row ? -1 : 1));

export const isSubmitted = (row: Y.Map<unknown>): boolean => readSubmissions(row).length > 0;

/** The caller holds the transaction. */
export function putSubmission(row: Y.Map<unknown>, { row: id, ...rest }: Submission): void {
	row.set(partKey('submitted', id), { ...rest });
}

/** Undo would write in rows that are closed: what was typed before a submission, here or elsewhere, stands. */
export function endUndoAtSubmission({
	rows,
	undo
}: Pick<LedgerTable, 'rows' | 'undo'>): () => void {
	const isOne = (event: Y.YEvent<Y.AbstractType<unknown>>): boolean =>
		event instanceof Y.YMapEvent &&
		[...event.keysChanged].some((key) => partIn('submitted', String(key)) !== null);
	const look = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
		if (events.some(isOne)) undo.clear();
	};
	rows.observeDeep(look);
	return () => rows.unobserveDeep(look);
}
