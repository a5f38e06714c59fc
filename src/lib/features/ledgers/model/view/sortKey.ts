/** What a row is sorted by in one field, kept with each row object. */
import { onceEach } from './onceEach.ts';
import { readableValue, valuesOf, type ViewField, type ViewRow } from './viewField.ts';

/** Words are for the collation; null is an empty or unreadable cell and comes last. */
export type SortKey = number | string | null;

/** Sorting looks no further into a long text: nobody tells two rows apart there. */
const keyChars = 40;

const ranksOf = onceEach(
	(field: ViewField<ViewRow>) =>
		new Map((field.choices ?? []).map(({ value }, rank) => [value, rank]))
);

/** The place of a choice among its field's; null for one that is not among them. */
export const choiceRank = <Row extends ViewRow>(
	field: ViewField<Row>,
	value: string
): number | null => ranksOf(field).get(value) ?? null;

function wordsKey(field: ViewField<ViewRow>, row: ViewRow): SortKey {
	if (readableValue(field.value(row)) === null) return null;
	const words = field.text(row).slice(0, keyChars);
	return words === '' ? null : words;
}

/** The choice that ranks first stands for all; free words come after what can be chosen. */
function choiceKey(field: ViewField<ViewRow>, row: ViewRow): SortKey {
	const values = valuesOf(field.value(row));
	if (values === null) return null;
	const ranks = values.flatMap((value) => choiceRank(field, value) ?? []);
	return ranks.length > 0 ? Math.min(...ranks) : wordsKey(field, row);
}

function numberKey(value: unknown): SortKey {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function keyIn(field: ViewField<ViewRow>, row: ViewRow): SortKey {
	const value = readableValue(field.value(row));
	switch (field.kind) {
		case 'number':
		case 'item':
			return numberKey(value);
		case 'date':
			return typeof value === 'string' ? numberKey(Number(value.replaceAll('-', ''))) : null;
		case 'check':
			return value === true ? 0 : 1;
		case 'choice':
		case 'multi':
			return choiceKey(field, row);
		case 'files':
			return Array.isArray(value) ? value.length : numberKey(value);
		default:
			return wordsKey(field, row);
	}
}

const keysByField = onceEach((field: ViewField<ViewRow>) =>
	onceEach((row: ViewRow) => keyIn(field, row))
);

export const sortKeyOf = <Row extends ViewRow>(field: ViewField<Row>): ((row: Row) => SortKey) =>
	keysByField(field);
