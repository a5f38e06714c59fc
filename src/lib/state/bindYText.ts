/**
 * `<textarea {@attach bindYText(ytext, { origin })}>`: the field and the Y.Text stay the same,
 * character by character. Also for `<input>`. See textBinding.ts for what happens when.
 */
import type { Attachment } from 'svelte/attachments';
import type * as Y from 'yjs';
import { createTextBinding } from './textBinding.ts';

export interface BindYTextOptions {
	/** Of the transactions made here: what an UndoManager tracks. */
	readonly origin: unknown;
	/** Takes Ctrl+Z and Ctrl+Y: the browser's own undo would bring back a colleague's old text. */
	readonly undoManager?: { undo(): unknown; redo(): unknown };
	readonly readonly?: boolean;
	/**
	 * Typed over a selected cell: replaces the whole text when the field is attached. Give it once:
	 * YTextArea does.
	 */
	readonly replaceWith?: string | null;
}

export function bindYText(
	ytext: Y.Text,
	options: BindYTextOptions
): Attachment<HTMLTextAreaElement | HTMLInputElement> {
	return (node) => {
		const { readonly = false, replaceWith = null } = options;
		node.readOnly = readonly;
		const binding = createTextBinding(ytext, node, {
			origin: options.origin,
			readonly,
			singleLine: node instanceof HTMLInputElement,
			isFocused: () => node.ownerDocument.activeElement === node,
			onShown: () => node.dispatchEvent(new CustomEvent('textshown'))
		});
		if (replaceWith !== null && !readonly) {
			node.value = replaceWith;
			binding.input();
			node.dispatchEvent(new CustomEvent('textshown'));
		}

		const listeners = new AbortController();
		const { signal } = listeners;
		const history = (direction: 'undo' | 'redo', event: Event) => {
			event.preventDefault();
			if (direction === 'undo') options.undoManager?.undo();
			else options.undoManager?.redo();
		};
		const on = <K extends keyof HTMLElementEventMap>(
			type: K,
			listener: (event: HTMLElementEventMap[K]) => void
		) => node.addEventListener(type, listener as EventListener, { signal });

		on('input', binding.input);
		on('compositionstart', binding.compositionStart);
		on('compositionend', binding.compositionEnd);
		on('blur', binding.leave);
		on('keydown', (event) => {
			if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
			const key = event.key.toLowerCase();
			if (key === 'z') history(event.shiftKey ? 'redo' : 'undo', event);
			else if (key === 'y') history('redo', event);
		});
		on('beforeinput', (event) => {
			if (event.inputType === 'historyUndo') history('undo', event);
			else if (event.inputType === 'historyRedo') history('redo', event);
		});
		const view = node.ownerDocument.defaultView;
		node.ownerDocument.addEventListener('visibilitychange', binding.save, { signal });
		view?.addEventListener('pagehide', binding.save, { signal });

		return () => {
			listeners.abort();
			binding.close();
		};
	};
}
