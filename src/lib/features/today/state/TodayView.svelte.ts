/** All sources together, as the screen sees them. */
import { groupItems, type TodayScope, type TodaySection } from '../model/groupItems.ts';
import { groupNews, type NewsLine } from '../model/groupNews.ts';
import { nothingFound, type TodayFound, type TodaySource } from '../model/todaySource.ts';
import type { Ymd } from '$lib/base/typedDate.ts';

export class TodayView {
	#found = $state.raw<readonly TodayFound[]>([]);
	#sources: readonly TodaySource[] = [];
	readonly #items = $derived(this.#found.flatMap(({ items }) => items));
	readonly #news = $derived(groupNews(this.#found.flatMap(({ news }) => news)));

	/** Takes the place of the sources before. Gives the function that ends it. */
	follow(sources: readonly TodaySource[]): () => void {
		this.#sources = sources;
		this.#found = sources.map(() => ({ ...nothingFound, left: 1, of: 1 }));
		const stops = sources.map((source, at) =>
			source.follow((found) => (this.#found = this.#found.with(at, found)))
		);
		return () => stops.forEach((stop) => stop());
	}

	sections(scope: TodayScope, today: Ymd): TodaySection[] {
		return groupItems(this.#items, scope, today);
	}

	get news(): readonly NewsLine[] {
		return this.#news;
	}

	markSeen(): void {
		for (const source of this.#sources) source.markSeen?.();
	}

	/** Looked into of what there is, while there is something left. */
	get progress(): { readonly done: number; readonly of: number } | null {
		const left = this.#found.reduce((sum, found) => sum + found.left, 0);
		const of = this.#found.reduce((sum, found) => sum + found.of, 0);
		return left === 0 ? null : { done: Math.max(0, of - left), of };
	}

	get skipped(): number {
		return this.#found.reduce((sum, found) => sum + found.skipped, 0);
	}
}
