/**
 * One open problem list as the screens see it: the rows shown, filter and sort, what can be undone,
 * who is where, and every operation. Rows are raw state: replaced one by one, never proxied.
 */
import type * as Y from 'yjs';
import type { RandomBytes } from '$lib/base/ids.ts';
import { localYmd, type Ymd } from '$lib/base/typedDate.ts';
import type { OpenDocument } from '$lib/core/rooms/openDocument.ts';
import { aspectsOf, catalogueIn, readCatalogue, type Catalogue } from '../model/catalogue.ts';
import { withDefaultDue } from '../model/dueState.ts';
import { readCell, withAspect, type CellContext } from '../model/pasteCell.ts';
import type { PastePlan } from '../model/pasteProblems.ts';
import type { People } from '../model/people.ts';
import {
	isBlank,
	problemSources,
	readable,
	type Problem,
	type ProblemField,
	type TextField
} from '../model/problem.ts';
import { ProblemDocument } from '../model/problemDocument.ts';
import { ProblemProjection } from '../model/problemProjection.ts';
import type { ProblemEdit } from '../model/problemRow.ts';
import {
	isFiltering,
	noFilter,
	ProblemView,
	type ProblemFilter,
	type ProblemSort
} from '../model/problemView.ts';
import { placePeer, type PlacedPeer, type ProblemPlace } from './placedPeer.ts';

export interface ProblemListOptions {
	readonly open: OpenDocument;
	/** Member id of the person here. */
	readonly self: string;
	readonly people: People;
	readonly now: () => number;
	readonly random: RandomBytes;
}

export class ProblemList {
	readonly ledger: ProblemDocument;
	/** Member id of the person here. */
	readonly self: string;
	readonly people: People;
	readonly readonly: boolean;
	readonly access: OpenDocument['access'];

	readonly #open: OpenDocument;
	readonly #now: () => number;
	readonly #projection: ProblemProjection;
	readonly #view: ProblemView;
	readonly #stops: (() => void)[];

	#rows = $state.raw<readonly Problem[]>([]);
	#total = $state(0);
	#filter = $state.raw<ProblemFilter>(noFilter);
	#sort = $state.raw<ProblemSort | null>(null);
	#today = $state<Ymd>('');
	#catalogue = $state.raw<ReturnType<typeof readCatalogue>>(null);
	#peers = $state.raw<readonly PlacedPeer[]>([]);
	#canUndo = $state(false);
	#canRedo = $state(false);
	/** Counts own steps, so that an offer to undo can go once it would undo something else. */
	#steps = $state(0);
	/** Counts all changes, for what is worked out only while it is shown (the trash, one row). */
	#changes = $state(0);

	constructor({ open, self, people, now, random }: ProblemListOptions) {
		this.#open = open;
		this.#now = now;
		this.people = people;
		this.self = self;
		this.access = open.access;
		this.readonly = open.access !== 'write';
		this.ledger = new ProblemDocument(open.doc, { by: self, now, random });
		this.#projection = new ProblemProjection(this.ledger.problems);
		this.#today = localYmd(now());
		this.#view = new ProblemView(this.#projection, this.#context());
		this.#stops = [
			this.#projection.subscribe((change) => {
				this.#view.apply(change);
				this.#publish();
			}),
			this.#watchCatalogue(),
			this.#watchPeers(),
			this.#watchUndo()
		];
		this.#publish();
	}

	/** Shown now: filtered and sorted. */
	get rows(): readonly Problem[] {
		return this.#rows;
	}
	/** On the list, shown or not. */
	get total(): number {
		return this.#total;
	}
	get filter(): ProblemFilter {
		return this.#filter;
	}
	get sort(): ProblemSort | null {
		return this.#sort;
	}
	get isFiltering(): boolean {
		return isFiltering(this.#filter);
	}
	get today(): Ymd {
		return this.#today;
	}
	/** Null until one is pasted, and when what is there cannot be read. */
	get catalogue(): Catalogue | null {
		return readable(this.#catalogue);
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
	get cellContext(): CellContext {
		return { today: this.#today, people: this.people, catalogue: this.catalogue };
	}

	get trashed(): readonly Problem[] {
		return this.#changes >= 0 ? this.#projection.trashed : [];
	}

	get(id: string): Problem | undefined {
		return this.#changes >= 0 ? this.#projection.get(id) : undefined;
	}

	/** Those of the catalogue, then those people have typed. */
	get aspects(): string[] {
		const rows = this.#changes >= 0 ? this.#projection.listed : [];
		const typed = new Set(rows.map((row) => readable(row.aspect)));
		typed.delete(null);
		return [...new Set([...aspectsOf(this.catalogue), ...(typed as Set<string>)])];
	}

	isWritable(id: string): boolean {
		return !this.readonly && this.ledger.isWritable(id);
	}

	setFilter(part: Partial<ProblemFilter>): void {
		this.#filter = { ...this.#filter, ...part };
		this.#review();
	}

	clearFilter(): void {
		this.setFilter(noFilter);
	}

	setSort(sort: ProblemSort | null): void {
		this.#sort = sort;
		this.#review();
	}

	/** Names have changed, or it is another day. */
	refresh(): void {
		this.#today = localYmd(this.#now());
		this.#review();
	}

	/** The cell the person is in: colleagues see it, and its row is held in view. */
	setPlace(place: ProblemPlace | null): void {
		this.#open.presence.setPlace(place === null ? null : { ...place });
		this.ledger.undo.stopCapturing();
		if (this.#view.hold(place?.row ?? null)) this.#publish();
	}

	textOf(id: string, field: TextField): Y.Text | null {
		return this.readonly ? null : this.ledger.textOf(id, field);
	}

	/** Below the row given, else at the end. Gives the new row's id. */
	add(afterId: string | null = null, edit: ProblemEdit = {}): string {
		const [id] = this.ledger.add([edit], this.#projection.gapAfter(afterId));
		this.#projection.flush();
		this.#view.show(id!);
		this.#publish();
		return id!;
	}

	edit(id: string, edit: ProblemEdit): void {
		const problem = this.#projection.get(id) ?? null;
		const full = withDefaultDue(withAspect(edit, this.catalogue), problem, this.#today);
		this.ledger.edit({ id, edit: full });
	}

	/** Typed words for a cell. False, and nothing written, when they are not understood. */
	type(id: string, field: ProblemField, text: string): boolean {
		const { edit, left } = readCell(field, text, this.cellContext);
		if (left !== '') return false;
		this.edit(id, edit);
		return true;
	}

	/** A value picked from a list or a calendar; an empty one empties the field. */
	choose(id: string, field: ProblemField, value: string): void {
		if (value === '') this.clear([{ id, field }]);
		else this.edit(id, { [field]: field === 'itemNo' ? Number(value) : value });
	}

	/** Ticks a source, or unticks it. */
	toggleSource(id: string, name: string): void {
		const source = problemSources.find((one) => one === name);
		this.#projection.flush();
		const problem = this.#projection.get(id);
		if (source === undefined || problem === undefined) return;
		const ticked = readable(problem.sources) ?? [];
		const sources = ticked.includes(source)
			? ticked.filter((one) => one !== source)
			: [...ticked, source];
		this.edit(id, { sources });
	}

	clear(cells: readonly { readonly id: string; readonly field: ProblemField }[]): void {
		this.ledger.edit(...cells.map(({ id, field }) => ({ id, edit: { [field]: null } })));
	}

	move(ids: readonly string[], beforeId: string | null): void {
		this.ledger.move(ids, this.#projection.gapBefore(beforeId, new Set(ids)));
	}

	trash(ids: readonly string[]): void {
		this.ledger.trash(ids);
	}

	isBlank(id: string): boolean {
		this.#projection.flush();
		const problem = this.#projection.get(id);
		return problem !== undefined && isBlank(problem);
	}

	/** A row that was added and left without a word in it: gone, and nothing to undo. */
	discardBlank(id: string): void {
		if (this.isBlank(id)) this.ledger.discard(id);
	}

	/** What is written from now on is taken back by itself. */
	endStep(): void {
		this.ledger.undo.stopCapturing();
	}

	restore(ids: readonly string[]): void {
		this.ledger.restore(ids);
	}

	/** New rows go to the end of the list. Gives their ids. */
	paste(plan: PastePlan): string[] {
		return this.ledger.addAndEdit(
			plan.additions,
			this.#projection.gapBefore(null),
			plan.changes.filter(({ id }) => this.isWritable(id))
		);
	}

	setCatalogue(catalogue: Catalogue | null): void {
		this.ledger.setCatalogue(catalogue);
	}

	undo(): void {
		this.ledger.undo.undo();
	}

	redo(): void {
		this.ledger.undo.redo();
	}

	destroy(): void {
		for (const stop of this.#stops) stop();
		this.#projection.destroy();
		this.#open.presence.setPlace(null);
		this.ledger.destroy();
	}

	#context(): { people: People; today: Ymd } {
		return { people: this.people, today: this.#today };
	}

	#review(): void {
		this.#view.set(this.#filter, this.#sort, this.#context());
		this.#publish();
	}

	#publish(): void {
		this.#rows = this.#view.visible;
		this.#total = this.#projection.listed.length;
		this.#changes += 1;
	}

	#watchCatalogue(): () => void {
		const map = catalogueIn(this.#open.doc);
		const show = (): void => void (this.#catalogue = readCatalogue(this.#open.doc));
		show();
		map.observe(show);
		return () => map.unobserve(show);
	}

	#watchPeers(): () => void {
		const { peers } = this.#open.presence;
		const show = (): void => void (this.#peers = peers.current().flatMap(placePeer));
		show();
		return peers.subscribe(show);
	}

	#watchUndo(): () => void {
		const { undo } = this.ledger;
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
