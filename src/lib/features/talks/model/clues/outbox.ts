/**
 * A talker's outbox: clues written anew, waiting to go into the problem list in a batch. It is read by
 * the talker and by those who make up batches; it names no talk, no day of one and nobody who was
 * talked with. Words enter it finished, as it keeps what was ever typed in it (domain notes 6.3).
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { isYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { DocumentKind } from '$lib/core/rooms/documentKind.ts';

export const cluesKind: DocumentKind = {
	kind: 'clues',
	schema: 1,
	create: () => {},
	migrations: {}
};

export interface OutboxEntry {
	readonly id: string;
	/** Written for the problem list, never copied from a record. */
	readonly words: string;
	readonly aspect: string | null;
	readonly itemNo: number | null;
	/** As the ledger calls them; it is the ledger that reads them. */
	readonly level: string | null;
	readonly topics: readonly string[];
	readonly alsoFrom: readonly string[];
	/** The same for entries from talks with the same person, random otherwise: for counting people. */
	readonly source: string;
	readonly on: Ymd;
}

/** Where an entry went. */
export interface OutboxPassage {
	readonly on: Ymd;
	/** Member id of who made up the batch. */
	readonly by: string;
	/** 问题编号, and what the ledger is called. */
	readonly code: string;
	readonly ledger: string;
}

export const maxEntryChars = 2_000;
const short = z.string().check(z.minLength(1), z.maxLength(200));
const words = z.array(short).check(z.maxLength(50));
const day = z.string().check(z.refine(isYmd));
const entrySchema = z.object({
	words: z.string().check(z.minLength(1), z.maxLength(maxEntryChars)),
	aspect: z.nullable(short),
	itemNo: z.nullable(z.int().check(z.positive(), z.lte(9_999))),
	level: z.nullable(short),
	topics: words,
	alsoFrom: words,
	source: short,
	on: day
});
const passageSchema = z.object({ on: day, by: short, code: short, ledger: short });

export const entriesIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('entries');
export const passagesIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('passages');

export function readPassages(doc: Y.Doc): Map<string, OutboxPassage> {
	const read = [...passagesIn(doc)].flatMap(([id, value]) => {
		const parsed = passageSchema.safeParse(value);
		return parsed.success ? [[id, parsed.data] as const] : [];
	});
	return new Map(read);
}

export function readEntries(doc: Y.Doc): OutboxEntry[] {
	return [...entriesIn(doc)]
		.flatMap(([id, value]) => {
			const parsed = entrySchema.safeParse(value);
			return parsed.success ? [{ id, ...parsed.data }] : [];
		})
		.toSorted((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? -1 : 1));
}

/** False for one that others could not read. */
export function putEntry(doc: Y.Doc, { id, ...entry }: OutboxEntry): boolean {
	const parsed = entrySchema.safeParse(entry);
	if (parsed.success) entriesIn(doc).set(id, parsed.data);
	return parsed.success;
}

/** Only while it waits: what is in a ledger stays there. */
export function withdrawEntry(doc: Y.Doc, id: string): boolean {
	if (readPassages(doc).has(id)) return false;
	entriesIn(doc).delete(id);
	return true;
}

export function markPassed(doc: Y.Doc, passages: ReadonlyMap<string, OutboxPassage>): void {
	doc.transact(() => {
		for (const [id, passage] of passages)
			if (passageSchema.safeParse(passage).success) passagesIn(doc).set(id, passage);
	});
}

interface Counted {
	readonly outbox: string;
	readonly source: string;
}

/** Below this many a reader may guess whose words they are. */
export const kAnonymity = 3;

/** People whose talks the entries draw on. Somebody whom two talked with counts twice: it is not known. */
export const countSources = (entries: readonly Counted[]): number =>
	new Set(entries.map(({ outbox, source }) => `${outbox} ${source}`)).size;
