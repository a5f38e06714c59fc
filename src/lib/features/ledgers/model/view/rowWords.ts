/** Words as searching compares them, kept with each row object. */
import { onceEach } from './onceEach.ts';
import { readableValue, type ViewField, type ViewRow } from './viewField.ts';

/** Full-width letters and digits, as input methods type them, are the same words. */
export const foldWords = (text: string): string => text.normalize('NFKC').toLowerCase();

const textIn = (field: ViewField<ViewRow>, row: ViewRow): string =>
	readableValue(field.value(row)) === null ? '' : field.text(row);

const readersByField = onceEach((field: ViewField<ViewRow>) =>
	onceEach((row: ViewRow) => foldWords(textIn(field, row)))
);

const readersByFields = onceEach((fields: readonly ViewField<ViewRow>[]) =>
	onceEach((row: ViewRow) => foldWords(fields.map((field) => textIn(field, row)).join('\n')))
);

/** The folded words of one cell; empty where it is empty or unreadable. */
export const cellWords = <Row extends ViewRow>(field: ViewField<Row>): ((row: Row) => string) =>
	readersByField(field);

/** The folded words of all cells, one a line. */
export const allWords = <Row extends ViewRow>(
	fields: readonly ViewField<Row>[]
): ((row: Row) => string) => readersByFields(fields);
