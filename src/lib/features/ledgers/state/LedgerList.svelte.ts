/**
 * One ledger as the screens see it: the rows shown, the view they are seen through, who is where,
 * what can be undone, and every operation. Rows are raw state: replaced one by one, never proxied.
 */
import type * as Y from 'yjs';
import { newId, type RandomBytes } from '$lib/base/ids.ts';
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { Role } from '$lib/protocol/roster/rosterRecord.ts';
import type { AttachmentRef } from '$lib/core/blobs/attachmentRef.ts';
import {
	aspectsOf,
	catalogueIn,
	putCatalogue,
	readCatalogue,
	type Catalogue
} from '../model/catalogue/catalogue.ts';
import { nextEvent } from '../model/life/nextEvent.ts';
import type { EventExtras, EventType } from '../model/life/lifeEvent.ts';
import {
	columnField,
	holdsValue,
	columnsIn,
	putColumn,
	readColumns,
	type OwnColumn
} from '../model/ownColumns.ts';
import type { PastePlan, PasteContext } from '../model/paste/pasteRows.ts';
import { mainField } from '../model/paste/pasteColumns.ts';
import { readCell, withAspect } from '../model/paste/readCell.ts';
import type { People } from '../model/people.ts';
import type { LedgerComment } from '../model/rows/comments.ts';
import { withDefaultDue } from '../model/rows/dueState.ts';
import {
	builtInFields,
	ownFieldId,
	type LedgerField,
	type TableName
} from '../model/rows/fields.ts';
import { isBlank, readRow, setIn, type LedgerRow } from '../model/rows/ledgerRow.ts';
import { LedgerSource } from '../model/rows/ledgerSource.ts';
import {
	LedgerTable,
	tableIn,
	type RowEdit,
	type RowValues,
	type RowWrite
} from '../model/rows/ledgerTable.ts';
import { measuresToText, type MeasurePart } from '../model/rows/measures.ts';
import { opinionsBehind } from '../model/rows/opinionLinks.ts';
import { rowCodes, yearOfRows } from '../model/rows/rowCodes.ts';
import { readChanges, type RowChange as RowHistoryChange } from '../model/rows/rowHistory.ts';
import { RowsProjection } from '../model/rows/rowsProjection.ts';
import { readable, readValue, unreadable, type FieldValue } from '../model/rows/value.ts';
import { noFilter, type Filter } from '../model/view/filter.ts';
import type { RowGroup } from '../model/view/group.ts';
import { allWords } from '../model/view/rowWords.ts';
import { RowsView, type IgnoredParts } from '../model/view/rowsView.ts';
import type { ViewLedger } from '../model/view/savedView.ts';
import type { ViewField } from '../model/view/viewField.ts';
import { arrangeColumns, plainColumns, plainSpec, type ViewSpec } from '../model/view/viewSpec.ts';
import {
	hiddenAtFirst,
	involvedField,
	ledgerColumns,
	mentionsField,
	printedColumns,
	tableOf,
	type ColumnContext,
	type LedgerColumn
} from './ledgerColumns.ts';
import { fieldTitle } from './ledgerWords.ts';
import { placePeer, type LedgerPlace, type PlacedPeer } from './placedPeer.ts';

/** Who acts here, for the rules of who may do what. */
export interface Actor {
	readonly member: string;
	readonly role: Role;
	/** 党内职务. */
	readonly posts: readonly string[];
}

export interface LedgerListOptions {
	readonly open: OpenDocument;
	readonly ledger: ViewLedger;
	readonly actor: Actor;
	readonly people: People;
	readonly now: () => number;
	readonly random: RandomBytes;
}

export interface CellWords {
	readonly id: string;
	readonly column: string;
	readonly text: string;
}

const codePrefixes: Readonly<Record<TableName, string>> = { problems: 'WT', opinions: 'YJ' };

const codesOf = (rows: Iterable<LedgerRow>, table: TableName, today: Ymd): Map<string, string> =>
	rowCodes(rows, `${codePrefixes[table]}-${yearOfRows(rows) ?? today.slice(0, 4)}`);

function problemCodesIn(doc: Y.Doc, today: Ymd): Map<string, string> {
	const rows = [...tableIn(doc, 'problems')].map(([id, row]) => readRow(id, row, 'problems', []));
	return codesOf(rows, 'problems', today);
}

export const firstSpec = (ledger: ViewLedger): ViewSpec => ({
	...plainSpec,
	columns: { ...plainColumns, hidden: hiddenAtFirst(ledger) }
});

export class LedgerList {
	readonly ledger: ViewLedger;
	readonly table: TableName;
	readonly doc: LedgerTable;
	readonly actor: Actor;
	/** Member id of the person here. */
	readonly self: string;
	readonly people: People;
	readonly readonly: boolean;
	readonly access: OpenDocument['access'];
	readonly room: OpenDocument['room'];
	/** The readable document, for what lies beside the rows: views, forms, exports. */
	readonly ydoc: Y.Doc;

	readonly #open: OpenDocument;
	readonly #now: () => number;
	readonly #random: RandomBytes;
	readonly #projection: RowsProjection;
	readonly #source: LedgerSource;
	readonly #view: RowsView<LedgerRow>;
	readonly #stops: (() => void)[];
	#fields: readonly LedgerField[];
	#codes: ReadonlyMap<string, string> = new Map();
	#problemCodes: ReadonlyMap<string, string> | null = null;

	#rows = $state.raw<readonly LedgerRow[]>([]);
	#groups = $state.raw<readonly RowGroup[]>([]);
	#total = $state(0);
	#matching = $state(0);
	#ignored = $state.raw<IgnoredParts>({ conditions: [], sort: [], group: null });
	#spec = $state.raw<ViewSpec>(plainSpec);
	#cause = $state<string | null>(null);
	#today = $state<Ymd>('');
	#catalogue = $state.raw<ReturnType<typeof readCatalogue>>(null);
	#ownColumns = $state.raw<readonly OwnColumn[]>([]);
	#columns = $state.raw<readonly LedgerColumn[]>([]);
	#viewFields = $state.raw<readonly ViewField<LedgerRow>[]>([]);
	#peers = $state.raw<readonly PlacedPeer[]>([]);
	#canUndo = $state(false);
	#canRedo = $state(false);
	/** Counts own steps, so that an offer to undo can go once it would undo something else. */
	#steps = $state(0);
	/** Counts all changes, for what is worked out only while it is shown (the trash, one row). */
	#changes = $state(0);

	constructor({ open, ledger, actor, people, now, random }: LedgerListOptions) {
		this.#open = open;
		this.#now = now;
		this.#random = random;
		this.ledger = ledger;
		this.table = tableOf(ledger);
		this.actor = actor;
		this.self = actor.member;
		this.people = people;
		this.access = open.access;
		this.readonly = open.access !== 'write';
		this.room = open.room;
		this.ydoc = open.doc;
		this.#spec = firstSpec(ledger);
		this.#today = localYmd(now());
		this.#catalogue = readCatalogue(open.doc);
		this.#ownColumns = readColumns(open.doc, this.table);
		this.#fields = this.#allFields();
		const author = { by: actor.member, now, random };
		const beside = [catalogueIn(open.doc), columnsIn(open.doc)];
		this.doc = new LedgerTable(
			open.doc,
			this.table,
			author,
			() => this.#fields,
			beside,
			() => open.access === 'write'
		);
		this.#projection = new RowsProjection(this.doc.rows, this.table, this.#fields);
		this.#source = new LedgerSource(this.#projection, ledger);
		this.#recode();
		this.#takeFields();
		this.#view = new RowsView(this.#source, this.#spec, this.#viewContext());
		this.#stops = [
			this.#projection.subscribe((change) => {
				if (change.reordered) this.#recode();
				this.#view.apply(this.#source.changeOf(change));
				this.#publish();
			}),
			this.#watch(catalogueIn(open.doc), () => {
				this.#catalogue = readCatalogue(open.doc);
				this.#review();
			}),
			this.#watch(columnsIn(open.doc), () => this.#takeColumns()),
			this.#watchPeers(),
			this.#watchUndo()
		];
		this.#publish();
	}

	/** Shown now: filtered, sorted, grouped. */
	get rows(): readonly LedgerRow[] {
		return this.#rows;
	}
	get groups(): readonly RowGroup[] {
		return this.#groups;
	}
	/** In this ledger, shown or not. */
	get total(): number {
		return this.#total;
	}
	/** In the view, folded groups included. */
	get matching(): number {
		return this.#matching;
	}
	/** What of the view could not be followed. */
	get ignored(): IgnoredParts {
		return this.#ignored;
	}
	get spec(): ViewSpec {
		return this.#spec;
	}
	get isFiltering(): boolean {
		const { conditions, text, rowIds } = this.#spec.filter;
		return conditions.length > 0 || text.trim() !== '' || rowIds !== undefined;
	}
	/** Why only some rows are shown, in words: the figure that counted them. Null when no rows are picked out. */
	get cause(): string | null {
		return this.#spec.filter.rowIds === undefined ? null : this.#cause;
	}
	get isSorting(): boolean {
		return this.#spec.sort.length > 0 || this.#spec.group !== null;
	}
	get today(): Ymd {
		return this.#today;
	}
	/** Null until one is pasted, and when what is there cannot be read. */
	get catalogue(): Catalogue | null {
		return readable(this.#catalogue);
	}
	/** Those put away included. */
	get ownColumns(): readonly OwnColumn[] {
		return this.#ownColumns;
	}
	/** All there are, in the ledger's own order. */
	get columns(): readonly LedgerColumn[] {
		return this.#columns;
	}
	/** Those shown, in the view's order, pinned ones first. */
	get shownColumns(): readonly LedgerColumn[] {
		const byId = new Map(this.#columns.map((column) => [column.id, column]));
		const ids = arrangeColumns(this.#spec.columns, [...byId.keys()]);
		return ids.map((id) => byId.get(id)!);
	}
	/** Those only the printed form has: 序号, 完成状态. */
	get printedColumns(): readonly LedgerColumn[] {
		return printedColumns(this.columnContext);
	}
	get fields(): readonly LedgerField[] {
		return this.#fields;
	}
	/** What a view may ask: the columns, and what is only worked out for asking. */
	get viewFields(): readonly ViewField<LedgerRow>[] {
		return this.#viewFields;
	}
	/** The field a row is about. */
	get mainField(): string {
		return mainField(this.table);
	}
	get peers(): readonly PlacedPeer[] {
		return this.#peers;
	}
	get canUndo(): boolean {
		return this.#canUndo;
	}
	get canRedo(): boolean {
		return this.#canRedo;
	}
	get steps(): number {
		return this.#steps;
	}
	get pasteContext(): PasteContext {
		const shown = this.#ownColumns.filter(({ putAway }) => !putAway);
		return {
			today: this.#today,
			people: this.people,
			catalogue: this.catalogue,
			fields: this.#fields,
			table: this.table,
			// A file's name in a table is no file.
			ownTitles: new Map(
				shown.map((own) => [own.title, holdsValue(own) ? ownFieldId(own.id) : 'skip'])
			),
			labelOf: (field) => this.titleOf(field)
		};
	}
	get trashed(): readonly LedgerRow[] {
		return this.#changes >= 0 ? this.#projection.trashed : [];
	}
	/** Every row of the table on the list, whichever ledger shows it. */
	get allRows(): readonly LedgerRow[] {
		return this.#changes >= 0 ? this.#projection.listed : [];
	}
	/** Those of the catalogue, then those people have typed. */
	get aspects(): string[] {
		const typed = this.allRows.map((row) => readable(row.values.aspect));
		const words = typed.filter((word) => typeof word === 'string');
		return [...new Set([...aspectsOf(this.catalogue), ...words])];
	}

	/** Those of this ledger, in the list's own order, shown or not. */
	get ledgerRows(): readonly LedgerRow[] {
		return this.#changes >= 0 ? this.#source.listed : [];
	}

	get(id: string): LedgerRow | undefined {
		return this.#changes >= 0 ? this.#projection.get(id) : undefined;
	}

	codeOf(row: Pick<LedgerRow, 'id'>): string {
		return this.#codes.get(row.id) ?? '';
	}

	titleOf(column: string): string {
		const found = this.#columns.find(({ id }) => id === column);
		return found?.title ?? fieldTitle(this.table, column);
	}

	columnById(id: string): LedgerColumn | undefined {
		return this.#columns.find((column) => column.id === id);
	}

	/** The words in one cell, of any column, shown or not. */
	textIn(row: LedgerRow, column: string): string {
		const found = this.columnById(column) ?? this.printedColumns.find(({ id }) => id === column);
		return found?.text(row) ?? '';
	}

	/** Of the problem that an opinion became, or of a row here. */
	problemCode(id: string): string {
		return this.#changes >= 0 ? this.#problemCode(id) : '';
	}

	/** The opinions that became this problem. */
	opinionsBehind(problem: string): readonly LedgerRow[] {
		return this.#changes >= 0 ? opinionsBehind(this.ydoc, problem) : [];
	}

	/** The latest first. */
	historyOf(id: string): RowHistoryChange[] {
		const row = this.#changes >= 0 ? this.doc.row(id) : null;
		return row === null ? [] : readChanges(row, (field) => this.#valueNow(id, field));
	}

	/** What stands in a field at this moment. */
	valueNow(id: string, field: string): FieldValue | null {
		this.#projection.flush();
		return this.#valueNow(id, field);
	}

	isWritable(id: string): boolean {
		return !this.readonly && this.doc.row(id) !== null;
	}

	/** By who wrote it, or a secretary: domain rule for deleting a row. */
	mayTrash(id: string): boolean {
		const row = this.#projection.get(id);
		if (row === undefined || !this.isWritable(id)) return false;
		return row.createdBy === this.self || this.actor.role === 'secretary' || isBlank(row);
	}

	setSpec(part: Partial<ViewSpec>): void {
		this.#spec = { ...this.#spec, ...part };
		if (part.filter || part.sort || part.group !== undefined) this.#look();
	}

	setFilter(part: Partial<Filter>): void {
		this.setSpec({ filter: { ...this.#spec.filter, ...part } });
	}

	clearFilter(): void {
		this.setSpec({ filter: noFilter });
	}

	/** Just these rows, whatever was filtered for before. */
	showOnly(rowIds: readonly string[], cause: string): void {
		this.#cause = cause;
		this.setSpec({ filter: { ...noFilter, rowIds } });
	}

	/** Takes that back and leaves other conditions as they are. */
	showAll(): void {
		const { rowIds, ...filter } = this.#spec.filter;
		if (rowIds !== undefined) this.setSpec({ filter });
	}

	toggleGroup(key: string): void {
		const { group } = this.#spec;
		if (group === null) return;
		const collapsed = group.collapsed.includes(key)
			? group.collapsed.filter((one) => one !== key)
			: [...group.collapsed, key];
		this.setSpec({ group: { ...group, collapsed } });
	}

	/**
	 * Reads the words of the next rows, so that the first search need not. Call it while nothing else
	 * is to be done, until it says that there are no more.
	 */
	createReader(): () => boolean {
		const wordsOf = allWords(this.#viewFields);
		const rows = this.#source.listed;
		let at = 0;
		return () => {
			const end = Math.min(rows.length, at + 50);
			for (; at < end; at += 1) wordsOf(rows[at]!);
			return at < rows.length;
		};
	}

	/** Names or labels have changed, or it is another day. */
	refresh(): void {
		this.#today = localYmd(this.#now());
		this.#review();
	}

	/** The cell the person is in: colleagues see it, and its row is held in view. */
	setPlace(place: LedgerPlace | null): void {
		this.#open.presence.setPlace(place === null ? null : { ...place });
		this.doc.undo.stopCapturing();
		if (this.#view.hold(place?.row ?? null)) this.#publish();
	}

	/** The shared text that is there, to be shown; looking makes none. */
	sharedTextIn(id: string, field: string): Y.Text | null {
		return this.#changes >= 0 && !this.readonly ? this.doc.textIn(id, field) : null;
	}

	/** For typing: made when there is none. */
	textOf(id: string, field: string): Y.Text | null {
		return this.readonly ? null : this.doc.textOf(id, field);
	}

	/** Below the row given, else at the end. Gives the new row's id. */
	add(afterId: string | null = null, values: RowValues = {}): string {
		const [id] = this.doc.add([{ values }], this.#projection.gapAfter(afterId));
		this.#projection.flush();
		this.#view.show(id!);
		this.#publish();
		return id!;
	}

	/** Finished rows, dated with the instant given and not with now. Gives their ids. */
	addBatch(writes: readonly RowWrite[], at: string): string[] {
		return this.doc.add(writes, this.#projection.gapBefore(null), at);
	}

	edit(id: string, values: RowValues): void {
		this.doc.edit({ id, values: this.#filledUp(id, values) });
	}

	/** The same values into several rows, as one step. */
	editMany(ids: readonly string[], values: RowValues): void {
		const writable = ids.filter((id) => this.isWritable(id));
		this.doc.edit(...writable.map((id) => ({ id, values: this.#filledUp(id, values) })));
	}

	/** Typed words for a cell. False, and nothing written, when they are not understood. */
	type(id: string, column: string, text: string): boolean {
		const { values, measures, left } = readCell(column, text, this.pasteContext);
		if (left !== '') return false;
		if (measures) this.doc.edit({ id, values: {}, measures });
		else this.edit(id, values);
		return true;
	}

	/** A value picked from a list or a calendar; an empty one empties the field. */
	choose(id: string, field: string, value: string): void {
		this.edit(id, { [field]: this.#picked(field, value) });
	}

	/** One pick into several rows. */
	chooseMany(ids: readonly string[], field: string, value: string): void {
		this.editMany(ids, { [field]: this.#picked(field, value) });
	}

	/** Ticks one word of a set, or unticks it. */
	toggle(id: string, field: string, word: string): void {
		this.#projection.flush();
		const row = this.#projection.get(id);
		if (row === undefined) return;
		const ticked = setIn(row, field);
		const next = ticked.includes(word) ? ticked.filter((one) => one !== word) : [...ticked, word];
		this.edit(id, { [field]: next.length === 0 ? null : next });
	}

	/** Typed words for one column of several rows. False, and nothing written, when not understood. */
	typeMany(ids: readonly string[], column: string, text: string): boolean {
		const { values, measures, left } = readCell(column, text, this.pasteContext);
		if (left !== '') return false;
		const writable = ids.filter((id) => this.isWritable(id));
		this.doc.edit(
			...writable.map((id) => ({
				id,
				values: this.#filledUp(id, values),
				...(measures && { measures })
			}))
		);
		return true;
	}

	/** Ticks one word of a set in several rows, or unticks it. */
	toggleMany(ids: readonly string[], field: string, word: string, on: boolean): void {
		this.tickMany(ids, field, [word], on);
	}

	/** Ticks several words of a set in several rows, or unticks them, as one step. */
	tickMany(ids: readonly string[], field: string, words: readonly string[], on: boolean): void {
		this.#projection.flush();
		const edits = ids.flatMap((id) => {
			const row = this.#projection.get(id);
			if (row === undefined || !this.isWritable(id)) return [];
			const others = setIn(row, field).filter((one) => !words.includes(one));
			const next = on ? [...others, ...words] : others;
			return [{ id, values: { [field]: next.length === 0 ? null : next } }];
		});
		this.doc.edit(...edits);
	}

	/** New words for whole cells, as one step. Gives how many were not understood, and stay. */
	retype(cells: readonly CellWords[]): number {
		let left = 0;
		const edits = cells.flatMap(({ id, column, text }): RowEdit[] => {
			const reading = readCell(column, text, this.pasteContext);
			if (reading.left !== '' || !this.isWritable(id)) left += 1;
			else return [{ id, ...reading, values: this.#filledUp(id, reading.values) }];
			return [];
		});
		this.doc.edit(...edits);
		return left;
	}

	clear(cells: readonly { readonly id: string; readonly column: string }[]): void {
		this.doc.edit(
			...cells.map(({ id, column }) =>
				column === 'measures'
					? { id, values: {}, measures: [] }
					: { id, values: { [column]: null } }
			)
		);
	}

	move(ids: readonly string[], beforeId: string | null): void {
		this.doc.move(ids, this.#projection.gapBefore(beforeId, new Set(ids)));
	}

	trash(ids: readonly string[]): void {
		this.doc.trash(ids);
	}

	isBlank(id: string): boolean {
		this.#projection.flush();
		const row = this.#projection.get(id);
		return row !== undefined && isBlank(row);
	}

	/** A row that was added and left without a word in it: gone, and nothing to undo. */
	discardBlank(id: string): void {
		if (this.isBlank(id)) this.doc.discard(id);
	}

	/** What is written from now on is taken back by itself. */
	endStep(): void {
		this.doc.undo.stopCapturing();
	}

	restore(ids: readonly string[]): void {
		this.doc.restore(ids);
	}

	/** New rows go to the end of the list. Gives their ids. */
	paste(plan: PastePlan): string[] {
		return this.doc.addAndEdit(
			plan.additions,
			this.#projection.gapBefore(null),
			plan.changes.filter(({ id }) => this.isWritable(id))
		);
	}

	/** To the row's evidence, or into a column of the branch's own. */
	attach(id: string, ref: AttachmentRef, column: string | null = null): void {
		this.doc.attach(id, ref, column);
	}

	detach(id: string, ref: AttachmentRef, column: string | null = null): void {
		this.doc.detach(id, ref, column);
	}

	/** Gives its id. */
	addMeasure(id: string): string | null {
		return this.doc.addMeasure(id);
	}

	removeMeasure(id: string, measure: string): void {
		this.doc.removeMeasure(id, measure);
	}

	moveMeasure(id: string, measure: string, step: -1 | 1): void {
		this.doc.moveMeasure(id, measure, step);
	}

	editMeasure(id: string, measure: string, part: MeasurePart, value: string | null): void {
		this.doc.editMeasure(id, measure, part, value);
	}

	comment(id: string, text: string, mentions: readonly string[]): void {
		this.doc.comment(id, { text, mentions });
	}

	putComment(id: string, comment: LedgerComment): void {
		this.doc.putComment(id, comment);
	}

	removeComment(id: string, comment: string): void {
		this.doc.removeComment(id, comment);
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
		this.#projection.flush();
		const row = this.#projection.get(id);
		const event = newId(this.#random);
		if (row === undefined || !this.isWritable(id)) return event;
		const now = new Date(this.#now()).toISOString();
		this.doc.happen(id, nextEvent(row.life, type, this.self, now, event, extras), values, beside);
		return event;
	}

	/** One step for several rows; gives the events' ids by row. */
	actMany(ids: readonly string[], type: EventType): ReadonlyMap<string, string> {
		return this.ydoc.transact(
			() => new Map(ids.map((id) => [id, this.act(id, type)])),
			'ledger life'
		);
	}

	/** An opinion becomes a problem, at the end of the list beside it; gives the problem's id. */
	toProblem(opinion: string, values: RowValues): string {
		const fields = builtInFields('problems');
		const author = { by: this.self, now: this.#now, random: this.#random };
		const problems = new LedgerTable(this.ydoc, 'problems', author, () => fields);
		const listed = new RowsProjection(problems.rows, 'problems', fields);
		const { id } = this.ydoc.transact(() => {
			const [id] = problems.add([{ values }], listed.gapBefore(null));
			this.act(opinion, 'toProblem', { target: id! }, { problemId: id! });
			return { id: id! };
		}, 'ledger structure');
		listed.destroy();
		problems.destroy();
		return id;
	}

	/** False for one that others could not read. */
	setCatalogue(catalogue: Catalogue | null): boolean {
		let done = false;
		this.doc.together(() => (done = putCatalogue(this.ydoc, catalogue)));
		return done;
	}

	/** Adds it or writes over the one with its id. False for one that others could not read. */
	putColumn(column: OwnColumn): boolean {
		let done = false;
		this.doc.together(() => (done = putColumn(this.ydoc, column)));
		return done;
	}

	newId(): string {
		return newId(this.#random);
	}

	nowIso(): string {
		return new Date(this.#now()).toISOString();
	}

	undo(): void {
		this.doc.undo.undo();
	}

	redo(): void {
		this.doc.undo.redo();
	}

	destroy(): void {
		for (const stop of this.#stops) stop();
		this.#projection.destroy();
		this.#open.presence.setPlace(null);
		this.doc.destroy();
	}

	#picked(field: string, value: string): FieldValue | null {
		if (value === '') return null;
		const kind = this.#fields.find(({ id }) => id === field)?.kind;
		if (kind === 'item' || kind === 'number') return Number(value);
		return kind === 'check' ? value === 'true' : value;
	}

	#filledUp(id: string, values: RowValues): RowValues {
		const row = this.#projection.get(id) ?? null;
		return withDefaultDue(withAspect(values, this.catalogue), row, this.#today);
	}

	#valueNow(id: string, field: string): FieldValue | null {
		const row = this.#projection.get(id);
		if (row === undefined) return null;
		if (field === 'measures') return measuresToText(row.measures);
		const known = this.#fields.find((one) => one.id === field);
		const value = known && readValue(known, this.doc.row(id)?.get(field));
		return value === undefined || value === unreadable ? null : value;
	}

	#allFields(): LedgerField[] {
		return [...builtInFields(this.table), ...this.#ownColumns.filter(holdsValue).map(columnField)];
	}

	#takeColumns(): void {
		this.#ownColumns = readColumns(this.ydoc, this.table);
		this.#fields = this.#allFields();
		this.#projection.setFields(this.#fields);
		this.#review();
	}

	#recode(): void {
		this.#codes = codesOf([...this.#projection.all], this.table, this.#today);
	}

	/** For the opinions: the codes of the problem list beside them. */
	#problemCode(id: string): string {
		if (this.table === 'problems') return this.#codes.get(id) ?? '';
		const isNew = this.#problemCodes?.has(id) === false && tableIn(this.ydoc, 'problems').has(id);
		if (this.#problemCodes === null || isNew)
			this.#problemCodes = problemCodesIn(this.ydoc, this.#today);
		return this.#problemCodes.get(id) ?? '';
	}

	/** What the words in the cells depend on, for tables made elsewhere. */
	get columnContext(): ColumnContext {
		return {
			...{ ledger: this.ledger, people: this.people, catalogue: this.catalogue },
			...{ ownColumns: this.#ownColumns, today: this.#today },
			codeOf: (row: LedgerRow) => this.codeOf(row),
			problemCode: (id: string) => this.#problemCode(id)
		};
	}

	#viewContext() {
		return { fields: this.viewFields, today: this.#today, self: this.self };
	}

	#takeFields(): void {
		this.#columns = ledgerColumns(this.columnContext);
		const asked = [involvedField(this.#columns), mentionsField(this.people)];
		this.#viewFields = [...this.#columns, ...asked];
	}

	/** Names, labels or the day have changed: fields keep what was read through them, so they are made anew. */
	#review(): void {
		this.#problemCodes = null;
		this.#takeFields();
		this.#look();
	}

	#look(): void {
		this.#view.set(this.#spec, this.#viewContext());
		this.#publish();
	}

	#publish(): void {
		this.#rows = this.#view.visible;
		this.#groups = this.#view.groups;
		this.#total = this.#view.total;
		this.#matching = this.#view.matching;
		this.#ignored = this.#view.ignored;
		this.#changes += 1;
	}

	#watch(map: Y.Map<unknown>, onChange: () => void): () => void {
		map.observe(onChange);
		return () => map.unobserve(onChange);
	}

	#watchPeers(): () => void {
		const { peers } = this.#open.presence;
		const show = (): void => void (this.#peers = peers.current().flatMap(placePeer));
		show();
		return peers.subscribe(show);
	}

	#watchUndo(): () => void {
		const { undo } = this.doc;
		const show = (): void => {
			this.#canUndo = undo.canUndo();
			this.#canRedo = undo.canRedo();
			this.#steps += 1;
		};
		const names = ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const;
		for (const name of names) undo.on(name, show);
		return () => names.forEach((name) => undo.off(name, show));
	}
}
