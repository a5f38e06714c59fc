/** The group a row belongs to by one field, kept with each row object. */
import { compareWords } from './collation.ts';
import { onceEach } from './onceEach.ts';
import { choiceRank } from './sortKey.ts';
import { readableValue, valuesOf, type ViewField, type ViewRow } from './viewField.ts';

export interface Bucket {
	/** Empty for the rows with nothing there. */
	readonly key: string;
	/** What people read: the cell's words; for a date its month, 'YYYY-MM'. Empty as the key. */
	readonly label: string;
	/** Compared part by part, numbers before words. */
	readonly order: readonly (number | string)[];
}

const none: Bucket = { key: '', label: '', order: [] };

type Field = ViewField<ViewRow>;

const byRank = (field: Field, value: string): number | string => choiceRank(field, value) ?? value;

function compareParts(a: number | string, b: number | string): number {
	if (typeof a === 'number' && typeof b === 'number') return a - b;
	if (typeof a === 'string' && typeof b === 'string') return compareWords(a, b);
	return typeof a === 'number' ? -1 : 1;
}

/** Each set of values is a group of its own, in whatever order they were ticked. */
function setBucket(field: Field, row: ViewRow, values: readonly string[]): Bucket {
	const sorted = [...new Set(values)].sort((a, b) =>
		compareParts(byRank(field, a), byRank(field, b))
	);
	const label = field.text(row);
	const order = field.kind === 'person' ? [label] : sorted.map((value) => byRank(field, value));
	return { key: sorted.length === 1 ? sorted[0]! : JSON.stringify(sorted), label, order };
}

function bucketIn(field: Field, row: ViewRow): Bucket {
	const raw = field.value(row);
	const text = (): string => field.text(row);
	if (field.kind === 'check')
		return { key: String(raw === true), label: text(), order: [raw === true ? 0 : 1] };
	const value = readableValue(raw);
	if (value === null) return none;
	if (field.kind === 'files') return { key: 'has', label: '', order: [0] };
	if (field.kind === 'date' && typeof value === 'string') {
		const month = value.slice(0, 7);
		return { key: month, label: month, order: [month] };
	}
	if (typeof value === 'number') return { key: String(value), label: text(), order: [value] };
	const values = ['person', 'choice', 'multi'].includes(field.kind) ? valuesOf(value) : null;
	if (values !== null) return setBucket(field, row, values);
	return text() === '' ? none : { key: text(), label: text(), order: [text()] };
}

const bucketsByField = onceEach((field: Field) => onceEach((row: ViewRow) => bucketIn(field, row)));

export const bucketOf = <Row extends ViewRow>(field: ViewField<Row>): ((row: Row) => Bucket) =>
	bucketsByField(field);

export function compareBuckets(a: Bucket, b: Bucket): number {
	const shared = Math.min(a.order.length, b.order.length);
	for (let at = 0; at < shared; at += 1) {
		const found = compareParts(a.order[at]!, b.order[at]!);
		if (found !== 0) return found;
	}
	return a.order.length - b.order.length || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
