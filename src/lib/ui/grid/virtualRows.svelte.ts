/**
 * Only the rows in view are in the document. Heights are measured, since long text wraps; a height is
 * remembered under its row's key, so sorting and inserting do not make the list jump.
 */
import {
	defaultRangeExtractor,
	elementScroll,
	observeElementOffset,
	observeElementRect,
	Virtualizer,
	type VirtualItem
} from '@tanstack/virtual-core';
import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';

export interface VirtualRowsOptions {
	readonly count: number;
	readonly keyOf: (index: number) => string;
	readonly estimatePx: number;
	/** Height of what sticks to the top of the scroller. */
	readonly headPx?: number;
	/** What else may cover the top when a row is scrolled into view. */
	readonly coveredPx?: number;
	readonly gapPx?: number;
	/** Empty room after the last row. */
	readonly endPx?: number;
	/** A row that stays in the document when it is scrolled away: it holds the focus or an editor. */
	readonly keep?: number | null;
}

export interface RowBox {
	readonly start: number;
	readonly size: number;
	readonly end: number;
}

export interface VirtualRows {
	readonly items: readonly VirtualItem[];
	readonly totalPx: number;
	/** For each row's element, which carries its index in data-line. The element may change its row. */
	readonly measure: Attachment<HTMLElement>;
	scrollTo(index: number): void;
	/** The row at this distance from the top of the scrolled content. */
	indexAt(offsetPx: number): number;
	/** Where a row lies, in view or not. */
	box(index: number): RowBox | undefined;
	/** All heights are other ones now. */
	forget(): void;
}

const OVERSCAN_ROWS = 4;
/** So many rows tell how high a row is, and so far off a guess may be. */
const GUESS_ROWS = 6;
const GUESS_OFF = 0.25;

/** Call while a component is set up. */
export function createVirtualRows(
	scroller: () => HTMLElement | undefined,
	options: () => VirtualRowsOptions
): VirtualRows {
	let items = $state.raw<readonly VirtualItem[]>([]);
	let totalPx = $state(0);
	/** About as high as a row is: of the first screen, since people's texts differ from list to list. */
	let typicalPx = $state<number | null>(null);
	let keyOf: (index: number) => string = String;
	/** What the virtualiser was given: it works everything out anew when it gets another function. */
	let given = { keyOf, px: 0, key: keyOf };

	const publish = () => {
		items = virtualizer.getVirtualItems();
		totalPx = virtualizer.getTotalSize();
	};
	const heights = createHeights(
		(index) => keyOf(index),
		(index, px) => virtualizer.resizeItem(index, px),
		(sizes) => guess(sizes),
		() => publish()
	);
	function guess(sizes: readonly number[]): void {
		// Only at the top: elsewhere another guess would move what is in view.
		if (sizes.length < GUESS_ROWS || (virtualizer.scrollOffset ?? 0) > 0) return;
		const px = Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length);
		if (typicalPx === null || Math.abs(px - typicalPx) > typicalPx * GUESS_OFF) typicalPx = px;
	}
	const fixed = {
		getScrollElement: () => scroller() ?? null,
		scrollToFn: elementScroll,
		observeElementRect,
		observeElementOffset,
		overscan: OVERSCAN_ROWS,
		useAnimationFrameWithResizeObserver: false,
		onChange: () => heights.changed()
	};
	const virtualizer = new Virtualizer<HTMLElement, HTMLElement>({
		...fixed,
		count: 0,
		estimateSize: () => 0
	});

	$effect.pre(() => {
		const wish = options();
		const { count, headPx = 0, coveredPx = 0, gapPx = 0, endPx = 0, keep } = wish;
		const element = scroller();
		const px = typicalPx ?? wish.estimatePx;
		untrack(() => {
			keyOf = wish.keyOf;
			if (given.keyOf !== keyOf || given.px !== px)
				given = { keyOf, px, key: (index) => keyOf(index) };
			virtualizer.setOptions({
				...fixed,
				count,
				getItemKey: given.key,
				estimateSize: () => px,
				scrollMargin: headPx,
				scrollPaddingStart: headPx + coveredPx,
				gap: gapPx,
				paddingEnd: endPx,
				rangeExtractor: (range) => {
					const shown = defaultRangeExtractor(range);
					if (keep === undefined || keep === null || keep >= count || shown.includes(keep))
						return shown;
					return [...shown, keep].sort((a, b) => a - b);
				}
			});
			if (element) virtualizer._willUpdate();
			publish();
		});
	});
	$effect(() => {
		const unmount = virtualizer._didMount();
		return () => {
			unmount();
			heights.stop();
		};
	});
	$effect(() => {
		void items;
		untrack(() => heights.measureNew());
	});

	return {
		get items() {
			return items;
		},
		get totalPx() {
			return totalPx;
		},
		measure: heights.attach,
		scrollTo(index) {
			virtualizer.scrollToIndex(index, { align: 'auto' });
		},
		indexAt(offsetPx) {
			return virtualizer.getVirtualItemForOffset(offsetPx)?.index ?? -1;
		},
		box(index) {
			void items;
			return virtualizer.measurementsCache[index];
		},
		forget() {
			heights.forget();
			virtualizer.measure();
			heights.measureNew();
		}
	};
}

/**
 * Elements are handed from row to row, so an observer alone would miss a row that is as high as the
 * one before it in the same element. All heights are read together: one layout a frame.
 */
function createHeights(
	keyOf: (index: number) => string,
	resize: (index: number, px: number) => void,
	measured: (sizes: readonly number[]) => void,
	publish: () => void
) {
	const shown = new Set<HTMLElement>();
	let measuredAs = new WeakMap<Element, string>();
	let held = false;
	let pending = false;
	let observer: ResizeObserver | undefined;

	function read(nodes: Iterable<HTMLElement>, again: boolean): void {
		const sizes: [index: number, px: number][] = [];
		for (const node of nodes) {
			const index = Number(node.dataset.line ?? -1);
			if (index < 0) continue;
			const key = keyOf(index);
			if (!again && measuredAs.get(node) === key) continue;
			const px = node.offsetHeight;
			// A list that is not shown has no heights.
			if (px === 0) continue;
			measuredAs.set(node, key);
			sizes.push([index, px]);
		}
		held = true;
		for (const [index, px] of sizes) resize(index, px);
		measured(sizes.map(([, px]) => px));
		held = false;
		if (pending) publish();
		pending = false;
	}

	return {
		measureNew: () => read(shown, false),
		forget: () => void (measuredAs = new WeakMap()),
		/** Many rows found out to be higher are one change. */
		changed(): void {
			if (held) pending = true;
			else publish();
		},
		attach(node: HTMLElement) {
			observer ??= new ResizeObserver((entries) =>
				read(
					entries.map((entry) => entry.target as HTMLElement),
					true
				)
			);
			shown.add(node);
			observer.observe(node, { box: 'border-box' });
			return () => {
				shown.delete(node);
				observer?.unobserve(node);
			};
		},
		stop: () => observer?.disconnect()
	};
}
