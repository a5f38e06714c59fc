/**
 * One row of the problem list as it is read from the document. What a colleague's device wrote is
 * untrusted: each field is parsed by itself, and one that does not parse is `unreadable` in its
 * own cell while the rest of the row stays usable.
 */
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { isYmd } from '$lib/base/typedDate.ts';

export const problemSources = [
	'selfCheck',
	'talk',
	'opinions',
	'orgLifeMeeting',
	'memberAppraisal',
	'circular',
	'upperFeedback',
	'visit',
	'other'
] as const;
export const rectKinds = ['immediate', 'timed', 'longTerm'] as const;
export const problemLevels = ['branch', 'team', 'person', 'school'] as const;
export const textFields = ['manifestation', 'rootCause', 'remark'] as const;

export type ProblemSource = (typeof problemSources)[number];
export type RectKind = (typeof rectKinds)[number];
export type ProblemLevel = (typeof problemLevels)[number];
/** Collaborative text: a Y.Text made with the row, so that two people's first letters merge. */
export type TextField = (typeof textFields)[number];

export const unreadable: unique symbol = Symbol('unreadable');
/** Null is empty; `unreadable` is there, but written by something that does not keep our rules. */
export type Read<T> = T | null | typeof unreadable;

export interface Trash {
	/** ISO instant by the clock of the device that threw it away. */
	readonly at: string;
	readonly by: string;
}

/** A snapshot: replaced, never changed, when the row changes. */
export interface Problem {
	readonly id: string;
	/** Fractional index; empty when it could not be read, which sorts last. */
	readonly order: string;
	readonly aspect: Read<string>;
	readonly itemNo: Read<number>;
	readonly manifestation: Read<string>;
	readonly sources: Read<readonly ProblemSource[]>;
	readonly rootCause: Read<string>;
	readonly leaderId: Read<string>;
	readonly responsibleId: Read<string>;
	readonly remark: Read<string>;
	readonly rectKind: Read<RectKind>;
	readonly due: Read<string>;
	readonly level: Read<ProblemLevel>;
	readonly urgent: Read<boolean>;
	readonly createdBy: Read<string>;
	readonly createdAt: Read<string>;
	readonly trash: Read<Trash>;
}

const shortText = z.string().check(z.minLength(1), z.maxLength(200));
const instant = z.string().check(z.maxLength(40));

export const scalarSchemas = {
	aspect: shortText,
	itemNo: z.int().check(z.positive(), z.lte(9999)),
	rectKind: z.enum(rectKinds),
	leaderId: shortText,
	responsibleId: shortText,
	due: z.string().check(z.refine(isYmd)),
	level: z.enum(problemLevels),
	urgent: z.boolean()
} as const;

export type ScalarField = keyof typeof scalarSchemas;
export type ProblemField = ScalarField | TextField | 'sources';
export const scalarFields = Object.keys(scalarSchemas) as readonly ScalarField[];

const trashSchema = z.object({ at: instant, by: z.string() });
const orderSchema = z.string().check(z.regex(/^[0-9A-Za-z]*[1-9A-Za-z]$/));

function read<T>(value: unknown, schema: z.ZodMiniType<T>): Read<T> {
	if (value === undefined || value === null) return null;
	const parsed = schema.safeParse(value);
	return parsed.success ? parsed.data : unreadable;
}

function readText(value: unknown): Read<string> {
	if (value === undefined) return null;
	if (!(value instanceof Y.Text)) return unreadable;
	return value.length === 0 ? null : value.toString();
}

/** A set: two people's ticks unite. A name we do not know makes the cell unreadable, not shorter. */
function readSources(value: unknown): Problem['sources'] {
	if (value === undefined) return null;
	if (!(value instanceof Y.Map)) return unreadable;
	const ticked = [...value.keys()];
	if (ticked.some((name) => !problemSources.includes(name as ProblemSource))) return unreadable;
	const known = problemSources.filter((source) => value.has(source));
	return known.length === 0 ? null : known;
}

const absent = (): undefined => undefined;
const notARow = (): symbol => unreadable;

export function parseProblem(id: string, value: unknown): Problem {
	const get =
		value instanceof Y.Map
			? (key: string): unknown => value.get(key)
			: (key: string): unknown => (key === 'trash' ? absent() : notARow());
	const order = read(get('order'), orderSchema);
	return {
		id,
		order: typeof order === 'string' ? order : '',
		aspect: read(get('aspect'), scalarSchemas.aspect),
		itemNo: read(get('itemNo'), scalarSchemas.itemNo),
		manifestation: readText(get('manifestation')),
		sources: readSources(get('sources')),
		rootCause: readText(get('rootCause')),
		leaderId: read(get('leaderId'), scalarSchemas.leaderId),
		responsibleId: read(get('responsibleId'), scalarSchemas.responsibleId),
		remark: readText(get('remark')),
		rectKind: read(get('rectKind'), scalarSchemas.rectKind),
		due: read(get('due'), scalarSchemas.due),
		level: read(get('level'), scalarSchemas.level),
		urgent: read(get('urgent'), scalarSchemas.urgent),
		createdBy: read(get('createdBy'), shortText),
		createdAt: read(get('createdAt'), instant),
		trash: read(get('trash'), trashSchema)
	};
}

/** Kept to be read or restored, but not on the list. An unreadable mark hides nothing. */
export const isTrashed = (problem: Problem): boolean =>
	problem.trash !== null && problem.trash !== unreadable;

/** Nothing was ever said in it: an addition taken back. Not worth showing in the trash. */
export const isBlank = (problem: Problem): boolean =>
	[...textFields, ...scalarFields, 'sources' as const].every((field) => problem[field] === null);

/** The words of a field, or nothing: for searching and sorting, where unreadable is empty. */
export const readable = <T>(value: Read<T>): T | null => (value === unreadable ? null : value);
