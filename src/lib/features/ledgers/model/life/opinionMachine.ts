/** 意见建议: 新收 → 办理中 → 已办结 → 已反馈. */
import type { LifeMachine } from './machine.ts';

export const opinionStatuses = [
	'new',
	'merged',
	'inHand',
	'done',
	'replied',
	'declined',
	'transferred'
] as const;
export type OpinionStatus = (typeof opinionStatuses)[number];

const open = ['new', 'inHand'] as const;
const finished = ['done', 'replied', 'declined', 'transferred'] as const;

export const opinionMachine: LifeMachine<OpinionStatus> = {
	initial: 'new',
	statuses: opinionStatuses,
	finished,
	steps: {
		take: { from: ['new'], to: 'inHand' },
		merge: { from: open, to: 'merged', aimed: true },
		finish: { from: ['inHand'], to: 'done', closing: true },
		reply: { from: ['done'], to: 'replied', closing: true },
		decline: { from: open, to: 'declined', closing: true },
		transfer: { from: open, to: 'transferred', closing: true, aimed: true },
		reopen: { from: finished, to: 'inHand', doubt: true },
		toProblem: { from: open, to: 'inHand', aimed: true },
		extend: { from: open, to: null },
		settle: { from: opinionStatuses, to: null, irrevocable: true }
	}
};
