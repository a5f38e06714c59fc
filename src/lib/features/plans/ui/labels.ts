// The domain's stored terms in the language in use.

import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';
import type { Tone } from '$lib/ui/tone.ts';
import type { NoticeWarning } from '../model/notice/types.ts';
import type { AppliesValue, SelfCheck, TextField } from '../model/plan.ts';
import type { TaskEvent, TaskRefusal, TaskStatus } from '../model/taskStatus.ts';

/** 甲、乙和丙 */
export const listWords = (items: readonly string[]): string =>
	new Intl.ListFormat(getLocale(), { type: 'conjunction', style: 'short' }).format(items);

export const statusLabel = (status: TaskStatus): string =>
	({
		未开始: m.plans_status_todo,
		进行中: m.plans_status_doing,
		待审核: m.plans_status_review,
		已完成: m.plans_status_done,
		不适用: m.plans_status_waived
	})[status]();

export const statusTone = (status: TaskStatus): Tone =>
	(
		({
			未开始: 'neutral',
			进行中: 'info',
			待审核: 'warning',
			已完成: 'ok',
			不适用: 'neutral'
		}) as const
	)[status];

export const eventLabel = (event: TaskEvent['type']): string =>
	({
		start: m.plans_event_start,
		submit: m.plans_event_submit,
		withdraw: m.plans_event_withdraw,
		accept: m.plans_event_accept,
		return: m.plans_event_return,
		reopen: m.plans_event_reopen
	})[event]();

export const refusalText = (refusal: TaskRefusal): string =>
	({
		'not-from-here': m.plans_refusal_moved,
		'deliverables-missing': m.plans_refusal_deliverables,
		'needs-another': m.plans_refusal_another,
		'needs-reason': m.plans_refusal_reason
	})[refusal]();

export const selfCheckLabel = (value: SelfCheck): string =>
	({
		未查: m.plans_check_none,
		符合: m.plans_check_met,
		部分符合: m.plans_check_partly,
		不符合: m.plans_check_missing
	})[value]();

export const appliesLabel = (value: AppliesValue): string =>
	({ 适用: m.plans_applies_yes, 不适用: m.plans_applies_no, 待确认: m.plans_applies_open })[
		value
	]();

export const textFieldLabel = (field: TextField): string =>
	({
		localMeasure: m.plans_field_measure,
		gap: m.plans_field_gap,
		result: m.plans_field_result,
		note: m.plans_field_note
	})[field]();

export function warningText(warning: NoticeWarning): string {
	switch (warning.code) {
		case 'attachment-missing':
			return m.plans_warning_attachment_missing({
				no: warning.no,
				label: warning.label ? m.plans_in_brackets({ text: warning.label }) : '',
				listed: warning.listed
			});
		case 'attachment-mismatch':
			return m.plans_warning_attachment_mismatch({ nos: listWords(warning.nos.map(String)) });
		case 'no-deadline':
			return m.plans_warning_no_deadline({ count: warning.paths.length });
	}
}

/** What the preview still asks: its remarks, and the tasks that may not be ours. */
export function questionsText(warnings: number, others: number): string {
	if (warnings > 0 && others > 0) return m.plans_questions({ warnings, others });
	if (warnings > 0) return m.plans_questions_remarks({ warnings });
	return others > 0 ? m.plans_questions_applies({ others }) : m.plans_questions_done();
}

/** 二 (三) 1 */
export const pathLabel = (path: readonly string[]): string => path.join(' ');
