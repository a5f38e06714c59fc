// 未开始 → 进行中 → 待审核 → 已完成, back with a reason. 不适用 is not a state here: a task that does
// not apply keeps where it was, so that 适用 brings it back. 临期 and 逾期 are computed, never stored.

import { err, ok, type Result } from '$lib/base/result.ts';
import type { Ymd } from './notice/types.ts';

export type TaskState =
	| { status: '未开始' }
	| { status: '进行中'; returned?: { by: string; on: Ymd; why: string } }
	| { status: '待审核'; by: string; on: Ymd }
	| { status: '已完成'; submittedBy: string; by: string; on: Ymd };
export type TaskStatus = TaskState['status'] | '不适用';

export type TaskEvent =
	| { type: 'start' }
	| { type: 'submit' }
	| { type: 'withdraw' }
	| { type: 'accept' }
	| { type: 'return'; why: string }
	| { type: 'reopen'; why: string };
export type TaskRefusal =
	'not-from-here' | 'deliverables-missing' | 'needs-another' | 'needs-reason';

export type Acting = {
	actor: string;
	today: Ymd;
	/** Whether the committee has anyone else who could check. */
	alone: boolean;
	missingDeliverables: number;
};

export const notStarted: TaskState = { status: '未开始' };

const eventsFrom: Record<TaskState['status'], readonly TaskEvent['type'][]> = {
	未开始: ['start', 'submit'],
	进行中: ['submit'],
	待审核: ['accept', 'return', 'withdraw'],
	已完成: ['reopen']
};

export const eventsOf = (state: TaskState): readonly TaskEvent['type'][] =>
	eventsFrom[state.status];

function refusal(state: TaskState, event: TaskEvent, acting: Acting): TaskRefusal | null {
	if (!eventsOf(state).includes(event.type)) return 'not-from-here';
	if (event.type === 'submit' && acting.missingDeliverables > 0) return 'deliverables-missing';
	if ('why' in event && event.why.trim() === '') return 'needs-reason';
	const ownWork = state.status === '待审核' && state.by === acting.actor;
	if (event.type === 'accept' && ownWork && !acting.alone) return 'needs-another';
	return null;
}

/** The state after `event`, or why it cannot happen now. */
export function changeState(
	state: TaskState,
	event: TaskEvent,
	acting: Acting
): Result<TaskState, TaskRefusal> {
	const refused = refusal(state, event, acting);
	if (refused) return err(refused);
	const stamp = { by: acting.actor, on: acting.today };
	switch (event.type) {
		case 'start':
		case 'withdraw':
			return ok({ status: '进行中' });
		case 'submit':
			return ok({ status: '待审核', ...stamp });
		case 'accept':
			return ok({
				status: '已完成',
				submittedBy: state.status === '待审核' ? state.by : acting.actor,
				...stamp
			});
		case 'return':
		case 'reopen':
			return ok({ status: '进行中', returned: { ...stamp, why: event.why.trim() } });
	}
}
