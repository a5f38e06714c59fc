/** What was agreed to be done after a talk, each with its day; to be seen on 今日 until it is done. */
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { isYmd, type Ymd } from '$lib/base/typedDate.ts';

export interface FollowUp {
	readonly id: string;
	readonly order: number;
	readonly text: string;
	readonly due: Ymd | null;
	readonly doneOn: Ymd | null;
}
export type FollowUpEdit = Partial<Pick<FollowUp, 'text' | 'due' | 'doneOn'>>;

export const maxFollowUpChars = 500;
const date = z.nullable(z.string().check(z.refine(isYmd)));
const schemas = {
	text: z.string().check(z.maxLength(maxFollowUpChars)),
	due: date,
	doneOn: date
} as const;

export const followUpsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('followUps');

function readOne(id: string, value: unknown): FollowUp[] {
	if (!(value instanceof Y.Map)) return [];
	const line = value as Y.Map<unknown>;
	const text = schemas.text.safeParse(line.get('text'));
	if (!text.success) return [];
	const day = (name: 'due' | 'doneOn') => {
		const parsed = date.safeParse(line.get(name));
		return parsed.success ? parsed.data : null;
	};
	const order = line.get('order');
	return [
		{
			id,
			order: typeof order === 'number' ? order : 0,
			text: text.data,
			due: day('due'),
			doneOn: day('doneOn')
		}
	];
}

export const readFollowUps = (doc: Y.Doc): FollowUp[] =>
	[...followUpsIn(doc)]
		.flatMap(([id, value]) => readOne(id, value))
		.toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));

export function addFollowUp(doc: Y.Doc, id: string, edit: FollowUpEdit = {}): void {
	const order = Math.max(0, ...readFollowUps(doc).map((one) => one.order)) + 1;
	doc.transact(() => {
		followUpsIn(doc).set(
			id,
			new Y.Map<unknown>([
				['text', ''],
				['order', order]
			])
		);
		editFollowUp(doc, id, edit);
	});
}

/** Each part is written on its own, and none that colleagues could not read. */
export function editFollowUp(doc: Y.Doc, id: string, edit: FollowUpEdit): void {
	const line = followUpsIn(doc).get(id);
	if (!(line instanceof Y.Map)) return;
	doc.transact(() => {
		for (const name of ['text', 'due', 'doneOn'] as const) {
			const value = edit[name];
			if (value === undefined || line.get(name) === value) continue;
			if (schemas[name].safeParse(value).success) line.set(name, value);
		}
	});
}

export const removeFollowUp = (doc: Y.Doc, id: string): void => followUpsIn(doc).delete(id);

/** The next day on which something is due; null when nothing waits. */
export const nextDue = (followUps: readonly FollowUp[]): Ymd | null =>
	followUps
		.filter(({ text, doneOn }) => doneOn === null && text.trim() !== '')
		.flatMap(({ due }) => due ?? [])
		.toSorted()[0] ?? null;
