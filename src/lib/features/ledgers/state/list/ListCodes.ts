/** The codes rows are called by. They follow the order of the list and are never stored. */
import type * as Y from 'yjs';
import type { Ymd } from '$lib/base/typedDate.ts';
import type { TableName } from '../../model/rows/fields.ts';
import { readRow, type LedgerRow } from '../../model/rows/ledgerRow.ts';
import { tableIn } from '../../model/rows/tableSteps.ts';
import { rowCodes, yearOfRows } from '../../model/rows/rowCodes.ts';

const codePrefixes: Readonly<Record<TableName, string>> = { problems: 'WT', opinions: 'YJ' };

const codesOf = (rows: Iterable<LedgerRow>, table: TableName, today: Ymd): Map<string, string> =>
	rowCodes(rows, `${codePrefixes[table]}-${yearOfRows(rows) ?? today.slice(0, 4)}`);

export function problemCodesIn(doc: Y.Doc, today: Ymd): Map<string, string> {
	const rows = [...tableIn(doc, 'problems')].map(([id, row]) => readRow(id, row, 'problems', []));
	return codesOf(rows, 'problems', today);
}

export class ListCodes {
	readonly #doc: Y.Doc;
	readonly #table: TableName;
	readonly #today: () => Ymd;
	#own: ReadonlyMap<string, string> = new Map();
	#problems: ReadonlyMap<string, string> | null = null;

	constructor(doc: Y.Doc, table: TableName, today: () => Ymd) {
		this.#doc = doc;
		this.#table = table;
		this.#today = today;
	}

	/** The rows have come, gone or changed places. */
	recode(rows: Iterable<LedgerRow>): void {
		this.#own = codesOf([...rows], this.#table, this.#today());
	}

	/** The problems beside the opinions may be others by now. */
	forgetProblems(): void {
		this.#problems = null;
	}

	of(id: string): string {
		return this.#own.get(id) ?? '';
	}

	/** For the opinions: the codes of the problem list beside them. */
	ofProblem(id: string): string {
		if (this.#table === 'problems') return this.of(id);
		const isNew = this.#problems?.has(id) === false && tableIn(this.#doc, 'problems').has(id);
		if (this.#problems === null || isNew) this.#problems = problemCodesIn(this.#doc, this.#today());
		return this.#problems.get(id) ?? '';
	}
}
