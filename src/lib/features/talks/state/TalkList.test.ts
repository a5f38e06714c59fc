import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { WorkspaceSession } from '$lib/core/workspaceSession.ts';
import { readStubs } from '../model/coverage/talkStub.ts';
import { headingTitle } from '../model/record/heading.ts';
import { testHeading } from '../model/record/testTalk.ts';
import { talkKind } from '../model/record/talkKind.ts';
import { TalkList } from './TalkList.svelte.ts';

function listOf(...trashed: readonly boolean[]) {
	const documents = trashed.map((isTrashed, at) => ({
		...{ room: `room${at}`, kind: talkKind.kind, circle: 'people', trashed: isTrashed },
		title: headingTitle({ ...testHeading, stub: `stub${at}`, begun: true })
	}));
	const doc = new Y.Doc();
	const session = {
		...{ self: { member: 'talker' }, root: { doc, access: 'write' } },
		documents: { current: () => documents, subscribe: () => () => {} }
	} as unknown as WorkspaceSession;
	const now = () => Date.parse('2023-03-15T02:00:00Z');
	return {
		documents,
		lines: () => readStubs(doc).map(({ id }) => id),
		list: new TalkList(session, now)
	};
}

describe('the list of talks', () => {
	it('TK4 writes the lines that are missing, and takes away those of talks in the trash', () => {
		const { documents, lines, list } = listOf(false, false);
		list.keepStubs();
		expect(lines()).toEqual(['stub0', 'stub1']);
		documents[1]!.trashed = true;
		list.keepStubs();
		expect(lines()).toEqual(['stub0']);
	});
});
