/** What a step's questions are called. */
import { m } from '$lib/paraglide/messages.js';
import type { StepType } from '../../../model/life/machine.ts';
import type { LedgerList } from '../../../state/LedgerList.svelte.ts';
import type { StepContext } from '../../../state/lifeActions.ts';
import type { DraftKey } from '../../../state/lifeDraft.ts';

const notes: Partial<Record<StepType, () => string>> = {
	accept: m.life_note_verify,
	return: m.life_note_return,
	review: m.life_note_review,
	reopen: m.life_note_reopen,
	recheck: m.life_note_recheck,
	resume: m.life_note_resume,
	merge: m.life_note_remark,
	transfer: m.life_note_remark
};

const labels: Partial<Record<DraftKey, () => string>> = {
	target: m.life_to_whom,
	meeting: m.life_meeting,
	cadence: m.life_cadence,
	nextReviewOn: m.life_next_review,
	approver: m.life_approver
};

export function askLabel(list: LedgerList, { kind, type }: StepContext, key: DraftKey): string {
	if (key === 'note') {
		// An opinion that is taken up again needs no relapse.
		const isRelapse = !(kind === 'opinion' && type === 'reopen');
		return ((isRelapse ? notes[type] : undefined) ?? m.life_note_reason)();
	}
	if (key === 'due') return type === 'start' ? m.life_due() : m.life_due_new();
	return labels[key]?.() ?? list.columns.titleOf(key);
}

export const noteHint = (type: StepType): string | undefined =>
	type === 'accept' ? m.life_note_verify_hint() : undefined;
