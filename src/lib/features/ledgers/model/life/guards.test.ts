import { describe, expect, it } from 'vitest';
import { fold, openings, sync, TestReplica } from './fixtures/lifeStories.ts';
import {
	blockersOf,
	machineOf,
	revocableEvents,
	type Actor,
	type Attempt,
	type Blocker,
	type GuardRow,
	type RowKind
} from './guards.ts';
import type { EventType } from './lifeEvent.ts';
import { actionsOf } from './machine.ts';
import { opinionMachine } from './opinionMachine.ts';
import { dueOnStart } from './problemGuards.ts';
import { problemMachine } from './problemMachine.ts';

const secretary: Actor = { member: 'A', role: 'secretary', posts: ['书记'] };
const organiser: Actor = { member: 'B', role: 'officer', posts: ['组织委员'] };
const officer: Actor = { member: 'C', role: 'officer', posts: ['宣传委员'] };
const observer: Actor = { member: 'O', role: 'observer', posts: [] };

function lifeAfter(kind: RowKind, ...steps: readonly EventType[]) {
	const replica = new TestReplica('C', machineOf(kind));
	for (const step of steps) replica.act(step, { due: '2023-05-01', target: 'x' });
	return replica.life;
}

const row = (
	kind: RowKind,
	steps: readonly EventType[],
	rest: Partial<GuardRow> = {}
): GuardRow => ({
	id: 'row1',
	values: {},
	measures: [],
	evidence: [],
	trash: null,
	life: lifeAfter(kind, ...steps),
	...rest
});

const named = (blockers: readonly Blocker[]): string[] =>
	blockers.map((blocker) =>
		blocker.kind === 'field'
			? blocker.field
			: blocker.kind === 'input'
				? `say ${blocker.input}`
				: `! ${blocker.rule}`
	);
const problem = (
	action: EventType,
	steps: readonly EventType[],
	rest: Partial<GuardRow> = {},
	attempt: Attempt = {},
	actor: Actor = officer
): string[] => named(blockersOf('problem', action, row('problem', steps, rest), actor, attempt));
const opinion = (
	action: EventType,
	steps: readonly EventType[],
	values: GuardRow['values'] = {},
	attempt: Attempt = {}
): string[] =>
	named(blockersOf('opinion', action, row('opinion', steps, { values }), officer, attempt));

const submitted = ['submit'] as const;
const confirmed = ['submit', 'confirm'] as const;
const rectifying = ['submit', 'confirm', 'start'] as const;
const toAccept = openings.get(problemMachine)!;
const closed = [...toAccept, 'accept'] as const;
const note = { extras: { note: '说明' } };

describe('of a problem', () => {
	it('LF33 submitting asks for a manifestation that is more than the catalogue says', () => {
		const catalogueTexts = ['3. 对群众诉求回应不及时', '服务意识不强'];
		const of = (manifestation: unknown) =>
			problem('submit', [], { values: { manifestation } }, { catalogueTexts });
		expect(of(undefined)).toEqual(['manifestation']);
		expect(of('  \n')).toEqual(['manifestation']);
		expect(of(Symbol('unreadable'))).toEqual(['manifestation']);
		expect(of('对群众诉求，回应不及时。')).toEqual(['! onlyCatalogueText']);
		expect(of('（二）服务意识不强')).toEqual(['! onlyCatalogueText']);
		expect(of('一次会上服务意识不强')).toEqual([]);
		expect(of('第3项：对群众诉求回应不及时')).toEqual(['! onlyCatalogueText']);
		expect(of('对群众诉求回应不及时，延时班家长三次来电未回复')).toEqual([]);
	});

	it('LF34 confirming is for the secretary or the organisation officer, with level and aspect', () => {
		const values = { level: 'branch', aspect: '细' };
		expect(problem('confirm', submitted, { values }, {}, officer)).toEqual(['! confirmersOnly']);
		expect(problem('confirm', submitted, { values }, {}, organiser)).toEqual([]);
		expect(problem('confirm', submitted, {}, {}, secretary)).toEqual(['level', 'aspect']);
		const byPost: Actor = { ...officer, posts: ['书记'] };
		expect(problem('confirm', submitted, { values }, {}, byPost)).toEqual([]);
	});

	it('LF34 what was not adopted is taken up again by the secretary alone', () => {
		const rejected = ['submit', 'reject'] as const;
		expect(problem('resume', rejected, {}, note, organiser)).toEqual(['! secretaryOnly']);
		expect(problem('resume', rejected, {}, {}, secretary)).toEqual(['say note']);
		expect(problem('resume', rejected, {}, note, secretary)).toEqual([]);
	});

	it('LF35 starting asks for goal, measure, both people and a date', () => {
		expect(problem('start', confirmed, { measures: [{ text: ' ' }] })).toEqual([
			'goal',
			'measures',
			'responsibleId',
			'leaderId',
			'due'
		]);
		const values = { goal: '按月上传', responsibleId: 'C', leaderId: 'A' };
		const measures = [{ text: '专人负责' }];
		expect(problem('start', confirmed, { values, measures })).toEqual(['due']);
		expect(
			problem('start', confirmed, { values: { ...values, due: '2023-05-01' }, measures })
		).toEqual([]);
		expect(
			problem('start', confirmed, { values, measures }, { extras: { due: '2023-05-01' } })
		).toEqual([]);
	});

	it('LF35 what is put right at once is due in a week unless a date is set', () => {
		const of = (values: GuardRow['values']) =>
			dueOnStart(row('problem', confirmed, { values }), '2023-04-20');
		expect(of({ rectKind: 'immediate' })).toBe('2023-04-27');
		expect(of({ rectKind: 'immediate', due: '2023-04-22' })).toBe('2023-04-22');
		expect(of({ rectKind: 'timed' })).toBeNull();
		const values = { goal: 'g', responsibleId: 'C', leaderId: 'A', rectKind: 'immediate' };
		expect(problem('start', confirmed, { values, measures: [{ text: 'm' }] })).toEqual([]);
	});

	it('LF36 applying asks for a result and evidence, from the long term too', () => {
		for (const steps of [rectifying, [...rectifying, 'longTerm'] as const])
			expect(problem('apply', steps)).toEqual(['result', 'evidence']);
		const filled = { values: { result: '已补传' }, evidence: [{}] };
		expect(problem('apply', rectifying, filled)).toEqual([]);
	});

	it('LF36 the verifier is not the responsible person, and gives an opinion', () => {
		expect(problem('accept', toAccept, { values: { responsibleId: 'C' } }, note)).toEqual([
			'! verifierIsResponsible'
		]);
		const same = { responsibleId: 'B', verifierId: 'B' };
		expect(problem('accept', toAccept, { values: same }, note)).toEqual([
			'! verifierIsResponsible'
		]);
		expect(problem('accept', toAccept, { values: { responsibleId: 'B' } })).toEqual(['say note']);
		expect(problem('accept', toAccept, { values: { responsibleId: 'B' } }, note)).toEqual([]);
	});

	it.each<[EventType, readonly EventType[]]>([
		['reject', submitted],
		['return', toAccept],
		['reopen', closed],
		['recheck', closed]
	])('LF37 %s asks for a reason', (action, steps) => {
		expect(problem(action, steps)).toEqual(['say note']);
		expect(problem(action, steps, {}, { extras: { note: ' ' } })).toEqual(['say note']);
		expect(problem(action, steps, {}, { extras: { note: 'x'.repeat(5000) } })).toEqual([
			'say note'
		]);
		expect(problem(action, steps, {}, note)).toEqual([]);
	});

	it('LF37 the long term asks for a meeting, a result so far and a cadence; a review for a next day', () => {
		expect(problem('longTerm', rectifying)).toEqual(['say meeting', 'result', 'reviewCadence']);
		const extras = { meeting: '第4次支委会', cadence: 'quarterly' } as const;
		expect(problem('longTerm', rectifying, { values: { result: '初见成效' } }, { extras })).toEqual(
			[]
		);
		const longTerm = [...rectifying, 'longTerm'] as const;
		expect(problem('review', longTerm)).toEqual(['say note', 'say nextReviewOn']);
		const next = { extras: { note: '保持', nextReviewOn: '2023-07-01' } };
		expect(problem('review', longTerm, {}, next)).toEqual([]);
	});

	it('LF37 an extension asks for a reason, who allowed it and a later date', () => {
		const values = { due: '2023-04-27' };
		const to = (due: string) => ({ extras: { note: '等', approver: 'A', due } });
		expect(problem('extend', rectifying, { values })).toEqual([
			'say note',
			'say due',
			'say approver'
		]);
		expect(problem('extend', rectifying, { values }, to('2023-02-30'))).toEqual(['say due']);
		expect(problem('extend', rectifying, { values }, to('2023-04-27'))).toEqual(['! dueNotLater']);
		expect(problem('extend', rectifying, { values }, to('2023-05-04'))).toEqual([]);
		const returned = { extras: { note: '退', due: 'soon' } };
		expect(problem('return', toAccept, {}, returned)).toEqual(['say due']);
	});

	it('LF38 merging asks for another row that is there and not merged itself', () => {
		const into = (id: string, mergeTarget?: Attempt['mergeTarget']) =>
			problem(
				'merge',
				submitted,
				{},
				{ extras: { target: id }, ...(mergeTarget && { mergeTarget }) }
			);
		const target = { id: 'row2', isMerged: false, isTrashed: false };
		expect(problem('merge', submitted)).toEqual(['say target']);
		expect(into('row1')).toEqual(['! targetIsItself']);
		expect(into('row2')).toEqual(['! targetMissing']);
		expect(into('row2', { ...target, isMerged: true })).toEqual(['! targetMerged']);
		expect(into('row2', { ...target, isTrashed: true })).toEqual(['! targetTrashed']);
		expect(into('row2', target)).toEqual([]);
	});
});

describe('of an opinion', () => {
	it('LF39 names what each step lacks', () => {
		const inHand = ['take'] as const;
		expect(opinion('take', [])).toEqual(['words', 'responsibleId']);
		expect(opinion('finish', inHand)).toEqual(['result']);
		expect(opinion('reply', ['take', 'finish'])).toEqual(['replyWay']);
		expect(opinion('decline', [])).toEqual(['say note']);
		expect(opinion('transfer', [])).toEqual(['say target']);
		expect(opinion('reopen', ['take', 'finish'])).toEqual(['say note']);
		expect(opinion('extend', inHand)).toEqual(['say note', 'say due']);
		expect(opinion('merge', [])).toEqual(['say target']);
		expect(opinion('toProblem', [])).toEqual(['words']);
		expect(opinion('toProblem', ['toProblem'], { words: '延时班' })).toEqual(['! alreadyProblem']);
		expect(opinion('finish', inHand, { result: '已答复' })).toEqual([]);
		expect(opinion('reply', ['take', 'finish'], { replyWay: '电话' })).toEqual([]);
	});
});

describe('of both', () => {
	it('LF40 an observer, a row in the trash and a status that has gone leave nothing to fill in', () => {
		for (const kind of ['problem', 'opinion'] as const)
			for (const action of actionsOf(machineOf(kind), machineOf(kind).initial)) {
				const there = row(kind, []);
				const rules = (one: GuardRow, actor: Actor) => named(blockersOf(kind, action, one, actor));
				expect(rules(there, observer)).toEqual(['! observer']);
				expect(rules({ ...there, trash: { at: '', by: 'A' } }, officer)).toEqual(['! trashed']);
			}
		expect(problem('accept', rectifying, {}, note)).toEqual(['! status']);
		expect(problem('take', [])).toEqual(['! status']);
	});

	it('LF41 settling needs a conflict', () => {
		expect(problem('settle', submitted)).toEqual(['! nothingToSettle']);
		const [b, c] = [new TestReplica('B'), new TestReplica('C')];
		b.act('submit');
		sync(b, c);
		b.act('confirm');
		c.act('reject');
		sync(b, c);
		expect(problem('settle', [], { life: b.life })).toEqual([]);
	});

	it('LF41 one takes back one’s own last step', () => {
		const { life } = row('problem', confirmed);
		const [submit, confirm] = life.all;
		const takes = (target: string | undefined, actor = officer) =>
			problem('retract', confirmed, {}, target === undefined ? {} : { extras: { target } }, actor);
		expect(takes(undefined)).toEqual([]);
		expect(takes(confirm!.id)).toEqual([]);
		expect(takes(submit!.id)).toEqual(['! notRevocable']);
		expect(takes(confirm!.id, organiser)).toEqual(['! notRevocable']);
		expect(revocableEvents(problemMachine, life, 'C')).toEqual([confirm]);
		expect(revocableEvents(opinionMachine, fold(opinionMachine, []), 'C')).toEqual([]);
	});

	it('LF41 what the guards let be taken back, the fold takes back', () => {
		const replica = new TestReplica('C');
		for (const step of toAccept) {
			const before = replica.life.status;
			replica.act(step);
			const [mine] = revocableEvents(problemMachine, replica.life, 'C');
			replica.act('retract', { target: mine!.id });
			expect(replica.life.status).toBe(before);
			expect(revocableEvents(problemMachine, replica.life, 'C')).toEqual([]);
			replica.act(step);
		}
		expect(replica.life.status).toBe('toAccept');
	});
});
