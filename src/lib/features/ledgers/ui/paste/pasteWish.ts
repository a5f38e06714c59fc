import type { PasteColumn } from '../../model/paste/pasteColumns.ts';
import type { PastePlan, ReadBlock } from '../../model/paste/pasteRows.ts';

/** A paste on its way: asked for, about to add rows, or about to write over some. */
export type PasteWish =
	| { readonly kind: 'ask' }
	| { readonly kind: 'append'; readonly block: ReadBlock; readonly columns: readonly PasteColumn[] }
	| { readonly kind: 'over'; readonly plan: PastePlan };
