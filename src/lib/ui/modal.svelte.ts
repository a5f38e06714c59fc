/**
 * Opens a `<dialog>` as modal when it is mounted and closes it when it goes; Esc and a press on the
 * backdrop ask `close`. The focus goes to what has `autofocus`, else to the dialog itself, so that its
 * title is read and no keyboard pops up on a phone; who opened it gets it back (by hand: the element
 * has left the page when the teardown runs, and the browser does it only for one still there).
 */
import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';

let open = $state.raw<readonly HTMLDialogElement[]>([]);

/** The dialog in front. All outside it is inert, so what must be pressed has to be inside. */
export const topModal = (): HTMLDialogElement | undefined => open.at(-1);

export function modal(close: () => void): Attachment<HTMLDialogElement> {
	return (node) => {
		const opener = document.activeElement;
		node.showModal();
		if (!node.querySelector('[autofocus]')) node.focus();
		open = [...untrack(() => open), node];

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
			open = open.filter((one) => one !== node);
			node.close();
			if (opener instanceof HTMLElement && opener.isConnected)
				opener.focus({ preventScroll: true });
		};
	};
}
