/**
 * Keeps the committee's lines of talks in step with the talks themselves. A talk's words and its line
 * lie in two documents; a tab killed between the two leaves one behind, which is made good here when
 * the talks are listed again.
 */
import type * as Y from 'yjs';
import { stubOf } from '../model/coverage/stubOf.ts';
import { dropStub, putStub } from '../model/coverage/stubs.ts';
import type { TalkHeading } from '../model/record/heading.ts';

/** Writes nothing where the line is right already. */
export function keepStub(root: Y.Doc, heading: TalkHeading): void {
	const stub = stubOf(heading);
	if (stub) putStub(root, stub);
	else if (heading.stub !== null) dropStub(root, heading.stub);
}
