/** One row of a ledger as it is read from the document: a snapshot, replaced and never changed. */
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { parseAttachmentRef, type AttachmentRef } from '$lib/core/blobs/attachmentRef.ts';
import { foldLife } from '../life/foldLife.ts';
import type { Life } from '../life/life.ts';
import { eventsOfRow } from '../life/eventsOfRow.ts';
import type { LifeMachine } from '../life/machine.ts';
import { opinionMachine } from '../life/opinionMachine.ts';
import { problemMachine } from '../life/problemMachine.ts';
import { readSubmissions, type Submission } from '../personal/submission.ts';
import { readComments, type LedgerComment } from './comments.ts';
import type { LedgerField, TableName } from './fields.ts';
import { readMeasures, type Measure } from './measures.ts';
import { hasParts, partsOf } from './rowParts.ts';
import { readValue, unreadable, type FieldValue, type Read } from './value.ts';

export interface Trash {
	/** ISO instant by the clock of the device that threw it away. */
	readonly at: string;
	readonly by: string;
}

export interface LedgerRow {
	readonly id: string;
	/** Fractional index; empty when it could not be read, which sorts last. */
	readonly order: string;
	/** What the code is made of; two rows made at once may have the same. */
	readonly seq: number | null;
	/** By field id; empty fields are left out. */
	readonly values: Readonly<Record<string, Read<FieldValue>>>;
	readonly measures: readonly Measure[];
	readonly evidence: readonly AttachmentRef[];
	/** By column of the branch's own. */
	readonly files: Readonly<Record<string, readonly AttachmentRef[]>>;
	/** What lies among the files and is none. */
	readonly unreadableFiles: number;
	readonly comments: readonly LedgerComment[];
	readonly life: Life;
	/** For a row of a personal list: what it became in the shared one; the earliest first. */
	readonly submissions: readonly Submission[];
	/** Member id. */
	readonly createdBy: string | null;
	/** ISO instant. */
	readonly createdAt: string | null;
	readonly trash: Read<Trash>;
}

const machines: Readonly<Record<TableName, LifeMachine>> = {
	problems: problemMachine,
	opinions: opinionMachine
};
export const machineOf = (table: TableName): LifeMachine => machines[table];

const orderSchema = z.string().check(z.regex(/^[0-9A-Za-z]*[1-9A-Za-z]$/));
const nameSchema = z.string().check(z.minLength(1), z.maxLength(200));
const instantSchema = z.string().check(z.maxLength(40));
const seqSchema = z.int().check(z.positive(), z.lte(9_999_999));
const trashSchema = z.object({ at: instantSchema, by: z.string() });

function read<T>(value: unknown, schema: z.ZodMiniType<T>): Read<T> {
	if (value === undefined || value === null) return null;
	const parsed = schema.safeParse(value);
	return parsed.success ? parsed.data : unreadable;
}
const orNull = <T>(value: Read<T>): T | null => (value === unreadable ? null : value);

function readValues(row: Y.Map<unknown>, fields: readonly LedgerField[]): LedgerRow['values'] {
	const values: Record<string, Read<FieldValue>> = {};
	for (const field of fields) {
		const raw = row.get(field.id);
		if (raw === undefined) continue;
		const value = readValue(field, raw);
		if (value !== null) values[field.id] = value;
	}
	return values;
}

/** The oldest first. */
const inOrder = ({ ref: a }: Attached, { ref: b }: Attached): number =>
	a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1;

interface Attached {
	readonly column: string | null;
	readonly ref: AttachmentRef;
}

function readAttached(value: unknown): Attached | null {
	const ref = parseAttachmentRef(value);
	return ref && { column: columnOf(value), ref };
}

const columnSchema = z.object({ column: nameSchema });
/** The column of the branch's own that a file was put into; null for evidence. */
function columnOf(value: unknown): string | null {
	const parsed = columnSchema.safeParse(value);
	return parsed.success ? parsed.data.column : null;
}

function readFiles(row: Y.Map<unknown>): Pick<LedgerRow, 'evidence' | 'files' | 'unreadableFiles'> {
	const all = partsOf(row, 'evidence').map(([, value]) => readAttached(value));
	const attached = all.filter((one) => one !== null).sort(inOrder);
	const evidence: AttachmentRef[] = [];
	const files = new Map<string, AttachmentRef[]>();
	for (const { column, ref } of attached) {
		if (column === null) evidence.push(ref);
		else files.set(column, [...(files.get(column) ?? []), ref]);
	}
	return {
		...{ evidence, files: files.size === 0 ? noFiles : Object.fromEntries(files) },
		unreadableFiles: all.length - attached.length
	};
}

const noFiles: LedgerRow['files'] = {};
const noEvents: readonly never[] = [];
const unbegun = new Map<TableName, Life>();

/** Most rows of a new list have not begun; they share one life. */
function unbegunLife(table: TableName): Life {
	const known = unbegun.get(table) ?? foldLife(machines[table], noEvents);
	unbegun.set(table, known);
	return known;
}

function readLife(row: Y.Map<unknown>, table: TableName): Life {
	const events = eventsOfRow(row);
	if (events.length > 0) return foldLife(machines[table], events);
	return unbegunLife(table);
}

type Parts = Pick<
	LedgerRow,
	'measures' | 'evidence' | 'files' | 'unreadableFiles' | 'comments' | 'life' | 'submissions'
>;

const readParts = (row: Y.Map<unknown>, table: TableName): Parts => ({
	measures: readMeasures(row),
	...readFiles(row),
	comments: readComments(row),
	life: readLife(row, table),
	submissions: readSubmissions(row)
});

const nothing: readonly never[] = [];
const noParts = (table: TableName): Parts => ({
	...{
		measures: nothing,
		evidence: nothing,
		files: noFiles,
		unreadableFiles: 0,
		comments: nothing
	},
	...{ life: unbegunLife(table), submissions: nothing }
});

/** Not a row at all: each of its fields is shown as unreadable, and nothing can be written in it. */
function foreignRow(id: string, table: TableName, fields: readonly LedgerField[]): LedgerRow {
	return {
		...{ id, order: '', seq: null, createdBy: null, createdAt: null, trash: null },
		...noParts(table),
		values: Object.fromEntries(fields.map((field) => [field.id, unreadable]))
	};
}

export function readRow(
	id: string,
	value: unknown,
	table: TableName,
	fields: readonly LedgerField[]
): LedgerRow {
	if (!(value instanceof Y.Map)) return foreignRow(id, table, fields);
	const row = value as Y.Map<unknown>;
	return {
		id,
		order: orNull(read(row.get('order'), orderSchema)) ?? '',
		seq: orNull(read(row.get('seq'), seqSchema)),
		values: readValues(row, fields),
		...(hasParts(row) ? readParts(row, table) : noParts(table)),
		createdBy: orNull(read(row.get('createdBy'), nameSchema)),
		createdAt: orNull(read(row.get('createdAt'), instantSchema)),
		trash: read(row.get('trash'), trashSchema)
	};
}

export const valueOf = (row: LedgerRow, field: string): Read<FieldValue> =>
	row.values[field] ?? null;

/** The words in a field; empty where there are none that can be read. */
export function wordsIn(row: LedgerRow, field: string): string {
	const value = row.values[field];
	return typeof value === 'string' ? value : '';
}

/** A date, a person, a choice: null where nothing stands that can be read. */
export const wordIn = (row: LedgerRow, field: string): string | null => wordsIn(row, field) || null;

export const setIn = (row: LedgerRow, field: string): readonly string[] => {
	const value = row.values[field];
	return Array.isArray(value) ? (value as readonly string[]) : [];
};

/** Kept to be read or restored, but not on the list. An unreadable mark hides nothing. */
export const isTrashed = (row: LedgerRow): boolean =>
	row.trash !== null && row.trash !== unreadable;

/** Nothing was ever said in it: an addition taken back. Not worth showing in the trash. */
export const isBlank = (row: LedgerRow): boolean =>
	Object.keys(row.values).length === 0 &&
	row.files === noFiles &&
	row.unreadableFiles === 0 &&
	row.measures.length + row.evidence.length + row.comments.length + row.life.all.length === 0;

/** In a column of the branch's own. */
export const filesIn = (row: LedgerRow, column: string): readonly AttachmentRef[] =>
	Object.hasOwn(row.files, column) ? row.files[column]! : [];
