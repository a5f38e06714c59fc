/** The list in the order a person looks for things: what is not finished first, then month by month. */
import type { ListedTalk } from '../../state/TalkList.svelte.ts';

export interface TalkGroupShown {
	/** `drafts`, `toSign`, or a month as '2023-03'. */
	readonly key: string;
	readonly talks: readonly ListedTalk[];
}

const groupKey = ({ state, isMine, on }: ListedTalk): string =>
	state === 'draft' && isMine ? 'drafts' : state === 'awaiting' ? 'toSign' : on.slice(0, 7);

const rank = (key: string): string => (key === 'drafts' ? '~2' : key === 'toSign' ? '~1' : key);

export function groupTalks(talks: readonly ListedTalk[]): TalkGroupShown[] {
	const groups = new Map<string, ListedTalk[]>();
	for (const talk of talks) {
		const key = groupKey(talk);
		groups.set(key, [...(groups.get(key) ?? []), talk]);
	}
	return [...groups]
		.map(([key, all]) => ({ key, talks: all }))
		.toSorted((a, b) => (rank(a.key) < rank(b.key) ? 1 : -1));
}
