/** The steps of rows' lives. They are said to colleagues, and taken back only by another step. */
import type * as Y from 'yjs';
import { newId } from '$lib/base/ids.ts';
import type { EventExtras, EventType } from '../../model/life/lifeEvent.ts';
import { nextEvent } from '../../model/life/nextEvent.ts';
import { builtInFields } from '../../model/rows/fields.ts';
import { LedgerTable } from '../../model/rows/ledgerTable.ts';
import type { RowEdit, RowValues } from '../../model/rows/rowEdit.ts';
import type { Author } from '../../model/rows/tableSteps.ts';
import { RowsProjection } from '../../model/rows/rowsProjection.ts';

export interface LifeWriterOptions {
	readonly ydoc: Y.Doc;
	readonly doc: LedgerTable;
	readonly projection: RowsProjection;
	readonly author: Author;
	readonly isWritable: (id: string) => boolean;
}

export class LifeWriter {
	readonly #here: LifeWriterOptions;

	constructor(options: LifeWriterOptions) {
		this.#here = options;
	}

	/**
	 * A step of the row's life, with the fields it settles here and in rows beside it; gives the event's
	 * id.
	 */
	act(
		id: string,
		type: EventType,
		extras: EventExtras = {},
		values: RowValues = {},
		beside: readonly RowEdit[] = []
	): string {
		const { projection, author, doc, isWritable } = this.#here;
		projection.flush();
		const row = projection.get(id);
		const event = newId(author.random);
		if (row === undefined || !isWritable(id)) return event;
		const now = new Date(author.now()).toISOString();
		doc.happen(id, nextEvent(row.life, type, author.by, now, event, extras), values, beside);
		return event;
	}

	/** One step for several rows; gives the events' ids by row. */
	actMany(ids: readonly string[], type: EventType): ReadonlyMap<string, string> {
		return this.#here.ydoc.transact(
			() => new Map(ids.map((id) => [id, this.act(id, type)])),
			'ledger life'
		);
	}

	/** An opinion becomes a problem, at the end of the list beside it; gives the problem's id. */
	toProblem(opinion: string, values: RowValues): string {
		const { ydoc, author } = this.#here;
		const fields = builtInFields('problems');
		const problems = new LedgerTable(ydoc, 'problems', author, () => fields);
		const listed = new RowsProjection(problems.rows, 'problems', fields);
		const { id } = ydoc.transact(() => {
			const [id] = problems.add([{ values }], listed.gapBefore(null));
			this.act(opinion, 'toProblem', { target: id! }, { problemId: id! });
			return { id: id! };
		}, 'ledger structure');
		listed.destroy();
		problems.destroy();
		return id;
	}
}
