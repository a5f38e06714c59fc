/**
 * The rows that belong to one of the three ledgers. The rectification ledger shows those problems of
 * the list that have been confirmed: the same rows, with what is done about them.
 */
import type { RowChange, RowSource } from '../view/rowsView.ts';
import type { ViewLedger } from '../view/savedView.ts';
import type { LedgerRow } from './ledgerRow.ts';
import type { ProjectionChange, RowsProjection } from './rowsProjection.ts';

const rectified = new Set(['toRectify', 'rectifying', 'toAccept', 'closed', 'longTerm']);

export const isInLedger = (ledger: ViewLedger, row: LedgerRow): boolean =>
	ledger !== 'rectification' || rectified.has(row.life.status);

export class LedgerSource implements RowSource<LedgerRow> {
	readonly #rows: RowsProjection;
	readonly #ledger: ViewLedger;
	#members: ReadonlySet<string> = new Set();
	#listed: readonly LedgerRow[] = [];
	#from: readonly LedgerRow[] | null = null;

	constructor(rows: RowsProjection, ledger: ViewLedger) {
		this.#rows = rows;
		this.#ledger = ledger;
	}

	get listed(): readonly LedgerRow[] {
		if (this.#ledger !== 'rectification') return this.#rows.listed;
		if (this.#from === this.#rows.listed) return this.#listed;
		this.#from = this.#rows.listed;
		this.#listed = this.#from.filter((row) => isInLedger(this.#ledger, row));
		this.#members = new Set(this.#listed.map(({ id }) => id));
		return this.#listed;
	}

	get(id: string): LedgerRow | undefined {
		return this.#rows.get(id);
	}

	positionOf(id: string): number | undefined {
		const row = this.#rows.get(id);
		return row !== undefined && isInLedger(this.#ledger, row)
			? this.#rows.positionOf(id)
			: undefined;
	}

	/** A row that was confirmed or sent back comes or goes. */
	changeOf({ changed, reordered }: ProjectionChange): RowChange {
		const before = this.#members;
		void this.listed;
		const moved = [...changed].some((id) => before.has(id) !== this.#members.has(id));
		return { changed, reordered: reordered || moved };
	}
}
