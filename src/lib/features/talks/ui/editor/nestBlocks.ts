/** The flat lines of a section as paragraphs and lists in lists, for showing them as HTML. */
import type { TextBlock } from '../../model/record/sections.ts';

export type TextPart =
	| { readonly kind: 'paragraph'; readonly block: TextBlock }
	| { readonly kind: 'ul' | 'ol'; readonly start: number; readonly items: readonly TextPart[][] };

interface OpenList {
	readonly kind: 'ul' | 'ol';
	readonly start: number;
	readonly items: TextPart[][];
	readonly lastNo: number;
}

/** A further paragraph of an item has no mark, and is told from one outside by its depth only below the first list. */
export function nestBlocks(blocks: readonly TextBlock[]): TextPart[] {
	const parts: TextPart[] = [];
	const open: OpenList[] = [];
	const inside = (): TextPart[] => open.at(-1)?.items.at(-1) ?? parts;
	for (const block of blocks) {
		const paragraph: TextPart = { kind: 'paragraph', block };
		if (block.kind === 'paragraph') {
			open.length = Math.min(open.length, block.depth === 0 ? 0 : block.depth + 1);
			inside().push(paragraph);
			continue;
		}
		const kind = block.kind === 'bullet' ? 'ul' : 'ol';
		open.length = Math.min(open.length, block.depth + 1);
		const last = open.at(-1);
		const goesOn =
			open.length === block.depth + 1 && last?.kind === kind && last.lastNo + 1 === block.no;
		if (goesOn) open[open.length - 1] = { ...last, lastNo: block.no };
		else {
			open.length = Math.min(open.length, block.depth);
			const list: OpenList = { kind, start: block.no, items: [], lastNo: block.no };
			inside().push(list);
			open.push(list);
		}
		open.at(-1)!.items.push([paragraph]);
	}
	return parts;
}
