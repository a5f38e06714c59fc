/**
 * The figures of an open ledger, kept up with it. Only rows that changed are read again; the figures
 * are worked out when somebody looks at them.
 */
import type * as Y from 'yjs';
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import { catalogueIn, readCatalogue, type Catalogue } from '../model/catalogue/catalogue.ts';
import { coverageOf, type Coverage } from '../model/numbers/items.ts';
import { opinionNumbers, type OpinionNumbers } from '../model/numbers/opinionNumbers.ts';
import { problemNumbers, type ProblemNumbers } from '../model/numbers/problemNumbers.ts';
import { builtInFields, type TableName } from '../model/rows/fields.ts';
import type { LedgerRow } from '../model/rows/ledgerRow.ts';
import { tableIn } from '../model/rows/tableSteps.ts';
import { RowsProjection } from '../model/rows/rowsProjection.ts';
import { readable } from '../model/rows/value.ts';

/** Nobody reads figures letter by letter while a colleague types. */
const settleMs = 200;

export interface LedgerNumbersOptions {
	readonly open: Pick<OpenDocument, 'doc'>;
	readonly now: () => number;
	/** When to take in what happened; a while later by default. */
	readonly schedule?: (run: () => void) => void;
}

export class LedgerNumbers {
	readonly #now: () => number;
	readonly #doc: Y.Doc;
	readonly #projections: readonly RowsProjection[];
	#problemRows = $state.raw<readonly LedgerRow[]>([]);
	#opinionRows = $state.raw<readonly LedgerRow[]>([]);
	#catalogue = $state.raw<Catalogue | null>(null);
	#today = $state<Ymd>('');

	readonly #problems = $derived(problemNumbers(this.#problemRows, this.#catalogue, this.#today));
	readonly #opinions = $derived(opinionNumbers(this.#opinionRows, this.#today));
	readonly #coverage = $derived(
		coverageOf(this.#catalogue, this.#problems.byItem, this.#opinions.byItem)
	);

	constructor({
		open,
		now,
		schedule = (run) => void setTimeout(run, settleMs)
	}: LedgerNumbersOptions) {
		this.#now = now;
		this.#doc = open.doc;
		this.#today = localYmd(now());
		this.#projections = [
			this.#follow('problems', schedule, (rows) => (this.#problemRows = rows)),
			this.#follow('opinions', schedule, (rows) => (this.#opinionRows = rows))
		];
		this.#takeCatalogue();
		catalogueIn(open.doc).observe(this.#takeCatalogue);
	}

	get problems(): ProblemNumbers {
		return this.#problems;
	}
	get opinions(): OpinionNumbers {
		return this.#opinions;
	}
	/** Null while the branch has no catalogue, or one that cannot be read. */
	get coverage(): Coverage | null {
		return this.#coverage;
	}
	get catalogue(): Catalogue | null {
		return this.#catalogue;
	}
	get today(): Ymd {
		return this.#today;
	}

	/** It may be another day. */
	refresh(): void {
		this.#today = localYmd(this.#now());
	}

	destroy(): void {
		for (const projection of this.#projections) projection.destroy();
		catalogueIn(this.#doc).unobserve(this.#takeCatalogue);
	}

	#follow(
		table: TableName,
		schedule: (run: () => void) => void,
		take: (rows: readonly LedgerRow[]) => void
	): RowsProjection {
		const fields = builtInFields(table);
		const projection = new RowsProjection(tableIn(this.#doc, table), table, fields, schedule);
		take(projection.listed);
		projection.subscribe(() => take(projection.listed));
		return projection;
	}

	readonly #takeCatalogue = (): void => {
		this.#catalogue = readable(readCatalogue(this.#doc));
	};
}
