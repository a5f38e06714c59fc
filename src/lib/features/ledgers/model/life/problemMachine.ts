/** 问题 → 整改 → 验收 → 销号. */
import type { LifeMachine } from './machine.ts';

export const problemStatuses = [
	'draft',
	'toVerify',
	'toRectify',
	'rectifying',
	'toAccept',
	'closed',
	'longTerm',
	'rejected',
	'merged'
] as const;
export type ProblemStatus = (typeof problemStatuses)[number];

const open = ['toVerify', 'toRectify', 'rectifying', 'toAccept', 'longTerm'] as const;

export const problemMachine: LifeMachine<ProblemStatus> = {
	initial: 'draft',
	statuses: problemStatuses,
	finished: ['closed'],
	steps: {
		submit: { from: ['draft'], to: 'toVerify' },
		confirm: { from: ['toVerify'], to: 'toRectify' },
		reject: { from: ['toVerify'], to: 'rejected' },
		resume: { from: ['rejected'], to: 'toVerify' },
		merge: { from: ['toVerify', 'toRectify'], to: 'merged', aimed: true },
		start: { from: ['toRectify'], to: 'rectifying' },
		apply: { from: ['rectifying', 'longTerm'], to: 'toAccept' },
		accept: { from: ['toAccept'], to: 'closed', closing: true },
		return: { from: ['toAccept'], to: 'rectifying', doubt: true },
		longTerm: { from: ['rectifying', 'toAccept'], to: 'longTerm' },
		review: { from: ['longTerm'], to: null },
		extend: { from: open, to: null },
		reopen: { from: ['closed'], to: 'rectifying', doubt: true },
		recheck: { from: ['closed'], to: null },
		settle: { from: problemStatuses, to: null, irrevocable: true }
	}
};
