/**
 * 关怀记录: visits, condolences and help for members in difficulty. It says how people are, so it lies
 * in the restricted circle alone, and no figure outside is made of it (domain notes 6.1, TA-07 to TA-10).
 */
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { isYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { DocumentKind } from '$lib/core/rooms/documentKind.ts';

export const careKind: DocumentKind = { kind: 'care', schema: 1, create: () => {}, migrations: {} };

export const careWays = ['visit', 'condolence', 'help', 'talk', 'other'] as const;
/** 走访 慰问 解决困难 谈心 其他 */
export type CareWay = (typeof careWays)[number];

export interface CareFacts {
	/** Member id; null for somebody outside the register. */
	readonly personId: string | null;
	readonly personName: string;
	readonly on: Ymd;
	readonly way: CareWay;
	/** What is to be done next, and when. */
	readonly next: string;
	readonly due: Ymd | null;
	readonly doneOn: Ymd | null;
}
export type CareFact = keyof CareFacts;

export interface CareEntry extends CareFacts {
	readonly id: string;
	/** Member id. */
	readonly by: string;
	readonly text: string;
	readonly trashed: boolean;
}

const id = z.string().check(z.minLength(1), z.maxLength(64));
const day = z.string().check(z.refine(isYmd));
const schemas = {
	personId: z.nullable(id),
	personName: z.string().check(z.maxLength(60)),
	on: day,
	way: z.enum(careWays),
	next: z.string().check(z.maxLength(500)),
	due: z.nullable(day),
	doneOn: z.nullable(day)
} satisfies { [F in CareFact]: z.ZodMiniType<CareFacts[F]> };
const names = Object.keys(schemas) as CareFact[];

export const entriesIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('entries');

const lineIn = (doc: Y.Doc, key: string): Y.Map<unknown> | null => {
	const line = entriesIn(doc).get(key);
	return line instanceof Y.Map ? (line as Y.Map<unknown>) : null;
};

export function careText(doc: Y.Doc, key: string): Y.Text | null {
	const text = lineIn(doc, key)?.get('text');
	return text instanceof Y.Text ? text : null;
}

function readEntry(doc: Y.Doc, key: string): CareEntry[] {
	const line = lineIn(doc, key);
	const text = careText(doc, key);
	if (!line || !text) return [];
	const read: Record<string, unknown> = {
		...{ personId: null, personName: '', way: 'other', next: '', due: null, doneOn: null }
	};
	for (const name of names) {
		const parsed = z.safeParse<z.ZodMiniType>(schemas[name], line.get(name));
		if (parsed.success) read[name] = parsed.data;
	}
	const by = id.safeParse(line.get('by'));
	if (typeof read.on !== 'string') return [];
	return [
		{
			...(read as unknown as CareFacts),
			...{ id: key, by: by.success ? by.data : '', text: text.toString() },
			trashed: line.get('trashed') === true
		}
	];
}

/** The newest first. */
export const readCare = (doc: Y.Doc): CareEntry[] =>
	[...entriesIn(doc).keys()]
		.flatMap((key) => readEntry(doc, key))
		.toSorted((a, b) => (a.on === b.on ? (a.id < b.id ? -1 : 1) : a.on < b.on ? 1 : -1));

/** An entry nobody has written anything in, whatever day and way it was begun with. */
export const isBlankCare = ({ personId, personName, text, next, due }: CareEntry): boolean =>
	personId === null && due === null && `${personName}${text}${next}`.trim() === '';

export function addCare(doc: Y.Doc, key: string, by: string, facts: CareFacts): void {
	doc.transact(() => {
		entriesIn(doc).set(
			key,
			new Y.Map<unknown>([
				['text', new Y.Text()],
				['by', by]
			])
		);
		editCare(doc, key, facts);
	});
}

/** Field by field, and none that colleagues could not read. */
export function editCare(doc: Y.Doc, key: string, facts: Partial<CareFacts>): void {
	const line = lineIn(doc, key);
	if (!line) return;
	doc.transact(() => {
		for (const name of names) {
			const value = facts[name];
			if (value === undefined || line.get(name) === value) continue;
			if (z.safeParse<z.ZodMiniType>(schemas[name], value).success) line.set(name, value);
		}
	});
}

export const trashCare = (doc: Y.Doc, key: string, trashed: boolean): void =>
	void lineIn(doc, key)?.set('trashed', trashed);
