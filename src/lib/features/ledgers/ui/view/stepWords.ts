/** The steps that many rows can take at once, and what stands in their way, in words. */
import { m } from '$lib/paraglide/messages.js';
import type { Blocker, GuardRule } from '../../model/life/guards.ts';
import type { EventType } from '../../model/life/lifeEvent.ts';
import type { Hindrance } from '../../model/life/stepsAtOnce.ts';
import type { LedgerList } from '../../state/LedgerList.svelte.ts';

const steps: { readonly [T in EventType]?: () => string } = {
	submit: m.views_step_submit,
	confirm: m.views_step_confirm,
	take: m.views_step_take
};
const done: { readonly [T in EventType]?: (args: { count: number }) => string } = {
	submit: m.views_step_submitted,
	confirm: m.views_step_confirmed,
	take: m.views_step_taken
};

export const stepName = (step: EventType): string => (steps[step] ?? (() => step))();

export const stepDone = (step: EventType, count: number): string => done[step]?.({ count }) ?? '';

const rules: { readonly [T in GuardRule]?: (args: { count: number }) => string } = {
	confirmersOnly: m.views_hindered_confirmers,
	onlyCatalogueText: m.views_hindered_catalogue,
	observer: m.views_hindered_observer
};

function wordsOf(list: LedgerList, blocker: Blocker, count: number): string {
	if (blocker.kind === 'field')
		return m.views_hindered_field({ count, field: list.columns.titleOf(blocker.field) });
	const rule = blocker.kind === 'rule' ? rules[blocker.rule] : undefined;
	return (rule ?? m.views_hindered_other)({ count });
}

/** 3 条缺少“层面”. */
export const hindranceWords = (list: LedgerList, { blocker, rows }: Hindrance): string =>
	wordsOf(list, blocker, rows.length);
