/**
 * Only the rows in view are in the document. Heights are measured, since long text wraps; a height is
 * remembered under its row's key, so sorting and inserting do not make the list jump.
 */
import {
	defaultRangeExtractor,
	elementScroll,
	measureElement,
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
	readonly gapPx?: number;
	/** Empty room after the last row. */
	readonly endPx?: number;
	/** A row that stays in the document when it is scrolled away: it holds the focus or an editor. */
	readonly keep?: number | null;
}

export interface VirtualRows {
	readonly items: readonly VirtualItem[];
	readonly totalPx: number;
	/** For each row's element, which carries its index in data-index. */
	readonly measure: Attachment<HTMLElement>;
	scrollTo(index: number): void;
	/** The row at this distance from the top of the scrolled content. */
	indexAt(offsetPx: number): number;
}

const OVERSCAN_ROWS = 6;

/** Call while a component is set up. */
export function createVirtualRows(
	scroller: () => HTMLElement | undefined,
	options: () => VirtualRowsOptions
): VirtualRows {
	let items = $state.raw<readonly VirtualItem[]>([]);
	let totalPx = $state(0);

	const publish = () => {
		items = virtualizer.getVirtualItems();
		totalPx = virtualizer.getTotalSize();
	};
	const fixed = {
		getScrollElement: () => scroller() ?? null,
		scrollToFn: elementScroll,
		observeElementRect,
		observeElementOffset,
		measureElement,
		overscan: OVERSCAN_ROWS,
		useAnimationFrameWithResizeObserver: false,
		onChange: publish
	};
	const virtualizer = new Virtualizer<HTMLElement, HTMLElement>({
		...fixed,
		count: 0,
		estimateSize: () => 0
	});

	$effect.pre(() => {
		const { count, keyOf, estimatePx, headPx = 0, gapPx = 0, endPx = 0, keep } = options();
		const element = scroller();
		untrack(() => {
			virtualizer.setOptions({
				...fixed,
				count,
				getItemKey: keyOf,
				estimateSize: () => estimatePx,
				scrollMargin: headPx,
				scrollPaddingStart: headPx,
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
	$effect(() => untrack(() => virtualizer._didMount()));

	return {
		get items() {
			return items;
		},
		get totalPx() {
			return totalPx;
		},
		measure(node) {
			virtualizer.measureElement(node);
			return () => queueMicrotask(() => virtualizer.measureElement(null));
		},
		scrollTo(index) {
			virtualizer.scrollToIndex(index, { align: 'auto' });
		},
		indexAt(offsetPx) {
			return virtualizer.getVirtualItemForOffset(offsetPx)?.index ?? -1;
		}
	};
}
