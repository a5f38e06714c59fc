import { describe, expect, it } from 'vitest';
import { groupNews } from './groupNews.ts';
import type { TodayNews } from './todaySource.ts';

const news = (id: string, by: string, place: string, minute: number, isNew = false): TodayNews => ({
	...{ id, by, place, isNew, title: id, href: `/${id}`, placeName: () => place },
	at: `2023-03-15T08:${String(minute).padStart(2, '0')}:00.000Z`
});

describe('groupNews', () => {
	it('tells one colleague’s doings in one place in one line, the latest first', () => {
		const lines = groupNews([
			news('a', 'm2', 'problems', 1),
			news('b', 'm2', 'problems', 5, true),
			news('c', 'm3', 'problems', 3),
			news('d', 'm2', 'opinions', 9)
		]);
		expect(
			lines.map(({ by, added, changed, placeName, news: told }) => [
				...[by, placeName(), added, changed],
				told.map(({ id }) => id)
			])
		).toEqual([
			['m2', 'opinions', 0, 1, ['d']],
			['m2', 'problems', 1, 1, ['b', 'a']],
			['m3', 'problems', 0, 1, ['c']]
		]);
		expect(new Set(lines.map(({ id }) => id)).size).toBe(3);
	});

	it('has nothing to tell of nothing', () => {
		expect(groupNews([])).toEqual([]);
	});
});
