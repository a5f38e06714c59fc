import { describe, expect, it } from 'vitest';
import {
	changeState,
	notStarted,
	type Acting,
	type TaskEvent,
	type TaskState
} from './taskStatus.ts';

const acting: Acting = { actor: 'a', today: '2023-03-20', alone: false, missingDeliverables: 0 };
const submitted: TaskState = { status: '待审核', by: 'a', on: '2023-03-19' };

function after(...events: TaskEvent[]): TaskState {
	return events.reduce<TaskState>((state, event, i) => {
		const changed = changeState(state, event, { ...acting, actor: i % 2 === 0 ? 'a' : 'b' });
		if (!changed.ok) throw new Error(changed.error);
		return changed.value;
	}, notStarted);
}

describe('changeState', () => {
	it('goes from 未开始 to 已完成, checked by another person', () => {
		const state = after({ type: 'submit' }, { type: 'accept' });
		expect(state).toEqual({ status: '已完成', submittedBy: 'a', by: 'b', on: '2023-03-20' });
	});

	it('goes back with a reason, and the reason stays with the task', () => {
		const state = after({ type: 'submit' }, { type: 'return', why: ' 缺签到表 ' });
		expect(state).toEqual({
			status: '进行中',
			returned: { by: 'b', on: '2023-03-20', why: '缺签到表' }
		});
	});

	it.each<[TaskState, TaskEvent, Partial<Acting>, string]>([
		[notStarted, { type: 'accept' }, {}, 'not-from-here'],
		[{ status: '进行中' }, { type: 'submit' }, { missingDeliverables: 2 }, 'deliverables-missing'],
		[submitted, { type: 'accept' }, {}, 'needs-another'],
		[submitted, { type: 'return', why: '  ' }, { actor: 'b' }, 'needs-reason']
	])('%o refuses %o', (state, event, as, reason) => {
		expect(changeState(state, event, { ...acting, ...as })).toEqual({ ok: false, error: reason });
	});

	it('lets a committee of one check its own work', () => {
		expect(changeState(submitted, { type: 'accept' }, { ...acting, alone: true }).ok).toBe(true);
	});
});
