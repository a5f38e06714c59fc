/** What people do to the list that is answered by a toast or asks something first. */
import { m } from '$lib/paraglide/messages.js';
import { toasts } from '$lib/ui/toasts.svelte.ts';
import { blockToTsv } from '$lib/ui/grid/clipboardBlock.ts';
import type { Catalogue } from '../../model/catalogue/catalogue.ts';
import { rowsToBlock } from '../../model/paste/copyBlock.ts';
import type { Block, PasteTarget } from '../../model/paste/pasteColumns.ts';
import {
	planOverwrite,
	readBlock,
	planAdditions,
	type PasteContext,
	type PastePlan
} from '../../model/paste/pasteRows.ts';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';
import type { CellWords } from '../../state/list/CellWriter.ts';
import type { PasteWish } from '../paste/pasteWish.ts';

export interface PasteStart {
	readonly id: string;
	/** The columns shown from the selected cell to the right. */
	readonly fields: readonly PasteTarget[];
}

const surelyUnderstood = (plan: PastePlan): boolean =>
	plan.unread.length === 0 && plan.surplusColumns === 0;

function pastedWords(plan: PastePlan): string {
	const count = plan.additions.length + plan.changes.length;
	if (plan.unread.length > 0)
		return m.ledgers_pasted_kept_toast({ count, kept: plan.unread.length });
	if (plan.surplusColumns > 0)
		return m.ledgers_pasted_surplus_toast({ count, surplus: plan.surplusColumns });
	return m.ledgers_pasted_toast({ count });
}

export type ListActions = ReturnType<typeof createListActions>;

/** Call while a component is set up. New rows come last: `onadded` is told of the first, to show it. */
export function createListActions(list: LedgerList, onadded: (id: string) => void) {
	let wish = $state.raw<PasteWish | null>(null);
	let offer = $state.raw<{ toast: number; steps: number } | null>(null);

	/** The offer goes once it would take back another step, and with the screen. */
	$effect(() => {
		if (offer === null || list.steps.count !== offer.steps) return;
		const { toast } = offer;
		return () => toasts.dismiss(toast);
	});

	function offerUndo(text: string): void {
		const steps = list.steps.count;
		const run = (): void => list.steps.undo();
		const action = { label: m.ledgers_undo_this(), run };
		offer = { toast: toasts.show({ text, key: 'ledgers step', action }), steps };
	}

	function lay(plan: PastePlan): void {
		const [first] = list.rows.paste(plan);
		if (first !== undefined && plan.changes.length === 0) onadded(first);
	}

	function paste(plan: PastePlan): void {
		lay(plan);
		offerUndo(pastedWords(plan));
	}

	const context = (): PasteContext => list.columns.pasteContext;

	/** With a header, or nowhere to lay it down, a block is added; else it goes over the cells. */
	function take(block: Block, start: PasteStart | null): void {
		const read = readBlock(block, context());
		if (read.hasHeader || start === null) {
			if (read.data.length === 0) return;
			const plan = planAdditions(read, read.columns, context());
			if (read.hasHeader && surelyUnderstood(plan)) paste(plan);
			else wish = { kind: 'append', block: read, columns: read.columns };
			return;
		}
		const from = list.view.rows.findIndex((row) => row.id === start.id);
		const plan = planOverwrite(
			block,
			{ rows: from < 0 ? [] : list.view.rows.slice(from), targets: start.fields },
			context()
		);
		if (surelyUnderstood(plan)) paste(plan);
		else wish = { kind: 'over', plan };
	}

	return {
		get wish() {
			return wish;
		},
		set wish(next: PasteWish | null) {
			wish = next;
		},
		get context() {
			return context();
		},
		ask: () => void (wish = { kind: 'ask' }),
		take,
		paste,

		type(id: string, column: string, text: string): void {
			if (!list.cells.type(id, column, text))
				toasts.show({ text: m.ledgers_cell_not_understood({ text }), tone: 'warning' });
		},

		typeMany(ids: readonly string[], column: string, text: string): void {
			if (!list.cells.typeMany(ids, column, text))
				toasts.show({ text: m.ledgers_cell_not_understood({ text }), tone: 'warning' });
		},

		/** Found and replaced. */
		retype(cells: readonly CellWords[]): void {
			const left = list.cells.retype(cells);
			if (left > 0) toasts.show({ text: m.views_replace_left({ count: left }), tone: 'warning' });
		},

		/** One step for all that a file brings. */
		importTable(plan: PastePlan): void {
			lay(plan);
			const [added, changed] = [plan.additions.length, plan.changes.length];
			offerUndo(m.exchange_imported({ added, changed }));
		},

		/** A block of one's own cells over others: no question is asked, the offer to undo is enough. */
		fill(block: Block, ids: readonly string[], fields: readonly PasteTarget[]): void {
			const rows = ids.flatMap((id) => list.rows.get(id) ?? []);
			const plan = planOverwrite(block, { rows, targets: fields }, context());
			list.rows.paste({ ...plan, additions: [] });
			offerUndo(m.ledgers_filled_toast({ count: plan.changes.length }));
		},

		trash(ids: readonly string[]): void {
			const writable = ids.filter((id) => list.rows.mayTrash(id));
			if (writable.length < ids.length)
				toasts.show({
					text: ids.every((id) => list.rows.isWritable(id))
						? m.ledgers_trash_not_yours()
						: list.ledger === 'personal'
							? m.personal_locked()
							: m.ledgers_row_locked(),
					tone: 'warning'
				});
			if (writable.length === 0) return;
			offer = null;
			if (writable.every((id) => list.rows.isBlank(id))) {
				list.rows.trash(writable);
				toasts.show({ text: m.ledgers_blank_deleted(), key: 'ledgers step' });
				return;
			}
			list.rows.trash(writable);
			toasts.show({
				text: m.ledgers_trashed_toast({ count: writable.length }),
				key: 'ledgers step',
				action: { label: m.ledgers_undo_this(), run: () => list.rows.restore(writable) }
			});
		},

		useCatalogue(catalogue: Catalogue): void {
			list.columns.setCatalogue(catalogue);
			offerUndo(m.ledgers_catalogue_saved({ items: catalogue.items.length }));
		},

		/** The rows and columns shown, with a header. */
		async copyAll(): Promise<void> {
			const { rows } = list.view;
			const columns = new Map(list.shownColumns.map((column) => [column.id, column]));
			const numbers = new Map(rows.map((row, index) => [row.id, String(index + 1)]));
			const block = rowsToBlock(rows, ['number', ...columns.keys()], {
				title: (id) => columns.get(id)?.title ?? m.ledgers_field_number(),
				text: (row, id) => columns.get(id)?.text(row) ?? numbers.get(row.id) ?? ''
			});
			try {
				await navigator.clipboard.writeText(blockToTsv(block));
				toasts.show({ text: m.ledgers_copied({ count: rows.length }) });
			} catch {
				toasts.show({ text: m.ledgers_copy_failed(), tone: 'warning' });
			}
		}
	};
}
