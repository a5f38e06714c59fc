/**
 * Which rows a filter lets through. What does not depend on the row is worked out once; what cannot
 * be asked (a column that is gone, a question that does not fit, one not finished) is ignored and
 * named, so that a colleague's view never empties a list without a word.
 */
import { conditionKindOf, type Condition, type FilterContext } from './condition.ts';
import { compileCondition } from './conditionTest.ts';
import { allWords, foldWords } from './rowWords.ts';
import type { ViewField, ViewRow } from './viewField.ts';

export interface Filter {
	readonly match: 'all' | 'any';
	readonly conditions: readonly Condition[];
	/** Searched for in every field; of several words, each has to be there. */
	readonly text: string;
	/** Only these rows: those that a figure counted. */
	readonly rowIds?: readonly string[];
}

export interface IgnoredCondition {
	/** Among the filter's conditions. */
	readonly index: number;
	readonly why: 'unknownField' | 'wrongKind' | 'incomplete';
}

export interface CompiledFilter<Row> {
	matches(row: Row): boolean;
	/** False when every row passes. */
	readonly isFiltering: boolean;
	readonly ignored: readonly IgnoredCondition[];
}

export const noFilter: Filter = { match: 'all', conditions: [], text: '' };

type Test<Row> = (row: Row) => boolean;

function compileConditions<Row extends ViewRow>(
	conditions: readonly Condition[],
	fields: readonly ViewField<Row>[],
	context: FilterContext
): { tests: Test<Row>[]; ignored: IgnoredCondition[] } {
	const byId = new Map(fields.map((field) => [field.id, field]));
	const tests: Test<Row>[] = [];
	const ignored: IgnoredCondition[] = [];
	conditions.forEach((condition, index) => {
		const field = byId.get(condition.field);
		if (field === undefined) ignored.push({ index, why: 'unknownField' });
		else if (conditionKindOf(field.kind) !== condition.kind)
			ignored.push({ index, why: 'wrongKind' });
		else {
			const test = compileCondition(condition, field, context);
			if (test === null) ignored.push({ index, why: 'incomplete' });
			else tests.push(test);
		}
	});
	return { tests, ignored };
}

function compileText<Row extends ViewRow>(
	text: string,
	fields: readonly ViewField<Row>[]
): Test<Row>[] {
	const wanted = foldWords(text)
		.split(/\s+/)
		.filter((word) => word !== '');
	if (wanted.length === 0) return [];
	const wordsOf = allWords(fields);
	return [(row) => wanted.every((word) => wordsOf(row).includes(word))];
}

function oneOf<Row extends ViewRow>(rowIds: readonly string[] | undefined): Test<Row>[] {
	if (rowIds === undefined) return [];
	const wanted = new Set(rowIds);
	return [(row) => wanted.has(row.id)];
}

export function compileFilter<Row extends ViewRow>(
	filter: Filter,
	fields: readonly ViewField<Row>[],
	context: FilterContext
): CompiledFilter<Row> {
	const { tests, ignored } = compileConditions(filter.conditions, fields, context);
	const asked: Test<Row>[] =
		filter.match === 'any' && tests.length > 0 ? [(row) => tests.some((test) => test(row))] : tests;
	// The search looks at the most and comes last.
	const all = [...oneOf<Row>(filter.rowIds), ...asked, ...compileText(filter.text, fields)];
	return {
		matches: (row) => all.every((test) => test(row)),
		isFiltering: all.length > 0,
		ignored
	};
}
