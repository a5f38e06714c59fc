/**
 * Which view a ledger is seen through, and what of it is not saved. 全部 and the built-in views have
 * the columns of the person, kept in this browser; a saved view has its own. A shared view that a
 * colleague saves anew is followed, unless something was changed here meanwhile.
 */
import {
	deleteOwnView,
	deleteSharedView,
	readOwnViews,
	readSharedViews,
	renameOwnView,
	renameSharedView,
	viewsIn,
	writeOwnView,
	writeSharedView,
	type ReadView,
	type SavedView,
	type ViewStorage
} from '../model/view/savedView.ts';
import { builtInViews, type BuiltInViewId } from '../model/view/builtInViews.ts';
import { isSameSpec, type ViewSpec } from '../model/view/viewSpec.ts';
import { lookOf, type KeptLook } from './keptLook.ts';
import type { LedgerList } from './LedgerList.svelte.ts';
import { firstSpec } from './list/ListView.svelte.ts';

export type ChosenView =
	| { readonly kind: 'all'; readonly id: null }
	| { readonly kind: 'builtIn'; readonly id: BuiltInViewId }
	| {
			readonly kind: 'shared' | 'own';
			readonly id: string;
			readonly view: SavedView;
			/** Parts that this version does not understand. */
			readonly dropped: readonly string[];
	  };

/** A way back for what was just done. */
export type Undo = () => void;

export interface LedgerViewsOptions {
	readonly list: LedgerList;
	readonly own: ViewStorage;
	readonly look: KeptLook;
}

const all: ChosenView = { kind: 'all', id: null };

/** A search is of the moment: it is saved with a view, but does not make it another one. */
const withoutSearch = (spec: ViewSpec): ViewSpec => ({
	...spec,
	filter: { ...spec.filter, text: '' }
});

export class LedgerViews {
	readonly #list: LedgerList;
	readonly #own: ViewStorage;
	readonly #look: KeptLook;
	readonly #stop: () => void;
	#shared = $state.raw<readonly ReadView[]>([]);
	#mine = $state.raw<readonly ReadView[]>([]);
	#wanted = $state.raw<string | null>(null);
	#keptLook: string;

	constructor({ list, own, look }: LedgerViewsOptions) {
		this.#list = list;
		this.#own = own;
		this.#look = look;
		this.#keptLook = JSON.stringify(look.read() ?? lookOf(firstSpec(list.ledger)));
		this.refresh();
		this.#readShared();
		const views = viewsIn(list.ydoc);
		const onChange = (): void => this.#follow();
		views.observe(onChange);
		this.#stop = () => views.unobserve(onChange);
		this.#use(this.#specOf(all));
	}

	get builtIn(): readonly BuiltInViewId[] {
		return builtInViews[this.#list.ledger].map(({ id }) => id);
	}
	get shared(): readonly SavedView[] {
		return this.#shared.map(({ view }) => view);
	}
	get own(): readonly SavedView[] {
		return this.#mine.map(({ view }) => view);
	}
	get current(): ChosenView {
		return this.#find(this.#wanted) ?? all;
	}
	/** The view that was asked for is not there: someone else's own one, or deleted. */
	get isMissing(): boolean {
		return this.#find(this.#wanted) === null;
	}
	/** What is seen differs from what is saved. */
	get isChanged(): boolean {
		return this.#differs(this.current, this.#list.view.spec);
	}
	/** Own views always; shared ones by those who may write. */
	get canSave(): boolean {
		const { kind } = this.current;
		return kind === 'own' || (kind === 'shared' && !this.#list.readonly);
	}

	/** Null for 全部. */
	open(id: string | null): void {
		if (id === this.#wanted) return;
		this.#wanted = id;
		this.discard();
	}

	discard(): void {
		this.#use(this.#specOf(this.current));
	}

	/** Null, and nothing written, where it cannot be. */
	save(): Undo | null {
		const chosen = this.current;
		if (!this.canSave || !('view' in chosen)) return null;
		const { view: before, kind } = chosen;
		const view = { ...before, ...this.#signature(kind === 'shared'), spec: this.#toSave() };
		if (!this.#write(view, kind)) return null;
		return () => {
			this.#write(before, kind);
			if (this.#wanted === before.id) this.discard();
		};
	}

	/** The new view's id; null for a name that will not do. It is not opened. */
	saveAs(name: string, kind: 'shared' | 'own'): string | null {
		const id = this.#list.newId();
		const { ledger } = this.#list;
		const spec = this.#toSave();
		const view = { id, name, ledger, spec, ...this.#signature(kind === 'shared') };
		return this.#write(view, kind) ? id : null;
	}

	rename(name: string): boolean {
		const { kind, id } = this.current;
		if (kind === 'own') return this.#changing(() => renameOwnView(this.#own, id, name));
		return (
			kind === 'shared' &&
			this.canSave &&
			this.#list.ydoc.transact(() => renameSharedView(viewsIn(this.#list.ydoc), id, name))
		);
	}

	/** It is left where it was: the screen goes on to another view. */
	remove(): Undo | null {
		const chosen = this.current;
		if (!this.canSave || !('view' in chosen)) return null;
		const { view, kind } = chosen;
		this.#wanted = null;
		if (kind === 'shared') deleteSharedView(viewsIn(this.#list.ydoc), view.id);
		else this.#changing(() => deleteOwnView(this.#own, view.id));
		this.discard();
		return () => void this.#write(view, kind);
	}

	/** Keeps the person's columns for the next time. */
	keep(): void {
		const look = JSON.stringify(lookOf(this.#list.view.spec));
		if ('view' in this.current || look === this.#keptLook) return;
		this.#keptLook = look;
		this.#look.write(lookOf(this.#list.view.spec));
	}

	/** Own views may have been saved in another tab. */
	refresh(): void {
		this.#mine = readOwnViews(this.#own, this.#list.ledger);
	}

	destroy(): void {
		this.#stop();
	}

	/** Null for one that is not there. */
	#find(id: string | null): ChosenView | null {
		if (id === null) return all;
		const builtIn = this.builtIn.find((one) => one === id);
		if (builtIn !== undefined) return { kind: 'builtIn', id: builtIn };
		const read = (views: readonly ReadView[]): ReadView | undefined =>
			views.find(({ view }) => view.id === id);
		const [own, shared] = [read(this.#mine), read(this.#shared)];
		if (own) return { kind: 'own', id, ...own };
		return shared ? { kind: 'shared', id, ...shared } : null;
	}

	#specOf(chosen: ChosenView): ViewSpec {
		if ('view' in chosen) return chosen.view.spec;
		const { ledger } = this.#list;
		const look = this.#look.read() ?? lookOf(firstSpec(ledger));
		const found = builtInViews[ledger].find(({ id }) => id === chosen.id);
		return { ...(found?.spec ?? firstSpec(ledger)), ...look };
	}

	#differs(chosen: ChosenView, now: ViewSpec): boolean {
		const saved = this.#specOf(chosen);
		const seen = 'view' in chosen ? now : { ...now, ...lookOf(saved) };
		return saved.filter.text === ''
			? !isSameSpec(withoutSearch(seen), saved)
			: !isSameSpec(seen, saved);
	}

	#follow(): void {
		const [before, wasChanged] = [this.current, this.isChanged];
		const saved = this.#specOf(before);
		this.#readShared();
		const isSavedAnew = !isSameSpec(saved, this.#specOf(this.current));
		if (before.id !== this.current.id || (isSavedAnew && !wasChanged)) this.discard();
	}

	#readShared(): void {
		this.#shared = readSharedViews(viewsIn(this.#list.ydoc), this.#list.ledger);
	}

	#use(spec: ViewSpec): void {
		this.#list.view.setSpec(spec);
	}

	/** Without questions that nobody has finished. */
	#toSave(): ViewSpec {
		const { spec, ignored } = this.#list.view;
		const unfinished = new Set(
			ignored.conditions.filter(({ why }) => why === 'incomplete').map(({ index }) => index)
		);
		const conditions = spec.filter.conditions.filter((_, index) => !unfinished.has(index));
		return { ...spec, filter: { ...spec.filter, conditions } };
	}

	#signature(signed: boolean): Pick<SavedView, 'at' | 'by'> {
		const at = this.#list.nowIso();
		return signed ? { at, by: this.#list.self } : { at };
	}

	#write(view: SavedView, kind: 'shared' | 'own'): boolean {
		if (kind === 'own') return this.#changing(() => writeOwnView(this.#own, view));
		if (this.#list.readonly) return false;
		return this.#list.ydoc.transact(() => writeSharedView(viewsIn(this.#list.ydoc), view));
	}

	#changing<T>(change: () => T): T {
		const done = change();
		this.refresh();
		return done;
	}
}
