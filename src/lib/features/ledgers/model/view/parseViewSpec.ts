/**
 * A view as it comes from a colleague's device or from an older or newer version of ours: each part
 * is parsed by itself, and what is not understood is left out and named while the rest is followed.
 */
import * as z from 'zod/mini';
import { conditionSchema, fieldIdSchema, type Condition } from './condition.ts';
import type { Filter } from './filter.ts';
import type { GroupSpec } from './group.ts';
import { plainSpec, rowHeights, viewLayouts, type ViewColumns, type ViewSpec } from './viewSpec.ts';

export interface ParsedSpec {
	readonly spec: ViewSpec;
	/** Paths of what was left out, e.g. `filter.conditions.2`. */
	readonly dropped: readonly string[];
}

const maxConditions = 100;
const maxLevels = 20;
const maxColumns = 1000;
const maxCollapsed = 2000;
const maxRowIds = 20_000;

const matchSchema = z.enum(['all', 'any']);
const textSchema = z.string().check(z.maxLength(500));
const sortSchema = z.strictObject({ field: fieldIdSchema, descending: z.boolean() });
const keySchema = z.string().check(z.maxLength(2000));
const widthSchema = z.number().check(z.positive(), z.lte(4000));
const rowHeightSchema = z.enum(rowHeights);
const layoutSchema = z.enum(viewLayouts);

type Fields = Readonly<Record<string, unknown>>;

/** Reads parts of one object, which may have `known` keys only, and accounts for what it could not. */
class PartReader {
	readonly #fields: Fields;
	readonly #path: string;
	readonly #dropped: string[];

	constructor(value: unknown, path: string, dropped: string[], known?: readonly string[]) {
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		this.#fields = isObject ? (value as Fields) : {};
		this.#path = path;
		this.#dropped = dropped;
		if (!isObject && value !== undefined && value !== null) dropped.push(path || '.');
		for (const key of this.keys()) if (known?.includes(key) === false) this.#drop(key);
	}

	keys(): string[] {
		return Object.keys(this.#fields);
	}

	raw(key: string): unknown {
		return Object.hasOwn(this.#fields, key) ? this.#fields[key] : undefined;
	}

	pathOf(key: string): string {
		return this.#path === '' ? key : `${this.#path}.${key}`;
	}

	one<T>(key: string, schema: z.ZodMiniType<T>, fallback: T): T {
		const value = this.raw(key);
		if (value === undefined || value === null) return fallback;
		const parsed = schema.safeParse(value);
		if (!parsed.success) this.#drop(key);
		return parsed.success ? parsed.data : fallback;
	}

	many<T>(key: string, schema: z.ZodMiniType<T>, max: number): T[] {
		const value = this.raw(key);
		if (value === undefined || value === null) return [];
		if (!Array.isArray(value)) this.#drop(key);
		const all: readonly unknown[] = Array.isArray(value) ? value : [];
		if (all.length > max) this.#drop(`${key}.${max}…`);
		return all.slice(0, max).flatMap((one, index) => {
			const parsed = schema.safeParse(one);
			if (!parsed.success) this.#drop(`${key}.${index}`);
			return parsed.success ? [parsed.data] : [];
		});
	}

	#drop(key: string): void {
		this.#dropped.push(this.pathOf(key));
	}
}

function parseFilter(value: unknown, dropped: string[]): Filter {
	const known = ['match', 'conditions', 'text', 'rowIds'];
	const reader = new PartReader(value, 'filter', dropped, known);
	const filter = {
		match: reader.one('match', matchSchema, 'all'),
		conditions: reader.many<Condition>('conditions', conditionSchema, maxConditions),
		text: reader.one('text', textSchema, '')
	};
	const rowIds = reader.many('rowIds', fieldIdSchema, maxRowIds);
	return Array.isArray(reader.raw('rowIds')) ? { ...filter, rowIds } : filter;
}

function parseGroup(value: unknown, dropped: string[]): GroupSpec | null {
	if (value === undefined || value === null) return null;
	const reader = new PartReader(value, 'group', dropped, ['field', 'descending', 'collapsed']);
	const field = reader.one<string>('field', fieldIdSchema, '');
	if (field === '') return null;
	return {
		field,
		descending: reader.one('descending', z.boolean(), false),
		collapsed: reader.many('collapsed', keySchema, maxCollapsed)
	};
}

function parseWidths(value: unknown, path: string, dropped: string[]): Record<string, number> {
	const reader = new PartReader(value, path, dropped);
	const widths = reader
		.keys()
		.slice(0, maxColumns)
		.map((id) => [id, reader.one<number | null>(id, widthSchema, null)] as const);
	return Object.fromEntries(widths.filter((entry) => entry[1] !== null)) as Record<string, number>;
}

function parseColumns(value: unknown, dropped: string[]): ViewColumns {
	const known = ['order', 'hidden', 'pinned', 'widths'];
	const reader = new PartReader(value, 'columns', dropped, known);
	return {
		order: reader.many('order', fieldIdSchema, maxColumns),
		hidden: reader.many('hidden', fieldIdSchema, maxColumns),
		pinned: reader.many('pinned', fieldIdSchema, maxColumns),
		widths: parseWidths(reader.raw('widths'), reader.pathOf('widths'), dropped)
	};
}

/** Never fails: of a value without any sense the plain view is left. */
export function parseViewSpec(value: unknown): ParsedSpec {
	const dropped: string[] = [];
	const reader = new PartReader(value, '', dropped, Object.keys(plainSpec));
	const spec: ViewSpec = {
		filter: parseFilter(reader.raw('filter'), dropped),
		sort: reader.many('sort', sortSchema, maxLevels),
		group: parseGroup(reader.raw('group'), dropped),
		columns: parseColumns(reader.raw('columns'), dropped),
		rowHeight: reader.one('rowHeight', rowHeightSchema, plainSpec.rowHeight),
		layout: reader.one('layout', layoutSchema, plainSpec.layout)
	};
	return { spec, dropped };
}
