/** Copy, cut and paste through the browser's own clipboard events, which need no permission. */
import { blockToHtml, blockToTsv, parseClipboard, tileBlock } from './clipboardBlock.ts';
import type { CellBlock } from './clipboardBlock.ts';
import type { GridTable } from './gridTable.svelte.ts';
import type { CellPlace, CellRange } from './gridTypes.ts';

interface ClipboardHost<Row> {
	readonly table: GridTable<Row>;
	range(): CellRange | null;
	/** An editor is open: the clipboard is its own. */
	editing(): boolean;
	proxy(): HTMLTextAreaElement | undefined;
	clear(): void;
	onPaste(block: CellBlock, at: CellPlace | null): void;
}

export function createGridClipboard<Row>(host: ClipboardHost<Row>) {
	const { table } = host;
	return {
		/** Safari fires `copy` only when something is selected in the focused field. */
		arm(): void {
			const proxy = host.proxy();
			if (!proxy || !host.range()) return;
			proxy.value = ' ';
			proxy.select();
			setTimeout(() => {
				if (!host.editing() && proxy.value === ' ') proxy.value = '';
			});
		},
		copy(event: ClipboardEvent): void {
			const range = host.range();
			if (host.editing() || !range) return;
			const block = table.block(range);
			event.clipboardData?.setData('text/plain', blockToTsv(block));
			event.clipboardData?.setData('text/html', blockToHtml(block));
			event.preventDefault();
			if (event.type === 'cut') host.clear();
		},
		paste(event: ClipboardEvent): void {
			if (host.editing() || table.readonly) return;
			event.preventDefault();
			const data = event.clipboardData;
			const block = parseClipboard(
				data?.getData('text/html') ?? '',
				data?.getData('text/plain') ?? ''
			);
			const range = host.range();
			if (block.length === 0) return;
			if (!range) return host.onPaste(block, null);
			const tiled = tileBlock(block, range.bottom - range.top + 1, range.right - range.left + 1);
			host.onPaste(tiled, table.place({ row: range.top, column: range.left }));
		}
	};
}
