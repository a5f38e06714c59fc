/** What colleagues did, one line for each of them and each place. */
import type { TodayNews } from './todaySource.ts';

export interface NewsLine {
	readonly id: string;
	/** Member id. */
	readonly by: string;
	readonly placeName: () => string;
	readonly added: number;
	readonly changed: number;
	/** The latest first. */
	readonly news: readonly TodayNews[];
}

const latestFirst = (a: TodayNews, b: TodayNews): number =>
	a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1;

/** The line with the latest news first. */
export function groupNews(news: readonly TodayNews[]): NewsLine[] {
	const groups = new Map<string, TodayNews[]>();
	for (const one of news.toSorted(latestFirst)) {
		const id = `${one.by} ${one.place}`;
		const group = groups.get(id);
		if (group) group.push(one);
		else groups.set(id, [one]);
	}
	return [...groups].map(([id, found]) => {
		const added = found.filter(({ isNew }) => isNew).length;
		const { by, placeName } = found[0]!;
		return { id, by, placeName, added, changed: found.length - added, news: found };
	});
}
