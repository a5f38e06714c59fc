import { describe, expect, it } from 'vitest';
import type { ListedTalk } from '../../state/TalkList.svelte.ts';
import { groupTalks } from './talkGroups.ts';

const talk = (room: string, on: string, state: ListedTalk['state'], isMine = true): ListedTalk =>
	({ room, on, state, isMine }) as ListedTalk;

describe('the list of talks', () => {
	it('begins with what is not finished and goes on month by month', () => {
		const groups = groupTalks([
			talk('a', '2023-04-02', 'signed'),
			talk('b', '2023-03-20', 'draft'),
			talk('c', '2023-03-15', 'locked'),
			talk('d', '2023-03-14', 'awaiting', false),
			talk('e', '2023-03-10', 'draft', false),
			talk('f', '2022-12-31', 'signed')
		]);
		expect(groups.map(({ key, talks }) => [key, talks.map(({ room }) => room).join('')])).toEqual([
			['drafts', 'b'],
			['toSign', 'd'],
			['2023-04', 'a'],
			['2023-03', 'ce'],
			['2022-12', 'f']
		]);
	});
});
