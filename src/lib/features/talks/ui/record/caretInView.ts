/**
 * Keeps the line that is being typed between what sticks to the top of the page and the bar above the
 * keyboard. Browsers bring a caret into the window; they do not know what lies over its edges.
 */
import type { Attachment } from 'svelte/attachments';

export interface Span {
	readonly top: number;
	readonly bottom: number;
}

const MARGIN_PX = 12;

/**
 * How far to scroll down (up where negative) so that `caret` is within `free`. A field higher than that
 * stays: where in it the caret is, it does not say.
 */
export function scrollFor(caret: Span, free: Span): number {
	const [top, bottom] = [free.top + MARGIN_PX, free.bottom - MARGIN_PX];
	if (caret.bottom - caret.top > bottom - top) return 0;
	return Math.min(0, caret.top - top) + Math.max(0, caret.bottom - bottom);
}

/** Null when nobody writes. An empty line has no rectangle of its own: its paragraph has. */
function caretSpan(page: Document): Span | null {
	const focused = page.activeElement;
	if (focused instanceof HTMLTextAreaElement || focused instanceof HTMLInputElement)
		return focused.getBoundingClientRect();
	const selection = page.getSelection();
	if (!(focused instanceof HTMLElement) || !focused.isContentEditable) return null;
	// A selection that is being drawn scrolls by itself.
	if (!selection?.focusNode || !selection.isCollapsed) return null;
	const range = page.createRange();
	range.setStart(selection.focusNode, selection.focusOffset);
	const rect = range.getClientRects()[0];
	if (rect && rect.height > 0) return rect;
	const node = selection.focusNode;
	const near = node instanceof Element ? (node.children[selection.focusOffset] ?? node) : node;
	return (near instanceof Element ? near : near.parentElement)?.getBoundingClientRect() ?? null;
}

/** `edges`: what lies over the page, as selectors; what is not shown does not count. */
function freeSpan(view: Window, edges: { readonly top: string; readonly bottom: string }): Span {
	const { visualViewport: port, document: page } = view;
	const boxOf = (selector: string) => {
		const box = page.querySelector(selector)?.getBoundingClientRect();
		return box && box.height > 0 ? box : null;
	};
	const top = port?.offsetTop ?? 0;
	const bottom = top + (port?.height ?? view.innerHeight);
	const head = boxOf(edges.top);
	return {
		top: Math.max(top, head && head.top <= top + 1 ? head.bottom : top),
		bottom: Math.min(bottom, boxOf(edges.bottom)?.top ?? bottom)
	};
}

export const caretInView =
	(edges: { readonly top: string; readonly bottom: string }): Attachment<HTMLElement> =>
	(node) => {
		const { ownerDocument: page } = node;
		const view = page.defaultView;
		if (!view) return;
		let frame = 0;
		const keep = () => {
			view.cancelAnimationFrame(frame);
			frame = view.requestAnimationFrame(() => {
				if (!node.contains(page.activeElement)) return;
				const caret = caretSpan(page);
				const by = caret ? scrollFor(caret, freeSpan(view, edges)) : 0;
				if (by !== 0) view.scrollBy({ top: by, behavior: 'instant' });
			});
		};
		page.addEventListener('selectionchange', keep);
		node.addEventListener('input', keep);
		node.addEventListener('focusin', keep);
		view.visualViewport?.addEventListener('resize', keep);
		return () => {
			view.cancelAnimationFrame(frame);
			page.removeEventListener('selectionchange', keep);
			node.removeEventListener('input', keep);
			node.removeEventListener('focusin', keep);
			view.visualViewport?.removeEventListener('resize', keep);
		};
	};
