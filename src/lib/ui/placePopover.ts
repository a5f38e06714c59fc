/** Puts a popover beside what it belongs to, inside the window. */

export interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}
interface Size {
	readonly width: number;
	readonly height: number;
}

const GAP = 4;
const MARGIN = 8;

/** Below and left-aligned where there is room, else above, else right-aligned. */
export function popoverPosition(anchor: Box, size: Size, window: Size): { x: number; y: number } {
	const below = anchor.bottom + GAP;
	const above = anchor.top - GAP - size.height;
	const fitsBelow = below + size.height <= window.height - MARGIN;
	const y = fitsBelow || above < MARGIN ? below : above;
	const fitsRight = anchor.left + size.width <= window.width - MARGIN;
	const x = fitsRight ? anchor.left : anchor.right - size.width;
	const clamp = (at: number, length: number, room: number) =>
		Math.max(MARGIN, Math.min(at, room - MARGIN - length));
	return { x: clamp(x, size.width, window.width), y: clamp(y, size.height, window.height) };
}

/** For an element that is shown already, so that it has a size. */
export function placePopover(popover: HTMLElement, anchor: Box): void {
	const { x, y } = popoverPosition(
		anchor,
		{ width: popover.offsetWidth, height: popover.offsetHeight },
		{ width: innerWidth, height: innerHeight }
	);
	popover.style.left = `${x}px`;
	popover.style.top = `${y}px`;
}
