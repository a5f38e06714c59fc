/** Scrolls while something is dragged to the edge of a scroller, and says so after each step. */

const EDGE_PX = 28;
const MAX_STEP_PX = 24;

export interface EdgeScroll {
	/** Pointer position in the window. */
	update(clientX: number, clientY: number): void;
	stop(): void;
}

function push(at: number, from: number, to: number): number {
	if (at < from + EDGE_PX) return Math.max(-MAX_STEP_PX, (at - from - EDGE_PX) / 2);
	if (at > to - EDGE_PX) return Math.min(MAX_STEP_PX, (at - to + EDGE_PX) / 2);
	return 0;
}

/** `inset`: what covers the scroller's edges (sticky head, pinned columns). */
export function createEdgeScroll(
	scroller: HTMLElement,
	inset: { top: number; left: number },
	onScrolled: () => void
): EdgeScroll {
	let frame = 0;
	let dx = 0;
	let dy = 0;
	const step = () => {
		frame = 0;
		if (dx === 0 && dy === 0) return;
		scroller.scrollBy(dx, dy);
		onScrolled();
		frame = requestAnimationFrame(step);
	};
	return {
		update(clientX, clientY) {
			const box = scroller.getBoundingClientRect();
			dx = push(clientX, box.left + inset.left, box.right);
			dy = push(clientY, box.top + inset.top, box.bottom);
			if (frame === 0 && (dx !== 0 || dy !== 0)) frame = requestAnimationFrame(step);
		},
		stop() {
			cancelAnimationFrame(frame);
			frame = dx = dy = 0;
		}
	};
}
