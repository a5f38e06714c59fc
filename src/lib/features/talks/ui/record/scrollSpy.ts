/** Which part of the talk is being read, while nobody writes in one. */
import type { Attachment } from 'svelte/attachments';
import { talkStops, type TalkStop } from './talkStops.ts';

/** A part is the one being read from here up, as a share of the window. */
const READING_LINE = 0.4;

export const scrollSpy =
	(onstop: (stop: TalkStop) => void): Attachment<HTMLElement> =>
	(node) => {
		const { ownerDocument: page } = node;
		const view = page.defaultView;
		if (!view) return;
		let frame = 0;
		const look = () => {
			const focused = page.activeElement;
			if (focused?.closest('section') && node.contains(focused)) return;
			const line = view.innerHeight * READING_LINE;
			const atEnd = view.scrollY + view.innerHeight >= page.documentElement.scrollHeight - 2;
			const isPast = (stop: TalkStop): boolean => {
				const box = page.getElementById(`talk-${stop}`)?.getBoundingClientRect();
				return box !== undefined && box.top <= (atEnd ? view.innerHeight : line);
			};
			onstop(talkStops.findLast(isPast) ?? talkStops[0]);
		};
		const later = () => {
			view.cancelAnimationFrame(frame);
			frame = view.requestAnimationFrame(look);
		};
		view.addEventListener('scroll', later, { passive: true });
		return () => {
			view.cancelAnimationFrame(frame);
			view.removeEventListener('scroll', later);
		};
	};
