// The edge where a document's content becomes values: field by field, so that one bad field does
// not take a task with it. What does not parse is named, and the stored value stays as it is.

import * as z from 'zod/mini';

type Shape = Record<string, z.ZodMiniType>;
export type FieldsOf<S extends Shape> = { [K in keyof S]: z.output<S[K]> | undefined };
export type Read<S extends Shape> = { fields: FieldsOf<S>; unreadable: string[] };

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export function readFields<S extends Shape>(shape: S, raw: unknown): Read<S> {
	const record = isRecord(raw) ? raw : {};
	const unreadable: string[] = [];
	const entries = Object.entries(shape).map(([name, schema]) => {
		const value = Object.hasOwn(record, name) ? record[name] : undefined;
		if (value === undefined) return [name, undefined];
		const parsed = z.safeParse(schema, value);
		if (!parsed.success) unreadable.push(name);
		return [name, parsed.success ? parsed.data : undefined];
	});
	return { fields: Object.fromEntries(entries) as FieldsOf<S>, unreadable };
}

/** One value; undefined both when it is absent and when it is not one we know. */
export function readValue<S extends z.ZodMiniType>(
	schema: S,
	raw: unknown
): z.output<S> | undefined {
	const parsed = z.safeParse(schema, raw);
	return parsed.success ? parsed.data : undefined;
}
