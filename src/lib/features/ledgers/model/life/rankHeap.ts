/** Numbers of which the smallest can be taken, in logarithmic time. */
export interface RankHeap {
	readonly size: number;
	put(rank: number): void;
	take(): number | undefined;
}

export function createRankHeap(): RankHeap {
	const heap: number[] = [];
	const swap = (a: number, b: number): void => {
		[heap[a], heap[b]] = [heap[b]!, heap[a]!];
	};
	function rise(at: number): void {
		while (at > 0) {
			const above = (at - 1) >> 1;
			if (heap[above]! <= heap[at]!) return;
			swap(at, above);
			at = above;
		}
	}
	function sink(at: number): void {
		for (;;) {
			let least = at;
			for (const below of [2 * at + 1, 2 * at + 2])
				if (below < heap.length && heap[below]! < heap[least]!) least = below;
			if (least === at) return;
			swap(at, least);
			at = least;
		}
	}
	return {
		get size() {
			return heap.length;
		},
		put(rank) {
			heap.push(rank);
			rise(heap.length - 1);
		},
		take() {
			const [least] = heap;
			const last = heap.pop();
			if (heap.length > 0) {
				heap[0] = last!;
				sink(0);
			}
			return least;
		}
	};
}
