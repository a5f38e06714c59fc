/**
 * Who changed what in a row, from what. The oldest entries go when there are too many. It also keeps
 * the value that lost when two people wrote one field at once. It is a record among colleagues, not a proof: any device may write it.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { partKey, partsOf } from './rowParts.ts';
import type { FieldValue } from './value.ts';

export interface HistoryEntry {
	/** Field id; `measure:<id>:<part>` and `evidence` beside the fields. */
	readonly field: string;
	/** Member id. */
	readonly by: string;
	/** ISO instant by the author's clock. */
	readonly at: string;
	readonly before: FieldValue | null;
	/** Left out for shared text: it is what the next entry of the field has before it, or what stands now. */
	readonly after?: FieldValue | null;
}

export interface RowChange extends HistoryEntry {
	readonly after: FieldValue | null;
}

const maxEntries = 400;
const keptEntries = 300;
/** Letters typed into one text by one person within this time are one change. */
const burstMs = 10 * 60_000;

const maxTextChars = 100_000;

const value = z.union([
	z.string().check(z.maxLength(maxTextChars)),
	z.number(),
	z.boolean(),
	z.array(z.string().check(z.maxLength(2_000))).check(z.maxLength(100)),
	z.null()
]);
const schema = z.object({
	/** One more than the highest its author knew: the order of entries does not depend on clocks. */
	n: z.int().check(z.nonnegative(), z.lte(1_000_000_000)),
	field: z.string().check(z.maxLength(200)),
	by: z.string().check(z.maxLength(200)),
	at: z.string().check(z.maxLength(40)),
	before: value,
	after: z.optional(value)
});

interface Numbered extends HistoryEntry {
	readonly id: string;
	readonly n: number;
}

const isOf = (one: unknown, field: string): boolean =>
	typeof one === 'object' && one !== null && 'field' in one && one.field === field;

/** The oldest first; of one field only, if it is given. */
const entries = (row: Y.Map<unknown>, field?: string): Numbered[] =>
	partsOf(row, 'history')
		.filter(([, one]) => field === undefined || isOf(one, field))
		.flatMap(([id, one]) => {
			const parsed = schema.safeParse(one);
			return parsed.success ? [{ id, ...parsed.data }] : [];
		})
		.sort((a, b) => a.n - b.n || (a.id < b.id ? -1 : 1));

/** Of a text longer than colleagues would read, the beginning. */
const kept = <T>(value: T): T =>
	typeof value === 'string' && value.length > maxTextChars
		? (value.slice(0, maxTextChars).toWellFormed() as T & string)
		: value;

/** The caller holds a transaction. */
export function noteChange(row: Y.Map<unknown>, id: string, entry: HistoryEntry): void {
	const known = entries(row);
	const { before, after, ...rest } = entry;
	row.set(partKey('history', id), {
		...{ n: (known.at(-1)?.n ?? 0) + 1, ...rest, before: kept(before) },
		...(after !== undefined && { after: kept(after) })
	});
	if (known.length < maxEntries) return;
	for (const old of known.slice(0, known.length - keptEntries))
		row.delete(partKey('history', old.id));
}

/** Whether typing on in this text is the same change as the newest one of that field. */
export function isSameBurst(
	row: Y.Map<unknown>,
	field: string,
	{ by, at }: { readonly by: string; readonly at: string }
): boolean {
	const last = entries(row, field).at(-1);
	if (last === undefined || last.by !== by || last.after !== undefined) return false;
	const age = Date.parse(at) - Date.parse(last.at);
	return age >= 0 && age < burstMs;
}

/** The latest first. `now` gives what stands in a field now. Changes that changed nothing are left out. */
export function readChanges(
	row: Y.Map<unknown>,
	now: (field: string) => FieldValue | null
): RowChange[] {
	const next = new Map<string, FieldValue | null>();
	const changes: RowChange[] = [];
	for (const entry of entries(row).reverse()) {
		const stands = next.has(entry.field) ? next.get(entry.field)! : now(entry.field);
		const after = entry.after === undefined ? stands : entry.after;
		next.set(entry.field, entry.before);
		if (JSON.stringify(after) !== JSON.stringify(entry.before)) changes.push({ ...entry, after });
	}
	return changes;
}
