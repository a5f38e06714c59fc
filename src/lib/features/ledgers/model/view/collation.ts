/**
 * The order of words as numbers. Comparing Chinese words is slow, and a list is sorted again whenever
 * a colleague changes a cell it is sorted by: words already known keep their places, new ones are
 * searched theirs.
 */
const collator = new Intl.Collator('zh-Hans', { numeric: true });
/** So many words that nobody sorts by any more are kept before all are forgotten. */
const spareWords = 2000;

/** Words the collator takes for the same still have one order. */
export const compareWords = (a: string, b: string): number =>
	collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);

export class Collation {
	#sorted: readonly string[] = [];
	#ranks = new Map<string, number>();

	/** After this the ranks of these words say how they follow one another. */
	learn(words: ReadonlySet<string>): void {
		if (this.#sorted.length > 2 * words.size + spareWords) this.#forget();
		const fresh = [...words].filter((word) => !this.#ranks.has(word));
		if (fresh.length === 0) return;
		this.#sorted = this.#merge(fresh.sort(compareWords));
		this.#ranks = new Map(this.#sorted.map((word, rank) => [word, rank]));
	}

	/** Of a word that has been learnt. */
	rankOf(word: string): number {
		return this.#ranks.get(word) ?? this.#sorted.length;
	}

	#forget(): void {
		this.#sorted = [];
		this.#ranks = new Map();
	}

	#merge(fresh: readonly string[]): string[] {
		const merged: string[] = [];
		let taken = 0;
		for (const word of fresh) {
			const end = this.#placeOf(word, taken);
			for (; taken < end; taken += 1) merged.push(this.#sorted[taken]!);
			merged.push(word);
		}
		for (; taken < this.#sorted.length; taken += 1) merged.push(this.#sorted[taken]!);
		return merged;
	}

	#placeOf(word: string, from: number): number {
		let low = from;
		let high = this.#sorted.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if (compareWords(this.#sorted[middle]!, word) < 0) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
