/**
 * One ledger as the screens see it, put together: its columns, the view it is seen through, who is
 * where, what can be undone, and who writes what. `doc` is the table itself, for the parts of one row:
 * its measures, files and comments.
 */
import type * as Y from 'yjs';
import { newId, type RandomBytes } from '$lib/base/ids.ts';
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import type { Role } from '$lib/protocol/roster/rosterRecord.ts';
import { aspectsOf, catalogueIn, type Catalogue } from '../model/catalogue/catalogue.ts';
import { columnsIn } from '../model/ownColumns.ts';
import type { People } from '../model/people.ts';
import { endUndoAtSubmission, isSubmitted } from '../model/personal/submission.ts';
import type { TableName } from '../model/rows/fields.ts';
import { LedgerSource } from '../model/rows/ledgerSource.ts';
import { LedgerTable } from '../model/rows/ledgerTable.ts';
import { RowsProjection } from '../model/rows/rowsProjection.ts';
import type { ViewLedger } from '../model/view/savedView.ts';
import { CellWriter } from './list/CellWriter.ts';
import { LifeWriter } from './list/LifeWriter.ts';
import { ListCodes } from './list/ListCodes.ts';
import { ListColumns } from './list/ListColumns.svelte.ts';
import { ListRows } from './list/ListRows.ts';
import { ListView } from './list/ListView.svelte.ts';
import { UndoSteps } from './list/UndoSteps.svelte.ts';
import { tableOf, type LedgerColumn } from './ledgerColumns.ts';
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

export class LedgerList {
	readonly ledger: ViewLedger;
	readonly table: TableName;
	readonly actor: Actor;
	/** Member id of the person here. */
	readonly self: string;
	readonly people: People;
	readonly readonly: boolean;
	readonly access: OpenDocument['access'];
	readonly room: OpenDocument['room'];
	/** The readable document, for what lies beside the rows: views, forms, exports. */
	readonly ydoc: Y.Doc;

	readonly doc: LedgerTable;
	readonly columns: ListColumns;
	readonly view: ListView;
	readonly rows: ListRows;
	readonly cells: CellWriter;
	readonly life: LifeWriter;
	readonly steps: UndoSteps;

	readonly #options: LedgerListOptions;
	readonly #codes: ListCodes;
	readonly #projection: RowsProjection;
	readonly #source: LedgerSource;
	readonly #stops: (() => void)[];
	#peers = $state.raw<readonly PlacedPeer[]>([]);

	constructor(options: LedgerListOptions) {
		const { open, ledger, actor, people, now, random } = options;
		this.#options = options;
		this.ledger = ledger;
		this.table = tableOf(ledger);
		this.actor = actor;
		this.self = actor.member;
		this.people = people;
		this.access = open.access;
		this.readonly = open.access !== 'write';
		this.room = open.room;
		this.ydoc = open.doc;
		this.#codes = new ListCodes(this.ydoc, this.table, () => this.today);
		this.columns = new ListColumns({
			...{ doc: this.ydoc, ledger, people, today: localYmd(now()), codes: this.#codes },
			together: (change) => this.doc.together(change)
		});
		const author = { by: actor.member, now, random };
		this.doc = new LedgerTable(
			this.ydoc,
			this.table,
			author,
			() => this.columns.fields,
			[catalogueIn(this.ydoc), columnsIn(this.ydoc)],
			() => open.access === 'write',
			ledger === 'personal' ? isSubmitted : undefined
		);
		this.#projection = new RowsProjection(this.doc.rows, this.table, this.columns.fields);
		this.#source = new LedgerSource(this.#projection, ledger);
		this.#recode();
		this.view = new ListView(this.#source, ledger, () => this.#viewContext());
		this.steps = new UndoSteps(this.doc.undo);
		const parts = {
			...{ ydoc: this.ydoc, doc: this.doc, projection: this.#projection },
			...{ columns: this.columns, view: this.view, codes: this.#codes, source: this.#source }
		};
		const isSecretary = actor.role === 'secretary';
		this.rows = new ListRows({ ...parts, readonly: this.readonly, self: this.self, isSecretary });
		const isWritable = (id: string) => this.rows.isWritable(id);
		this.cells = new CellWriter({ ...parts, isWritable });
		this.life = new LifeWriter({ ...parts, author, isWritable });
		this.#stops = [
			this.#watchRows(),
			this.#watchColumns(),
			this.#watchPeers(),
			...(ledger === 'personal' ? [endUndoAtSubmission(this.doc)] : [])
		];
	}

	get today(): Ymd {
		return this.columns.today;
	}
	/** Null until one is pasted, and when what is there cannot be read. */
	get catalogue(): Catalogue | null {
		return this.columns.catalogue;
	}
	/** Those the view shows, in its order, pinned ones first. */
	get shownColumns(): readonly LedgerColumn[] {
		return this.columns.arranged(this.view.spec.columns);
	}
	get peers(): readonly PlacedPeer[] {
		return this.#peers;
	}
	/** Those of the catalogue, then those people have typed. */
	get aspects(): string[] {
		return [...new Set([...aspectsOf(this.catalogue), ...this.rows.typedAspects])];
	}

	/** Names or labels have changed, or it is another day. */
	refresh(): void {
		this.#review(localYmd(this.#options.now()));
	}

	/** The cell the person is in: colleagues see it, and its row is held in view. */
	setPlace(place: LedgerPlace | null): void {
		this.#options.open.presence.setPlace(place === null ? null : { ...place });
		this.steps.end();
		this.view.hold(place?.row ?? null);
	}

	newId(): string {
		return newId(this.#options.random);
	}

	nowIso(): string {
		return new Date(this.#options.now()).toISOString();
	}

	destroy(): void {
		for (const stop of this.#stops) stop();
		this.steps.destroy();
		this.#projection.destroy();
		this.#options.open.presence.setPlace(null);
		this.doc.destroy();
	}

	#viewContext() {
		return { fields: this.columns.asked, today: this.today, self: this.self };
	}

	#review(today = this.today): void {
		this.#codes.forgetProblems();
		this.columns.remake(today);
		this.view.look();
	}

	/** Codes are the shared list's: a problem gets one when it is submitted. */
	#recode(): void {
		if (this.ledger !== 'personal') this.#codes.recode(this.#projection.all);
	}

	#watchRows(): () => void {
		return this.#projection.subscribe((change) => {
			if (change.reordered) this.#recode();
			this.view.apply(this.#source.changeOf(change));
		});
	}

	#watchColumns(): () => void {
		return this.columns.watch(
			() => this.#projection.setFields(this.columns.fields),
			() => this.#review()
		);
	}

	#watchPeers(): () => void {
		const { peers } = this.#options.open.presence;
		const show = (): void => void (this.#peers = peers.current().flatMap(placePeer));
		show();
		return peers.subscribe(show);
	}
}
