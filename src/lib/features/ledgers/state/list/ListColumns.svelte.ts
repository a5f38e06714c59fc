/**
 * The columns of one ledger, the catalogue and the branch's own columns they are made of, and the day
 * they are read on. Knows rows only as what a column is asked for.
 */
import type * as Y from 'yjs';
import type { Ymd } from '$lib/base/typedDate.ts';
import {
	catalogueIn,
	putCatalogue,
	readCatalogue,
	type Catalogue
} from '../../model/catalogue/catalogue.ts';
import {
	columnField,
	columnsIn,
	holdsValue,
	putColumn,
	readColumns,
	type OwnColumn
} from '../../model/ownColumns.ts';
import { mainField } from '../../model/paste/pasteColumns.ts';
import type { PasteContext } from '../../model/paste/pasteRows.ts';
import type { People } from '../../model/people.ts';
import {
	builtInFields,
	ownFieldId,
	type LedgerField,
	type TableName
} from '../../model/rows/fields.ts';
import type { LedgerRow } from '../../model/rows/ledgerRow.ts';
import { readable } from '../../model/rows/value.ts';
import type { ViewLedger } from '../../model/view/savedView.ts';
import type { ViewField } from '../../model/view/viewField.ts';
import { arrangeColumns, type ViewSpec } from '../../model/view/viewSpec.ts';
import {
	involvedField,
	ledgerColumns,
	mentionsField,
	printedColumns,
	tableOf,
	type ColumnContext,
	type LedgerColumn
} from '../ledgerColumns.ts';
import { fieldTitle } from '../ledgerWords.ts';
import type { ListCodes } from './ListCodes.ts';

export interface ListColumnsOptions {
	readonly doc: Y.Doc;
	readonly ledger: ViewLedger;
	readonly people: People;
	readonly today: Ymd;
	readonly codes: ListCodes;
	/** Makes what is written one step that can be undone. */
	readonly together: (change: () => void) => void;
}

function watch(map: Y.Map<unknown>, onChange: () => void): () => void {
	map.observe(onChange);
	return () => map.unobserve(onChange);
}

export class ListColumns {
	readonly #options: ListColumnsOptions;
	readonly #table: TableName;
	#fields: readonly LedgerField[];
	#today = $state<Ymd>('');
	#catalogue = $state.raw<ReturnType<typeof readCatalogue>>(null);
	#own = $state.raw<readonly OwnColumn[]>([]);
	#all = $state.raw<readonly LedgerColumn[]>([]);
	#asked = $state.raw<readonly ViewField<LedgerRow>[]>([]);

	constructor(options: ListColumnsOptions) {
		this.#options = options;
		this.#table = tableOf(options.ledger);
		this.#today = options.today;
		this.#catalogue = readCatalogue(options.doc);
		this.#own = readColumns(options.doc, this.#table);
		this.#fields = this.#allFields();
		this.remake();
	}

	get today(): Ymd {
		return this.#today;
	}
	/** Null until one is pasted, and when what is there cannot be read. */
	get catalogue(): Catalogue | null {
		return readable(this.#catalogue);
	}
	/** Those put away included. */
	get own(): readonly OwnColumn[] {
		return this.#own;
	}
	/** All there are, in the ledger's own order. */
	get all(): readonly LedgerColumn[] {
		return this.#all;
	}
	/** Those only the printed form has: 序号, 完成状态. */
	get printed(): readonly LedgerColumn[] {
		return printedColumns(this.context);
	}
	get fields(): readonly LedgerField[] {
		return this.#fields;
	}
	/** What a view may ask: the columns, and what is only worked out for asking. */
	get asked(): readonly ViewField<LedgerRow>[] {
		return this.#asked;
	}
	/** The field a row is about. */
	get main(): string {
		return mainField(this.#table);
	}

	/** What the words in the cells depend on, for tables made elsewhere. */
	get context(): ColumnContext {
		const { ledger, people, codes } = this.#options;
		return {
			...{ ledger, people, catalogue: this.catalogue },
			...{ ownColumns: this.#own, today: this.#today },
			codeOf: (row: LedgerRow) => codes.of(row.id),
			problemCode: (id: string) => codes.ofProblem(id)
		};
	}

	get pasteContext(): PasteContext {
		const shown = this.#own.filter(({ putAway }) => !putAway);
		return {
			today: this.#today,
			people: this.#options.people,
			catalogue: this.catalogue,
			fields: this.#fields,
			table: this.#table,
			// A file's name in a table is no file.
			ownTitles: new Map(
				shown.map((own) => [own.title, holdsValue(own) ? ownFieldId(own.id) : 'skip'])
			),
			labelOf: (field) => this.titleOf(field)
		};
	}

	/** Those that a view shows, in its order, pinned ones first. */
	arranged(choice: ViewSpec['columns']): readonly LedgerColumn[] {
		const byId = new Map(this.#all.map((column) => [column.id, column]));
		return arrangeColumns(choice, [...byId.keys()]).map((id) => byId.get(id)!);
	}

	byId(id: string): LedgerColumn | undefined {
		return this.#all.find((column) => column.id === id);
	}

	titleOf(column: string): string {
		return this.byId(column)?.title ?? fieldTitle(this.#table, column);
	}

	/** The words in one cell, of any column, shown or not. */
	textIn(row: LedgerRow, column: string): string {
		const found = this.byId(column) ?? this.printed.find(({ id }) => id === column);
		return found?.text(row) ?? '';
	}

	/** False for one that others could not read. */
	setCatalogue(catalogue: Catalogue | null): boolean {
		let done = false;
		this.#options.together(() => (done = putCatalogue(this.#options.doc, catalogue)));
		return done;
	}

	/** Adds it or writes over the one with its id. False for one that others could not read. */
	put(column: OwnColumn): boolean {
		let done = false;
		this.#options.together(() => (done = putColumn(this.#options.doc, column)));
		return done;
	}

	/** Columns keep what was read through them: made anew when names, labels or the day have changed. */
	remake(today: Ymd = this.#today): void {
		this.#today = today;
		this.#all = ledgerColumns(this.context);
		this.#asked = [
			...this.#all,
			...[involvedField(this.#all), mentionsField(this.#options.people)]
		];
	}

	/** Gives what ends it. `onFields`: the branch's own columns are others; then `onChange`, as ever. */
	watch(onFields: () => void, onChange: () => void): () => void {
		const { doc } = this.#options;
		const stops = [
			watch(catalogueIn(doc), () => {
				this.#catalogue = readCatalogue(doc);
				onChange();
			}),
			watch(columnsIn(doc), () => {
				this.#own = readColumns(doc, this.#table);
				this.#fields = this.#allFields();
				onFields();
				onChange();
			})
		];
		return () => stops.forEach((stop) => stop());
	}

	#allFields(): LedgerField[] {
		return [...builtInFields(this.#table), ...this.#own.filter(holdsValue).map(columnField)];
	}
}
