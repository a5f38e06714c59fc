/**
 * The steps by which a problem is put right, each with its own owner and date (整改措施). One that is
 * taken away stays in the document, marked with the text it had: letters that a colleague typed in it
 * meanwhile make it another text, and bring it back instead of being lost with it.
 */
import * as Y from 'yjs';
import * as z from 'zod/mini';
import { isYmd } from '$lib/base/typedDate.ts';
import { partKey, partsOf } from './rowParts.ts';

export interface Measure {
	readonly id: string;
	readonly order: string;
	readonly text: string;
	/** Member id. */
	readonly ownerId: string | null;
	readonly due: string | null;
	readonly doneOn: string | null;
}
export type MeasurePart = 'ownerId' | 'due' | 'doneOn';

const date = z.string().check(z.refine(isYmd));
const schemas = {
	ownerId: z.string().check(z.minLength(1), z.maxLength(200)),
	due: date,
	doneOn: date,
	order: z.string().check(z.regex(/^[0-9A-Za-z]*[1-9A-Za-z]$/))
} as const;

const goneMark = 'gone';

const textIn = (map: Y.Map<unknown>): string => {
	const text = map.get('text');
	return text instanceof Y.Text ? text.toString() : '';
};

const isGone = (map: Y.Map<unknown>): boolean => map.get(goneMark) === textIn(map);

const anyIn = (row: Y.Map<unknown>, id: string): Y.Map<unknown> | null => {
	const found = row.get(partKey('measure', id));
	return found instanceof Y.Map ? (found as Y.Map<unknown>) : null;
};

const measureIn = (row: Y.Map<unknown>, id: string): Y.Map<unknown> | null => {
	const found = anyIn(row, id);
	return found === null || isGone(found) ? null : found;
};

function part(map: Y.Map<unknown>, name: keyof typeof schemas): string | null {
	const value = map.get(name);
	if (value === undefined) return null;
	const parsed = schemas[name].safeParse(value);
	return parsed.success ? parsed.data : null;
}

function readMeasure(id: string, value: unknown): Measure[] {
	if (!(value instanceof Y.Map)) return [];
	const map = value as Y.Map<unknown>;
	if (isGone(map)) return [];
	return [
		{
			id,
			order: part(map, 'order') ?? '',
			text: textIn(map),
			ownerId: part(map, 'ownerId'),
			due: part(map, 'due'),
			doneOn: part(map, 'doneOn')
		}
	];
}

const byOrder = (a: Measure, b: Measure): number =>
	a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1;

export const readMeasures = (row: Y.Map<unknown>): readonly Measure[] =>
	partsOf(row, 'measure')
		.flatMap(([id, value]) => readMeasure(id, value))
		.sort(byOrder);

/** Null when it is gone or holds something that is not ours. */
export function measureText(row: Y.Map<unknown>, id: string): Y.Text | null {
	const text = measureIn(row, id)?.get('text');
	return text instanceof Y.Text ? text : null;
}

/** An empty one that nobody sees yet: what fills it can be undone without taking it away. */
export function makeMeasure(row: Y.Map<unknown>, id: string): void {
	const measure = new Y.Map<unknown>();
	measure.set('text', new Y.Text());
	measure.set(goneMark, '');
	row.set(partKey('measure', id), measure);
}

export function fillMeasure(row: Y.Map<unknown>, id: string, text: string, order: string): void {
	if (anyIn(row, id) === null) makeMeasure(row, id);
	const measure = anyIn(row, id)!;
	measure.delete(goneMark);
	measure.set('order', order);
	(measure.get('text') as Y.Text).insert(0, text);
}

export function dropMeasure(row: Y.Map<unknown>, id: string): void {
	const measure = measureIn(row, id);
	measure?.set(goneMark, textIn(measure));
}

/** Of one that came back: the mark goes, or it would vanish when its text is the old one again. */
export function keepMeasure(row: Y.Map<unknown>, id: string): void {
	const measure = measureIn(row, id);
	if (measure?.has(goneMark) === true) measure.delete(goneMark);
}

/** For each text the measure that says so already, or null; `left` are those that none says. */
export function matchMeasures(row: Y.Map<unknown>, texts: readonly string[]) {
	const left = [...readMeasures(row)];
	const kept = texts.map((text) => {
		const at = left.findIndex((measure) => measure.text === text);
		return at < 0 ? null : left.splice(at, 1)[0]!;
	});
	return { kept, left };
}

export const orderMeasure = (row: Y.Map<unknown>, id: string, order: string): void =>
	void measureIn(row, id)?.set('order', order);

/** False when the measure is gone, or the value is none that may stand there. */
export function writeMeasurePart(
	row: Y.Map<unknown>,
	id: string,
	name: MeasurePart,
	value: string | null
): boolean {
	const measure = measureIn(row, id);
	if (measure === null) return false;
	if (value === null) measure.delete(name);
	else if (schemas[name].safeParse(value).success) measure.set(name, value);
	else return false;
	return true;
}

/** As they stand in one cell of the printed form. */
export const measuresToText = (measures: readonly Measure[]): string =>
	measures.length === 1
		? measures[0]!.text
		: measures.map(({ text }, at) => `${at + 1}.${text}`).join('\n');

/** The way back: one measure a line, numbers and bullets taken off. */
export const textToMeasures = (text: string): string[] =>
	text
		.replace(/\r\n?/g, '\n')
		.split(/\n+|(?<=[。；;])\s*(?=(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、．](?!\d))/)
		.map((line) =>
			line
				.replace(
					/^\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．](?!\d)|[-•·])\s*/,
					''
				)
				.trim()
		)
		.filter((line) => line !== '');

export const isDone = (measure: Measure): boolean => measure.doneOn !== null;
