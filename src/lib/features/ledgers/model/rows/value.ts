/**
 * One value in a row as it is read and written. What a colleague's device wrote is untrusted: each
 * value is parsed by itself, and one that does not parse is `unreadable` in its own cell while the
 * rest of the row stays usable.
 */
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { isYmd } from '$lib/base/typedDate.ts';
import { replaceText } from './replaceText.ts';
import { isOwnField, type LedgerField } from './fields.ts';

/** A list stands for a set. */
export type FieldValue = string | number | boolean | readonly string[];

export const unreadable: unique symbol = Symbol('unreadable');
/** Null is empty; `unreadable` is there, but written by something that does not keep our rules. */
export type Read<T> = T | null | typeof unreadable;

/** The value, or nothing: for searching and sorting, where unreadable is empty. */
export const readable = <T>(value: Read<T> | undefined): T | null =>
	value === undefined || value === unreadable ? null : value;

export const maxShortChars = 200;
export const maxTextChars = 2_000;
export const maxSetSize = 50;
export const maxItemNo = 9_999;

const short = z.string().check(z.minLength(1), z.maxLength(maxShortChars));
const schemas = {
	text: z.string().check(z.minLength(1), z.maxLength(maxTextChars)),
	number: z.number(),
	date: z.string().check(z.refine(isYmd)),
	person: short,
	check: z.boolean(),
	link: z.string().check(z.maxLength(maxTextChars), z.regex(/^(https?:\/\/|mailto:)\S+$/i)),
	item: z.int().check(z.positive(), z.lte(maxItemNo))
} as const;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const isKey = (field: LedgerField, word: unknown): boolean =>
	typeof word === 'string' &&
	(field.free === true
		? word !== '' && word.length <= maxShortChars
		: (field.choices?.includes(word) ?? false));

/** Whether colleagues' devices will be able to read it. */
export function isAllowed(field: LedgerField, value: FieldValue): boolean {
	if (field.kind === 'longText') return typeof value === 'string';
	if (field.kind === 'choice') return isKey(field, value);
	if (field.kind === 'multi')
		return isList(value) && value.length <= maxSetSize && value.every((one) => isKey(field, one));
	return schemas[field.kind].safeParse(value).success;
}

/** Made with the row, so that two people's ticks unite; a column of one's own holds a plain list. */
const isSharedSet = (field: LedgerField): boolean =>
	field.kind === 'multi' && !isOwnField(field.id);

const isNothing = (value: FieldValue | null): boolean =>
	value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0);

function readText(value: unknown): Read<string> {
	if (!(value instanceof Y.Text)) return unreadable;
	return value.length === 0 ? null : value.toString();
}

/** In the order of the field's choices. A word we do not know makes the cell unreadable, not shorter. */
function readSet(field: LedgerField, value: unknown): Read<readonly string[]> {
	if (!(value instanceof Y.Map)) return unreadable;
	const ticked = [...value.keys()];
	if (ticked.length === 0) return null;
	if (ticked.length > maxSetSize || !ticked.every((word) => isKey(field, word))) return unreadable;
	const choices = field.choices ?? [];
	const rank = (word: string): number =>
		(choices.indexOf(word) + choices.length + 1) % (choices.length + 1);
	return ticked.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

export function readValue(field: LedgerField, value: unknown): Read<FieldValue> {
	if (value === undefined || value === null) return null;
	if (field.kind === 'longText') return readText(value);
	if (isSharedSet(field)) return readSet(field, value);
	return isAllowed(field, value as FieldValue) ? (value as FieldValue) : unreadable;
}

export const isSameValue = (a: FieldValue | null, b: FieldValue | null): boolean =>
	isList(a) && isList(b)
		? a.every((word) => b.includes(word)) && b.every((word) => a.includes(word))
		: a === b;

/** What stood in a cell that could not be read, for the history: nothing that is more than a value. */
export function plainValue(raw: unknown): FieldValue | null {
	if (typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean') return raw;
	return isList(raw) && raw.every((one) => typeof one === 'string') ? raw : null;
}

/** The shared text or set of a field, where a row from elsewhere lacks it. */
export function makeShared(row: Y.Map<unknown>, field: LedgerField): void {
	if (row.has(field.id)) return;
	if (field.kind === 'longText') row.set(field.id, new Y.Text());
	else if (isSharedSet(field)) row.set(field.id, new Y.Map());
}

/** The text to type in; made when a row from elsewhere lacks it, null when it holds something else. */
export function sharedText(row: Y.Map<unknown>, key: string): Y.Text | null {
	const value = row.get(key);
	if (value instanceof Y.Text) return value;
	if (value !== undefined) return null;
	const text = new Y.Text();
	row.set(key, text);
	return text;
}

function writeText(row: Y.Map<unknown>, key: string, words: string): void {
	const text = sharedText(row, key);
	if (text !== null) return replaceText(text, words);
	row.set(key, new Y.Text(words));
}

function writeSet(row: Y.Map<unknown>, key: string, wanted: readonly string[]): void {
	const found = row.get(key);
	const ticked: Y.Map<unknown> =
		found instanceof Y.Map ? found : row.set(key, new Y.Map<unknown>());
	for (const word of [...ticked.keys()]) if (!wanted.includes(word)) ticked.delete(word);
	for (const word of wanted) if (!ticked.has(word)) ticked.set(word, true);
}

/** Null empties. What stood there unreadable goes. False when the value is none that may stand there. */
export function writeValue(
	row: Y.Map<unknown>,
	field: LedgerField,
	value: FieldValue | null
): boolean {
	if (value !== null && !isAllowed(field, value)) return false;
	if (field.kind === 'longText') writeText(row, field.id, (value as string | null) ?? '');
	else if (isSharedSet(field)) writeSet(row, field.id, (value as readonly string[] | null) ?? []);
	else if (isNothing(value)) row.delete(field.id);
	else if (row.get(field.id) !== value) row.set(field.id, isList(value) ? [...value] : value);
	return true;
}
