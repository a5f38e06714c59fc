/** 批量修改: one field of many rows, as one step. */
import type { LedgerList } from './LedgerList.svelte.ts';

export interface ManyWish {
	readonly field: string;
	/** `add` and `remove` are for sets. */
	readonly how: 'set' | 'clear' | 'add' | 'remove';
	/** As it was typed, or the value that was picked. */
	readonly text: string;
	readonly words: readonly string[];
	/** `text` is a value from a list. */
	readonly picked: boolean;
}

/** How many rows could be written into; null, and nothing written, for words not understood. */
export function writeMany(
	list: LedgerList,
	ids: readonly string[],
	{ field, how, text, words, picked }: ManyWish
): number | null {
	const writable = ids.filter((id) => list.rows.isWritable(id));
	if (how === 'add' || how === 'remove') list.cells.tickMany(writable, field, words, how === 'add');
	else if (how === 'clear') list.cells.editMany(writable, { [field]: null });
	else if (picked) list.cells.chooseMany(writable, field, text);
	else if (!list.cells.typeMany(writable, field, text)) return null;
	return writable.length;
}
