/**
 * Views with a name. Shared ones lie in the ledger's document, one plain value each, so that the last
 * to save a view wins whole; own ones in this browser. What a newer version put into a view stays
 * there when it is only renamed here.
 */
import type * as Y from 'yjs';
import * as z from 'zod/mini';
import { utf8ToBytes } from '$lib/base/bytes.ts';
import { parseJson } from '$lib/base/json.ts';
import { compareWords } from './collation.ts';
import { parseViewSpec } from './parseViewSpec.ts';
import type { ViewSpec } from './viewSpec.ts';

/**
 * The problem list and the rectification ledger are two views of the same rows; `personal` is the
 * problem table of a document that one person keeps.
 */
export const viewLedgers = ['problems', 'rectification', 'opinions', 'personal'] as const;
export type ViewLedger = (typeof viewLedgers)[number];

export interface SavedView {
	readonly id: string;
	readonly name: string;
	readonly ledger: ViewLedger;
	readonly spec: ViewSpec;
	/** Member id of who saved it; own views have none. */
	readonly by?: string;
	/** ISO instant by the clock of the device that saved it. */
	readonly at: string;
}

/** A view as read, with what of its spec was not understood. */
export interface ReadView {
	readonly view: SavedView;
	readonly dropped: readonly string[];
}

/** Where this browser's person keeps one text. */
export interface ViewStorage {
	read(): string | null;
	write(text: string | null): void;
}

const maxNameLength = 60;
const maxViews = 500;

const nameSchema = z.string().check(z.trim(), z.minLength(1), z.maxLength(maxNameLength));
const idSchema = z.string().check(z.minLength(1), z.maxLength(200));
const headSchema = z.object({
	name: nameSchema,
	ledger: z.enum(viewLedgers),
	by: z.optional(idSchema),
	at: z.string().check(z.maxLength(40))
});

/** Null for a name that nobody could read: empty, or longer than a label. */
export function parseViewName(name: string): string | null {
	const parsed = nameSchema.safeParse(name);
	return parsed.success ? parsed.data : null;
}

/** The rows of a figure that was clicked were those of a moment; a view kept to them would mislead. */
function withoutRows({ filter: { rowIds: _, ...filter }, ...spec }: ViewSpec): ViewSpec {
	return { ...spec, filter };
}

function parseView(id: string, value: unknown): ReadView | null {
	const head = headSchema.safeParse(value);
	if (!head.success || !idSchema.safeParse(id).success) return null;
	const { spec, dropped } = parseViewSpec((value as { spec?: unknown }).spec);
	return { view: { id, ...head.data, spec: withoutRows(spec) }, dropped };
}

/** As it is stored: readable to others. */
function toStored({ id: _, ...view }: SavedView): Record<string, unknown> | null {
	const head = headSchema.safeParse(view);
	if (!head.success) return null;
	return { ...head.data, spec: parseViewSpec(withoutRows(view.spec)).spec };
}

function byName(views: readonly (ReadView | null)[], ledger: ViewLedger): ReadView[] {
	return views
		.filter((read) => read !== null)
		.filter(({ view }) => view.ledger === ledger)
		.sort((a, b) => compareWords(a.view.name, b.view.name) || compareWords(a.view.id, b.view.id));
}

export const viewsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('views');

/** In the order of their names. What is not a view is left alone. */
export const readSharedViews = (views: Y.Map<unknown>, ledger: ViewLedger): ReadView[] =>
	byName(
		[...views].slice(0, maxViews).map(([id, value]) => parseView(id, value)),
		ledger
	);

/** Adds it or saves over the one with its id. False, and nothing written, if others could not read it. */
export function writeSharedView(views: Y.Map<unknown>, view: SavedView): boolean {
	const stored = toStored(view);
	if (stored !== null) views.set(view.id, stored);
	return stored !== null;
}

/** False when there is no such view, or the name will not do. */
export function renameSharedView(views: Y.Map<unknown>, id: string, name: string): boolean {
	const raw = views.get(id);
	const wanted = parseViewName(name);
	if (wanted === null || parseView(id, raw) === null) return false;
	views.set(id, { ...(raw as object), name: wanted });
	return true;
}

export const deleteSharedView = (views: Y.Map<unknown>, id: string): void => views.delete(id);

const hasId = z.object({ id: idSchema });

/** Everything in the storage, understood or not: what a newer version wrote is kept. */
function rawOwn(storage: ViewStorage): unknown[] {
	const found = parseJson(utf8ToBytes(storage.read() ?? ''));
	return Array.isArray(found) ? (found as unknown[]) : [];
}

const idOf = (raw: unknown): string | null => {
	const parsed = hasId.safeParse(raw);
	return parsed.success ? parsed.data.id : null;
};

function replaceOwn(storage: ViewStorage, id: string, raw: object | null): void {
	const all = rawOwn(storage);
	const at = all.findIndex((one) => idOf(one) === id);
	const kept = raw === null ? [] : [raw];
	const next = at === -1 ? [...all, ...kept] : all.toSpliced(at, 1, ...kept);
	storage.write(next.length === 0 ? null : JSON.stringify(next));
}

export const readOwnViews = (storage: ViewStorage, ledger: ViewLedger): ReadView[] =>
	byName(
		rawOwn(storage).map((raw) => parseView(idOf(raw) ?? '', raw)),
		ledger
	);

export function writeOwnView(storage: ViewStorage, view: SavedView): boolean {
	const stored = toStored(view);
	if (stored !== null) replaceOwn(storage, view.id, { id: view.id, ...stored });
	return stored !== null;
}

export function renameOwnView(storage: ViewStorage, id: string, name: string): boolean {
	const raw = rawOwn(storage).find((one) => idOf(one) === id);
	const wanted = parseViewName(name);
	if (wanted === null || parseView(id, raw) === null) return false;
	replaceOwn(storage, id, { ...(raw as object), name: wanted });
	return true;
}

export const deleteOwnView = (storage: ViewStorage, id: string): void =>
	replaceOwn(storage, id, null);
