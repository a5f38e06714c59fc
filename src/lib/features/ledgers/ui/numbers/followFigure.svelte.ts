/**
 * Keeps a ledger and the figure in its address together. The rows are those the figure counted when it
 * was asked for: one that is put right while people go through them stays in view until they are done.
 */
import { untrack } from 'svelte';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';

/** Call while a component is set up. `ongone`: all rows are shown again, or the name means nothing. */
export function followFigure(
	list: LedgerList,
	figure: () => string | null,
	ongone: () => void
): void {
	let shown = $state.raw<string | null>(null);

	$effect(() => {
		const name = figure();
		untrack(() => {
			shown = null;
			if (name === null) list.view.showAll();
		});
		if (name === null) return;
		let left = false;
		void import('../../state/showFigure.ts').then(({ showFigure }) => {
			if (left) return;
			if (showFigure(list, name)) shown = name;
			else ongone();
		});
		return () => {
			left = true;
		};
	});

	$effect(() => {
		if (shown !== null && shown === figure() && list.view.cause === null) untrack(ongone);
	});
}
