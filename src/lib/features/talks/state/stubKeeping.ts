/**
 * Keeps the committee's lines of talks in step with the talks themselves. A talk's words and its line
 * lie in two documents; a tab killed between the two leaves one behind, which is made good when the
 * talks are listed again.
 */
import type * as Y from 'yjs';
import { stubOf } from '../model/coverage/stubOf.ts';
import { dropStub, putStub, readStubs, type TalkStub } from '../model/coverage/talkStub.ts';
import type { TalkHeading } from '../model/record/heading.ts';

const isSame = (a: TalkStub, b: TalkStub): boolean =>
	(Object.keys(a) as (keyof TalkStub)[]).every((key) => a[key] === b[key]);

/** Writes nothing where the line is right already. */
export function keepStubs(root: Y.Doc, headings: Iterable<TalkHeading>): void {
	const kept = new Map(readStubs(root).map((stub) => [stub.id, stub]));
	root.transact(() => {
		for (const heading of headings) {
			const wanted = stubOf(heading);
			const present = heading.stub === null ? undefined : kept.get(heading.stub);
			if (wanted && (!present || !isSame(wanted, present))) putStub(root, wanted);
			else if (!wanted && present) dropStub(root, present.id);
		}
	});
}

/** The talk is gone, or put away: it counts no more. */
export function dropStubOf(root: Y.Doc, { stub }: TalkHeading): void {
	if (stub !== null) dropStub(root, stub);
}
