/** What people do with views, answered by a toast or with a question first. */
import { m } from '$lib/paraglide/messages.js';
import { toasts } from '$lib/ui/toasts.svelte.ts';
import { noFilter } from '../../model/view/filter.ts';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';
import type { LedgerViews, Undo } from '../../state/LedgerViews.svelte.ts';
import type { NameWish } from './ViewNameDialog.svelte';
import { viewName } from './viewNames.ts';

export type ViewActions = ReturnType<typeof createViewActions>;

const offer = (text: string, undo: Undo): number =>
	toasts.show({
		text,
		key: 'ledgers view',
		action: { label: m.ledgers_undo_this(), run: undo }
	});

/** `onview` puts another view into the address. */
export function createViewActions(
	views: LedgerViews,
	list: LedgerList,
	onview: (id: string | null) => void
) {
	let wish = $state.raw<NameWish | null>(null);

	return {
		get wish() {
			return wish;
		},
		set wish(next: NameWish | null) {
			wish = next;
		},
		open: onview,
		askName: () => void (wish = { what: 'new', name: '' }),
		askRename: () => void (wish = { what: 'rename', name: viewName(views.current) }),

		name(name: string, kind: 'own' | 'shared', what: NameWish['what']): void {
			if (what === 'rename') return void views.rename(name);
			const id = views.saveAs(name, kind);
			if (id !== null) onview(id);
		},

		/** The rows of one item of the catalogue, whatever was asked before. */
		showItem(no: number): void {
			list.view.setSpec({
				filter: {
					...noFilter,
					conditions: [{ kind: 'number', field: 'itemNo', op: 'eq', number: no }]
				}
			});
		},

		save(): void {
			const undo = views.save();
			if (undo) offer(m.views_saved({ name: viewName(views.current) }), undo);
		},

		remove(): void {
			const { current } = views;
			const undo = views.remove();
			if (!undo) return;
			onview(null);
			offer(m.views_deleted({ name: viewName(current) }), () => {
				undo();
				onview(current.id);
			});
		}
	};
}
