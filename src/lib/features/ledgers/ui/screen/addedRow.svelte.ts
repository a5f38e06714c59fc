/** The row just added and not yet left: thrown away again when nothing has been written in it. */
import { tick } from 'svelte';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';

export interface AddedRowHost {
	/** The row open as a form. */
	opened(): string | null;
	onrow(id: string | null): void;
	/** A new row opens as a form. */
	phone(): boolean;
	reveal(id: string): void;
}

/** Call while a component is set up. */
export function createAddedRow(list: LedgerList, host: AddedRowHost) {
	let justAdded = $state.raw<{ readonly id: string; readonly by: 'form' | 'enter' } | null>(null);

	function leave(): void {
		const left = justAdded;
		justAdded = null;
		if (left) list.rows.discardBlank(left.id);
	}

	// However the form was left: 完成, Back, or on to the next one.
	$effect(() => {
		const id = host.opened();
		if (id === null) return;
		return () => {
			if (justAdded?.by !== 'form' || justAdded.id !== id) return;
			leave();
			// It comes last: whoever wrote it looks for it.
			void tick().then(() => host.reveal(id));
		};
	});

	return {
		leave,

		async add(): Promise<void> {
			leave();
			const id = list.rows.add(null, list.ledger === 'opinions' ? { on: list.today } : {});
			if (host.phone()) {
				justAdded = { id, by: 'form' };
				host.onrow(id);
				return;
			}
			await tick();
			host.reveal(id);
		},

		addBelow(afterKey: string | null, why: 'asked' | 'enter'): string {
			const id = list.rows.add(afterKey);
			leave();
			if (why === 'enter') justAdded = { id, by: 'enter' };
			return id;
		},

		/** The person is in this row of the grid now. */
		placed(row: string | null): void {
			if (
				row !== null &&
				justAdded?.by === 'enter' &&
				host.opened() === null &&
				justAdded.id !== row
			)
				leave();
		},

		/** It is open as a form for the first time. */
		isFresh: (id: string | null): boolean => justAdded?.by === 'form' && justAdded.id === id
	};
}
