/** The lines of talks in the branch document: that there was a talk, with whom, when. */
import type * as Y from 'yjs';
import type { PairKind } from '../record/facts.ts';

export interface TalkStub {
	readonly id: string;
	readonly aId: string;
	readonly bId: string;
	readonly on: string;
	readonly pairKind: PairKind;
	readonly mode: 'single' | 'group';
	readonly signed: boolean;
	readonly by: string;
	readonly basis: 'record' | 'paper';
}
export const stubsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('talkStubs');
export function putStub(doc: Y.Doc, { id, ...stub }: TalkStub): void {
	const before = stubsIn(doc).get(id);
	if (JSON.stringify(before) !== JSON.stringify(stub)) stubsIn(doc).set(id, stub);
}
export const dropStub = (doc: Y.Doc, id: string): void => stubsIn(doc).delete(id);
