/**
 * Keeps the committee's lines of talks in step with the talks themselves. A talk's words and its line
 * lie in two documents; a tab killed between the two leaves one behind, which is made good when the
 * talks are listed again.
 */
import type * as Y from 'yjs';
import { stubOf } from '../model/coverage/stubOf.ts';
import { dropStub, putStub, readStub, type TalkStub } from '../model/coverage/talkStub.ts';
import type { TalkHeading } from '../model/record/heading.ts';

const isSame = (a: TalkStub, b: TalkStub): boolean =>
	(Object.keys(a) as (keyof TalkStub)[]).every((key) => a[key] === b[key]);

function keepStub(root: Y.Doc, heading: TalkHeading): void {
	if (heading.stub === null) return;
	const wanted = stubOf(heading);
	const present = readStub(root, heading.stub);
	if (wanted && (!present || !isSame(wanted, present))) putStub(root, wanted);
	else if (!wanted && present) dropStub(root, present.id);
}

/**
 * Writes nothing where the line is right already. Reads the lines of these talks and no others: it is
 * asked at every pause in typing, and a branch has thousands of them.
 */
export function keepStubs(root: Y.Doc, headings: Iterable<TalkHeading>): void {
	root.transact(() => {
		for (const heading of headings) keepStub(root, heading);
	});
}

/** The talk is gone, or put away: it counts no more. */
export function dropStubOf(root: Y.Doc, { stub }: TalkHeading): void {
	if (stub !== null) dropStub(root, stub);
}
