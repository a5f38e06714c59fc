/**
 * How much of the page's foot lies under a keyboard on the screen. Where the browser makes the page
 * smaller for it (interactive-widget in app.html) this is nothing; Safari lays it over the page.
 */
import type { Attachment } from 'svelte/attachments';

export interface ViewportBox {
	readonly height: number;
	readonly offsetTop: number;
	readonly scale: number;
}

/** A page that is zoomed shows less of itself too, and no keyboard is there. */
export function hiddenBelow(pageHeight: number, { height, offsetTop, scale }: ViewportBox): number {
	if (Math.abs(scale - 1) > 0.01) return 0;
	return Math.max(0, Math.round(pageHeight - height - offsetTop));
}

/** Keeps `--keyboard` on the element. */
export const keyboardInset: Attachment<HTMLElement> = (node) => {
	const view = node.ownerDocument.defaultView;
	const port = view?.visualViewport;
	if (!view || !port) return;
	const measure = () =>
		node.style.setProperty('--keyboard', `${hiddenBelow(view.innerHeight, port)}px`);
	measure();
	port.addEventListener('resize', measure);
	port.addEventListener('scroll', measure);
	return () => {
		port.removeEventListener('resize', measure);
		port.removeEventListener('scroll', measure);
	};
};
