/**
 * Rows gathered into groups by one field, each row in exactly one. The rows keep their order inside
 * a group; those without a value come last; what is folded away is counted but not shown.
 */
import { bucketOf, compareBuckets, type Bucket } from './groupBucket.ts';
import type { ViewField, ViewRow } from './viewField.ts';

export interface GroupSpec {
	readonly field: string;
	readonly descending: boolean;
	/** Keys of the groups folded away. */
	readonly collapsed: readonly string[];
}

export interface RowGroup {
	/** Empty for the rows with nothing in the field. */
	readonly key: string;
	/** As people read it. Ticks ('true', 'false') and files ('has') are for the screen to put in words. */
	readonly label: string;
	readonly count: number;
	/** Where its rows begin, or would begin, among the visible ones. */
	readonly start: number;
	readonly collapsed: boolean;
}

export interface Grouped<Row> {
	/** Group after group, those folded away included. */
	readonly ordered: readonly Row[];
	readonly groups: readonly RowGroup[];
}

export interface Grouper<Row> {
	group(rows: readonly Row[], collapsed: ReadonlySet<string>): Grouped<Row>;
	isSameGroup(before: Row, after: Row): boolean;
	keyOf(row: Row): string;
}

interface Filled<Row> {
	readonly bucket: Bucket;
	readonly rows: Row[];
}

function gather<Row>(rows: readonly Row[], bucketFor: (row: Row) => Bucket): Filled<Row>[] {
	const byKey = new Map<string, Filled<Row>>();
	for (const row of rows) {
		const bucket = bucketFor(row);
		const found = byKey.get(bucket.key);
		if (found === undefined) byKey.set(bucket.key, { bucket, rows: [row] });
		else found.rows.push(row);
	}
	return [...byKey.values()];
}

function compareGroups(a: Bucket, b: Bucket, descending: boolean): number {
	if (a.key === '' || b.key === '') return Number(a.key === '') - Number(b.key === '');
	return descending ? compareBuckets(b, a) : compareBuckets(a, b);
}

/** Null when the field is not there. */
export function createGrouper<Row extends ViewRow>(
	{ field: id, descending }: Pick<GroupSpec, 'field' | 'descending'>,
	fields: readonly ViewField<Row>[]
): Grouper<Row> | null {
	const field = fields.find((one) => one.id === id);
	if (field === undefined) return null;
	const bucketFor = bucketOf(field);
	return {
		group(rows, folded) {
			const filled = gather(rows, bucketFor);
			filled.sort((a, b) => compareGroups(a.bucket, b.bucket, descending));
			let start = 0;
			const groups = filled.map(({ bucket: { key, label }, rows: { length: count } }) => {
				const group = { key, label, count, start, collapsed: folded.has(key) };
				if (!group.collapsed) start += count;
				return group;
			});
			return { ordered: filled.flatMap((one) => one.rows), groups };
		},
		isSameGroup: (before, after) => bucketFor(before).key === bucketFor(after).key,
		keyOf: (row) => bucketFor(row).key
	};
}

/** Without the rows of groups that are folded away. */
export function visibleIn<Row>({ ordered, groups }: Grouped<Row>): readonly Row[] {
	if (!groups.some(({ collapsed }) => collapsed)) return ordered;
	let end = 0;
	return groups.flatMap(({ count, collapsed }) => {
		const begin = end;
		end += count;
		return collapsed ? [] : ordered.slice(begin, end);
	});
}
