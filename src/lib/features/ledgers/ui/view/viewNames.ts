/** What views and questions are called. */
import { m } from '$lib/paraglide/messages.js';
import type { BuiltInViewId } from '../../model/view/builtInViews.ts';
import type { ConditionKind } from '../../model/view/condition.ts';
import type { Question } from '../../model/view/questions.ts';
import type { ChosenView } from '../../state/LedgerViews.svelte.ts';

const builtIn: Readonly<Record<BuiltInViewId, () => string>> = {
	mine: m.views_builtin_mine,
	mentioned: m.views_builtin_mentioned,
	overdue: m.views_builtin_overdue,
	dueSoon: m.views_builtin_dueSoon,
	toAccept: m.views_builtin_toAccept,
	urgent: m.views_builtin_urgent,
	open: m.views_builtin_open,
	unsettled: m.views_builtin_unsettled,
	toReply: m.views_builtin_toReply,
	unsubmitted: m.personal_not_submitted
};

export const builtInName = (id: BuiltInViewId): string => builtIn[id]();

export function viewName(chosen: ChosenView): string {
	if ('view' in chosen) return chosen.view.name;
	return chosen.kind === 'all' ? m.views_all() : builtInName(chosen.id);
}

const questions: Readonly<Record<Question, () => string>> = {
	contains: m.views_ask_contains,
	notContains: m.views_ask_notContains,
	is: m.views_ask_is,
	eq: m.views_ask_eq,
	ne: m.views_ask_ne,
	lt: m.views_ask_lt,
	le: m.views_ask_le,
	gt: m.views_ask_gt,
	ge: m.views_ask_ge,
	between: m.views_ask_between,
	on: m.views_ask_on,
	before: m.views_ask_before,
	after: m.views_ask_after,
	overdue: m.views_ask_overdue,
	within: m.views_ask_within,
	last: m.views_ask_last,
	'this:week': m.views_ask_week,
	'this:month': m.views_ask_month,
	'this:quarter': m.views_ask_quarter,
	'this:year': m.views_ask_year,
	anyOf: m.views_ask_anyOf,
	noneOf: m.views_ask_noneOf,
	allOf: m.views_ask_allOf,
	me: m.views_ask_me,
	empty: m.views_ask_empty,
	filled: m.views_ask_filled,
	yes: m.views_ask_yes,
	no: m.views_ask_no,
	has: m.views_ask_has,
	none: m.views_ask_none
};

export const questionName = (question: Question, kind: ConditionKind): string =>
	question === 'between' && kind === 'date' ? m.views_ask_betweenDays() : questions[question]();
