import { describe, expect, it } from 'vitest';
import { blockersOf, type Actor, type GuardRow, type RowKind } from '../model/life/guards.ts';
import { fold, makeEvent } from '../model/life/fixtures/lifeStories.ts';
import type { LifeEvent } from '../model/life/lifeEvent.ts';
import { actionsOf, type LifeMachine, type StepType } from '../model/life/machine.ts';
import { opinionMachine } from '../model/life/opinionMachine.ts';
import { problemMachine } from '../model/life/problemMachine.ts';
import {
	blockersBefore,
	draftFaults,
	mainStepOf,
	valuesBefore,
	type StepContext
} from './lifeActions.ts';
import {
	askedFor,
	draftKeys,
	firstDraft,
	planStep,
	reviewAfter,
	type LifeDraft
} from './lifeDraft.ts';

const today = '2023-04-20';
const machines: Readonly<Record<RowKind, LifeMachine>> = {
	problem: problemMachine,
	opinion: opinionMachine
};
const secretary: Actor = { member: 'm1', role: 'secretary', posts: ['书记'] };

/** A row that stands in this status, whatever events led there. */
const rowIn = (kind: RowKind, status: string, values: Record<string, unknown> = {}): GuardRow => ({
	id: 'row',
	values,
	measures: [],
	evidence: [],
	life: { ...fold(machines[kind], []), status },
	trash: null
});

const contextOf = (
	kind: RowKind,
	type: StepType,
	row: GuardRow,
	actor = secretary
): StepContext => ({
	...{ kind, type, row, actor, today },
	catalogueTexts: []
});

const answers: LifeDraft = {
	target: 'other',
	result: '已按月上传',
	note: '查看记录',
	meeting: '4月20日支委会',
	cadence: 'quarterly',
	due: '2023-05-20',
	nextReviewOn: '2023-07-20',
	approver: 'm2',
	replyOn: today,
	replyWay: '家长群',
	satisfaction: 'satisfied'
};
const everyStep = (['problem', 'opinion'] as const).flatMap((kind) =>
	machines[kind].statuses.flatMap((status) =>
		actionsOf(machines[kind], status).map((type) => ({ kind, status, type }))
	)
);

describe('what a step asks', () => {
	it.each(everyStep)('$kind $status $type: everything its guards want to be told', (step) => {
		const { kind, status, type } = step;
		const row = rowIn(kind, status);
		const { extras, values } = planStep(kind, type, row, answers);
		const filled = { ...row, values };
		const attempt = { extras, mergeTarget: { id: 'other', isMerged: false, isTrashed: false } };
		// To whom an opinion became a problem is asked by a dialog of its own.
		const left = blockersOf(kind, type, filled, secretary, attempt);
		expect(left.filter((blocker) => blocker.kind === 'input')).toEqual([]);
	});

	it.each(everyStep)('$kind $status $type: is refused while what must be said is not', (step) => {
		const { kind, status, type } = step;
		const row = rowIn(kind, status);
		const empty = Object.fromEntries(draftKeys.map((key) => [key, ''])) as LifeDraft;
		const must = Object.entries(askedFor(kind, type, row)).filter(([, how]) => how === 'must');
		const faults = draftFaults(contextOf(kind, type, row), empty, null);
		expect(faults?.missing ?? []).toEqual(expect.arrayContaining(must.map(([key]) => key)));
	});

	it('names fields of the row before it asks for words', () => {
		const found = blockersBefore(contextOf('problem', 'start', rowIn('problem', 'toRectify')));
		expect(found.map((one) => (one.kind === 'field' ? one.field : one.kind))).toEqual([
			...['goal', 'measures', 'responsibleId', 'leaderId', 'due']
		]);
	});

	it('does not count as missing what the dialog is for', () => {
		const row = rowIn('opinion', 'done', {});
		expect(blockersBefore(contextOf('opinion', 'reply', row))).toEqual([]);
		expect(draftFaults(contextOf('opinion', 'reply', row), answers)).toBeNull();
	});

	it('lets a deadline be put off, from the day the row has and not from the answer', () => {
		const put = (values: Record<string, unknown>, due: string) =>
			draftFaults(contextOf('problem', 'extend', rowIn('problem', 'rectifying', values)), {
				...answers,
				due
			});
		for (const rectKind of ['immediate', 'timed']) {
			const values = { rectKind, due: '2023-04-21' };
			const row = rowIn('problem', 'rectifying', values);
			expect(blockersBefore(contextOf('problem', 'extend', row))).toEqual([]);
			expect(put(values, '2023-05-20')).toBeNull();
			expect(put(values, '2023-04-20')?.others).toEqual([{ kind: 'rule', rule: 'dueNotLater' }]);
		}
		expect(put({}, '2023-05-20')).toBeNull();
		const opinion = rowIn('opinion', 'inHand', { due: '2023-04-21' });
		expect(draftFaults(contextOf('opinion', 'extend', opinion), answers)).toBeNull();
	});

	it('tells the responsible person before anything is typed', () => {
		const row = rowIn('problem', 'toAccept', { responsibleId: 'm1' });
		expect(blockersBefore(contextOf('problem', 'accept', row))).toEqual([
			{ kind: 'rule', rule: 'verifierIsResponsible' }
		]);
	});
});

describe('what is proposed', () => {
	it('a week for what is put right at once, and nothing otherwise', () => {
		const due = (type: StepType, values: Record<string, unknown>): string =>
			firstDraft('problem', type, rowIn('problem', 'toRectify', values), today).due;
		expect(due('start', { rectKind: 'immediate' })).toBe('2023-04-27');
		expect(due('extend', { rectKind: 'immediate', due: '2023-04-21' })).toBe('2023-04-27');
		expect(due('extend', { rectKind: 'immediate', due: '2023-05-30' })).toBe('');
		expect(due('extend', { rectKind: 'timed', due: '2023-04-21' })).toBe('');
	});

	it('the next review by the cadence, on a day that exists', () => {
		expect(reviewAfter('2023-08-31', 'monthly')).toBe('2023-09-30');
		expect(reviewAfter('2023-11-30', 'quarterly')).toBe('2024-02-29');
		expect(reviewAfter('2023-12-15', 'yearly')).toBe('2024-12-15');
		expect(reviewAfter(today, '')).toBe('');
	});

	it('today and what is in the row for a reply', () => {
		const row = rowIn('opinion', 'done', { result: '已划线', replyWay: '电话' });
		expect(firstDraft('opinion', 'reply', row, today)).toMatchObject({
			...{ replyOn: today, replyWay: '电话', result: '已划线', note: '', due: '' }
		});
	});

	it('one main step in each status from which something leads on', () => {
		for (const kind of ['problem', 'opinion'] as const)
			for (const status of machines[kind].statuses) {
				const main = mainStepOf(kind, status);
				if (main !== undefined) expect(actionsOf(machines[kind], status)).toContain(main);
			}
		expect(mainStepOf('problem', 'toAccept')).toBe('accept');
	});
});

describe('what is written', () => {
	it('an extension sets the date and keeps the old one', () => {
		const row = rowIn('problem', 'rectifying', { due: '2023-04-27' });
		expect(planStep('problem', 'extend', row, answers)).toEqual({
			extras: { note: '查看记录', due: '2023-05-20', dueBefore: '2023-04-27', approver: 'm2' },
			values: { due: '2023-05-20' }
		});
	});

	it('only what the step asks, and nothing for what was left empty', () => {
		const row = rowIn('problem', 'toAccept', { due: '2023-04-27' });
		const draft = { ...answers, due: '' };
		expect(planStep('problem', 'return', row, draft)).toEqual({
			extras: { note: '查看记录' },
			values: {}
		});
	});

	it('an application names the evidence there was', () => {
		const row = { ...rowIn('problem', 'rectifying'), evidence: [{ id: 'e1' }, { id: 'e2' }] };
		expect(planStep('problem', 'apply', row, answers).extras).toEqual({
			evidenceIds: ['e1', 'e2']
		});
	});

	it('taking an extension back brings the old date back, unless somebody set another', () => {
		const event: LifeEvent = makeEvent('e', 'extend', {
			...{ due: '2023-05-20', dueBefore: '2023-04-27' }
		});
		const at = (due: string): GuardRow => rowIn('problem', 'rectifying', { due });
		expect(valuesBefore(event, at('2023-05-20'))).toEqual({ due: '2023-04-27' });
		expect(valuesBefore(event, at('2023-06-01'))).toEqual({});
	});
});
