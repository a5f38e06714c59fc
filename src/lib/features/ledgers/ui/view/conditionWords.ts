/** A condition as one reads it in a line: 整改时限：逾期. */
import { m } from '$lib/paraglide/messages.js';
import { conditionKindOf, type Condition } from '../../model/view/condition.ts';
import type { IgnoredCondition } from '../../model/view/filter.ts';
import { questionOf } from '../../model/view/questions.ts';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';
import { choiceLabel, itemLabel, personName } from '../../state/ledgerWords.ts';
import { questionName } from './viewNames.ts';

const mostValues = 3;

function valueName(list: LedgerList, field: string, value: string): string {
	const known = list.columns.asked.find(({ id }) => id === field);
	if (known?.kind === 'person') return personName(list.people, value);
	return known?.choices?.find((one) => one.value === value)?.label ?? choiceLabel(field, value);
}

function valuesIn(list: LedgerList, field: string, values: readonly string[]): string {
	const names = values.map((value) => valueName(list, field, value));
	if (names.length <= mostValues) return names.join(m.ui_list_separator());
	return m.views_values_more({
		values: names.slice(0, mostValues).join(m.ui_list_separator()),
		count: names.length
	});
}

const numberIn = (list: LedgerList, field: string, number: number): string =>
	field === 'itemNo' ? itemLabel(list.catalogue, number) : String(number);

/** The part after the field's name. */
function saidBy(list: LedgerList, condition: Condition): string {
	const name = questionName(questionOf(condition), condition.kind);
	switch (condition.op) {
		case 'contains':
		case 'notContains':
		case 'is':
			return m.views_said_text({ question: name, text: condition.text });
		case 'eq':
		case 'ne':
		case 'lt':
		case 'le':
		case 'gt':
		case 'ge':
			return `${name} ${numberIn(list, condition.field, condition.number)}`;
		case 'between':
			return m.views_said_between({ from: condition.from, to: condition.to });
		case 'on':
		case 'before':
		case 'after':
			return `${name} ${condition.date}`;
		case 'within':
			return m.views_said_within({ days: condition.days });
		case 'last':
			return m.views_said_last({ days: condition.days });
		case 'anyOf':
			return valuesIn(list, condition.field, condition.values);
		case 'noneOf':
		case 'allOf':
			return `${name} ${valuesIn(list, condition.field, condition.values)}`;
		default:
			return name;
	}
}

export const conditionWords = (list: LedgerList, condition: Condition): string =>
	m.views_said({ field: list.columns.titleOf(condition.field), said: saidBy(list, condition) });

/** Why a condition is not followed. */
export function ignoredWords(
	list: LedgerList,
	condition: Condition,
	{ why }: IgnoredCondition
): string {
	const field = list.columns.titleOf(condition.field);
	if (why === 'unknownField') return m.views_ignored_gone();
	if (why === 'incomplete') return m.views_ignored_unfinished({ field });
	return m.views_ignored_kind({ field });
}

/** Whether the condition can be shown as a question in the panel. */
export function canBeAsked(list: LedgerList, condition: Condition): boolean {
	const field = list.columns.asked.find(({ id }) => id === condition.field);
	return field !== undefined && conditionKindOf(field.kind) === condition.kind;
}
