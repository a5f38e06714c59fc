/**
 * One ledger watched for what it still asks for and what colleagues did in it, for a list over many
 * ledgers. Only rows that changed are read again.
 */
import * as Y from 'yjs';
import { bytesEqual } from '$lib/base/bytes.ts';
import type { Actor } from '../life/guards.ts';
import { tables, type TableName } from '../rows/fields.ts';
import type { LedgerRow } from '../rows/ledgerRow.ts';
import { tableIn } from '../rows/tableSteps.ts';
import { RowsProjection } from '../rows/rowsProjection.ts';
import { dutyFields, rowDuties, rowTitle, type LedgerDuty } from './rowDuties.ts';
import { parseSeen, rowNews, type RowNews } from './rowNews.ts';

export interface LedgerNews extends RowNews {
	readonly table: TableName;
	readonly row: string;
	readonly title: string;
}

interface Watched {
	readonly table: TableName;
	readonly rows: Y.Map<unknown>;
	readonly projection: RowsProjection;
	/** What was found in each row since `#seen`. */
	readonly news: Map<string, readonly RowNews[]>;
}

export class LedgerWatch {
	readonly #doc: Y.Doc;
	readonly #watched: readonly Watched[];
	#seen: Uint8Array | null = null;

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		this.#watched = tables.map((table) => {
			const rows = tableIn(doc, table);
			// What happens is taken in when somebody asks: nobody reads along letter by letter.
			const projection = new RowsProjection(rows, table, dutyFields(table), () => {});
			const news = new Map<string, readonly RowNews[]>();
			projection.subscribe(({ changed }) => changed.forEach((id) => news.delete(id)));
			return { table, rows, projection, news };
		});
	}

	duties(actor: Actor): LedgerDuty[] {
		this.#takeIn();
		return this.#watched.flatMap(({ table, projection }) =>
			projection.listed.flatMap((row) => rowDuties(row, table, actor))
		);
	}

	/** Since the state vector `seen`; of rows in the trash nothing is told. */
	news(seen: Uint8Array, self: string): LedgerNews[] {
		this.#takeIn();
		const snapshot = parseSeen(seen);
		if (snapshot === null || bytesEqual(seen, Y.encodeStateVector(this.#doc))) return [];
		if (this.#seen === null || !bytesEqual(this.#seen, seen))
			for (const { news } of this.#watched) news.clear();
		this.#seen = seen;
		return this.#watched.flatMap((watched) =>
			watched.projection.listed.flatMap((row) => newsOf(watched, row, snapshot, self))
		);
	}

	destroy(): void {
		for (const { projection } of this.#watched) projection.destroy();
	}

	#takeIn(): void {
		for (const { projection } of this.#watched) projection.flush();
	}
}

function newsOf(
	{ table, rows, news }: Watched,
	row: LedgerRow,
	seen: Y.Snapshot,
	self: string
): LedgerNews[] {
	const map = rows.get(row.id);
	if (!(map instanceof Y.Map)) return [];
	const found = news.get(row.id) ?? rowNews(map as Y.Map<unknown>, seen, self);
	news.set(row.id, found);
	return found.map((one) => ({ ...one, table, row: row.id, title: rowTitle(row) }));
}
