/**
 * A plain field that writes straight into a section while the editor is still on its way: every key is
 * in the document at once, as a paragraph of its own; Enter begins the next. The paragraph is made with
 * the first key, so that looking into a field leaves nothing behind.
 */
import type { Attachment } from 'svelte/attachments';
import type * as Y from 'yjs';
import { createTextBinding, type TextBinding } from '$lib/state/textBinding.ts';

export interface EarlyTextOptions {
	/** Makes the paragraph. */
	readonly start: () => Y.Text;
	/** Enter: what was written stands. */
	readonly online: () => void;
	/** While an input method composes, the field must stay. */
	readonly oncomposing: (composing: boolean) => void;
}

/** Of the transactions made here: not the editor's, whose undo leaves them alone. */
const EARLY = Symbol('before the editor');

export const bindEarlyText =
	(options: EarlyTextOptions): Attachment<HTMLTextAreaElement> =>
	(node) => {
		const { ownerDocument: page } = node;
		let binding: TextBinding | null = null;
		let composing = false;
		const setComposing = (now: boolean) => {
			if (now !== composing) options.oncomposing(now);
			composing = now;
		};
		const begin = (): TextBinding =>
			(binding ??= createTextBinding(options.start(), node, {
				origin: EARLY,
				isFocused: () => page.activeElement === node
			}));
		const end = () => {
			binding?.close();
			binding = null;
		};
		const listeners = new AbortController();
		const { signal } = listeners;
		const on = <K extends keyof HTMLElementEventMap>(
			type: K,
			listener: (event: HTMLElementEventMap[K]) => void
		) => node.addEventListener(type, listener as EventListener, { signal });

		on('beforeinput', (event) => {
			if (event.inputType !== 'insertLineBreak') return void begin();
			event.preventDefault();
			end();
			node.value = '';
			options.online();
		});
		on('input', () => {
			// Made now, the binding shows the empty paragraph first: some keyboards tell only afterwards.
			const typed = node.value;
			begin();
			if (node.value !== typed) node.value = typed;
			binding?.input();
		});
		on('compositionstart', () => {
			begin().compositionStart();
			setComposing(true);
		});
		on('compositionend', () => {
			binding?.compositionEnd();
			setComposing(false);
		});
		on('blur', () => {
			binding?.leave();
			setComposing(false);
		});
		const save = () => binding?.save();
		page.addEventListener('visibilitychange', save, { signal });
		page.defaultView?.addEventListener('pagehide', save, { signal });
		return () => {
			listeners.abort();
			end();
		};
	};
