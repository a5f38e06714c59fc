import type { Attachment } from 'svelte/attachments';

/** Ctrl+Enter sends a form from wherever one is in it, a text area too. */
export const submitByKeys: Attachment<HTMLFormElement> = (form) => {
	function onkeydown(event: KeyboardEvent): void {
		if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
		event.preventDefault();
		form.requestSubmit();
	}
	form.addEventListener('keydown', onkeydown);
	return () => form.removeEventListener('keydown', onkeydown);
};
