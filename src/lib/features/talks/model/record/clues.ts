/**
 * Clues of problems, each a line of its own: kept in the talk, in the words that fell. What goes to
 * the problem list is written anew elsewhere; the mark that it went, and as what, stands here and
 * nowhere else (domain notes 6.3).
 */
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { isYmd } from '$lib/base/typedDate.ts';

/** Handed on, and then in the problem list under a code. */
export interface CluePassage {
	/** Id of the rewritten entry in this talker's outbox. */
	readonly entry: string;
	readonly on: string;
	/** 问题编号, once it has one; the ledger it stands in. */
	readonly code: string | null;
	readonly ledger: string | null;
}

export interface Clue {
	readonly id: string;
	readonly order: number;
	readonly text: string;
	readonly passage: CluePassage | null;
}

const short = z.string().check(z.minLength(1), z.maxLength(200));
const passageSchema = z.object({
	entry: short,
	on: z.string().check(z.refine(isYmd)),
	code: z.nullable(short),
	ledger: z.nullable(short)
});

export const cluesIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('clues');

const lineIn = (doc: Y.Doc, id: string): Y.Map<unknown> | null => {
	const line = cluesIn(doc).get(id);
	return line instanceof Y.Map ? (line as Y.Map<unknown>) : null;
};

export function clueText(doc: Y.Doc, id: string): Y.Text | null {
	const text = lineIn(doc, id)?.get('text');
	return text instanceof Y.Text ? text : null;
}

export function readClues(doc: Y.Doc): Clue[] {
	return [...cluesIn(doc).keys()]
		.flatMap((id) => {
			const text = clueText(doc, id);
			if (!text) return [];
			const line = lineIn(doc, id)!;
			const order = line.get('order');
			const passage = passageSchema.safeParse(line.get('passage'));
			return [
				{
					id,
					order: typeof order === 'number' ? order : 0,
					text: text.toString(),
					passage: passage.success ? passage.data : null
				}
			];
		})
		.toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

export const isOpenClue = ({ text, passage }: Clue): boolean =>
	text.trim() !== '' && passage === null;

export const isPendingClue = ({ passage }: Clue): boolean =>
	passage !== null && passage.code === null;

export function addClue(doc: Y.Doc, id: string, words = ''): void {
	const order = Math.max(0, ...readClues(doc).map((clue) => clue.order)) + 1;
	doc.transact(() => {
		const line = new Y.Map<unknown>([
			['text', new Y.Text(words)],
			['order', order]
		]);
		cluesIn(doc).set(id, line);
	});
}

export const removeClue = (doc: Y.Doc, id: string): void => cluesIn(doc).delete(id);

/** Null takes the mark away: what was handed on came back unused. */
export function markClue(doc: Y.Doc, id: string, passage: CluePassage | null): void {
	if (passage === null) lineIn(doc, id)?.delete('passage');
	else if (passageSchema.safeParse(passage).success) lineIn(doc, id)?.set('passage', passage);
}
