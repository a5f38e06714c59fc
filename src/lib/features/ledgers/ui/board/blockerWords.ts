/** What stands in the way of a step, in a few words each. */
import { m } from '$lib/paraglide/messages.js';
import type { Blocker } from '../../model/life/guards.ts';

type Words = Readonly<Record<string, () => string>>;

const inputs: Words = {
	note: m.board_input_note,
	due: m.board_input_due,
	target: m.board_input_target,
	meeting: m.board_input_meeting,
	approver: m.board_input_approver,
	cadence: m.board_input_cadence,
	nextReviewOn: m.board_input_nextReviewOn
};
const rules: Words = {
	observer: m.board_rule_observer,
	trashed: m.board_rule_trashed,
	status: m.board_rule_status,
	confirmersOnly: m.board_rule_confirmersOnly,
	secretaryOnly: m.board_rule_secretaryOnly,
	onlyCatalogueText: m.board_rule_onlyCatalogueText,
	verifierIsResponsible: m.board_rule_verifierIsResponsible
};

/** `titleOf`: of a field, as its column is headed. */
export function blockerWords(blocker: Blocker, titleOf: (field: string) => string): string {
	if (blocker.kind === 'field') return titleOf(blocker.field);
	if (blocker.kind === 'input') return (inputs[blocker.input] ?? m.board_input_other)();
	return (rules[blocker.rule] ?? m.board_rule_other)();
}
