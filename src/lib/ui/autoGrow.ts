/** As tall as its text: `field-sizing` where the browser has it, measuring elsewhere. */
import type { Attachment } from 'svelte/attachments';

export const autoGrow: Attachment<HTMLTextAreaElement> = (node) => {
	if (CSS.supports('field-sizing', 'content')) {
		node.style.setProperty('field-sizing', 'content');
		return;
	}
	const fit = () => {
		node.style.height = 'auto';
		node.style.height = `${node.scrollHeight + node.offsetHeight - node.clientHeight}px`;
	};
	fit();
	node.addEventListener('input', fit);
	// Fired by the text binding after a colleague's change.
	node.addEventListener('textshown', fit);
	const watch = new ResizeObserver((entries) => {
		const width = Math.round(entries[0]?.contentRect.width ?? 0);
		if (width === lastWidth) return;
		lastWidth = width;
		fit();
	});
	let lastWidth = -1;
	watch.observe(node);
	return () => {
		watch.disconnect();
		node.removeEventListener('input', fit);
		node.removeEventListener('textshown', fit);
	};
};
