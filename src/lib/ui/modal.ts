/**
 * Opens a `<dialog>` as modal when it is mounted and closes it when it goes; Esc and a press on the
 * backdrop ask `close`. Who opened it gets the focus back: by hand, for the element has left the page
 * when the teardown runs and the browser does it only for one that is still there.
 */
import type { Attachment } from 'svelte/attachments';

export function modal(close: () => void): Attachment<HTMLDialogElement> {
	return (node) => {
		const opener = document.activeElement;
		node.showModal();
		const onCancel = (event: Event) => {
			event.preventDefault();
			close();
		};
		// Pressed and released on the backdrop: a text selection dragged outside must not close it.
		let pressedOutside = false;
		const isOutside = (event: MouseEvent) => {
			const box = node.getBoundingClientRect();
			const { clientX: x, clientY: y } = event;
			return (
				event.target === node && (x < box.left || x > box.right || y < box.top || y > box.bottom)
			);
		};
		const onDown = (event: MouseEvent) => (pressedOutside = isOutside(event));
		const onClick = (event: MouseEvent) => {
			if (pressedOutside && isOutside(event)) close();
		};
		node.addEventListener('cancel', onCancel);
		node.addEventListener('mousedown', onDown);
		node.addEventListener('click', onClick);
		return () => {
			node.close();
			if (opener instanceof HTMLElement && opener.isConnected)
				opener.focus({ preventScroll: true });
		};
	};
}
