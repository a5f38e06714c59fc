/** What is pasted and undone on a ledger's page while no field has the focus. */
import { parseClipboard } from '$lib/ui/grid/clipboardBlock.ts';
import type { Block } from '../../model/paste/pasteColumns.ts';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';

const elsewhere = (target: EventTarget | null): boolean =>
	!(target instanceof Element) ||
	target.closest('input, textarea, select, dialog, [contenteditable]') === null;

export function createPageKeys(list: LedgerList, take: (block: Block) => void) {
	return {
		/** A paste into the page when no cell has the focus: the empty list's first rows, say. */
		onpaste(event: ClipboardEvent): void {
			if (list.readonly || list.ledger === 'rectification' || !elsewhere(event.target)) return;
			const data = event.clipboardData;
			const block = parseClipboard(
				data?.getData('text/html') ?? '',
				data?.getData('text/plain') ?? ''
			);
			if (block.length === 0) return;
			event.preventDefault();
			take(block);
		},

		onkeydown(event: KeyboardEvent): void {
			if (!(event.ctrlKey || event.metaKey) || !elsewhere(event.target)) return;
			const key = event.key.toLowerCase();
			if (key !== 'z' && key !== 'y') return;
			event.preventDefault();
			if (key === 'y' || event.shiftKey) list.steps.redo();
			else list.steps.undo();
		}
	};
}
