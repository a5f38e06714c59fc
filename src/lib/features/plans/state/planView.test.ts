import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { newMemberId } from '$lib/base/ids.ts';
import { stampSchema } from '$lib/core/rooms/documentKind.ts';
import { Today } from '$lib/state/today.svelte.ts';
import { springNotice } from '../model/fixtures/springNotice.ts';
import { importPlan, noticeTaskIds } from '../model/importPlan.ts';
import { setPlanField, setTaskWork } from '../model/planDocument.ts';
import { planKind } from '../model/planKind.ts';
import { memoryDocument } from './memorySession.ts';
import { PlanFilter } from './planFilter.svelte.ts';
import { PlanView } from './planView.svelte.ts';

const self = newMemberId();
const today = new Today({ now: () => new Date(2023, 2, 24, 9).getTime() });
const [study = '', preach = ''] = noticeTaskIds(springNotice());

function viewed() {
	const doc = new Y.Doc();
	stampSchema(doc, planKind);
	const answers = { title: '春季任务', tasks: new Map(), sections: new Map() };
	importPlan(doc, springNotice(), '', answers, { actor: 'a', today: '2023-03-15', origin: null });
	const open = memoryDocument(doc);
	return { doc, open, plan: new PlanView(open, self, today) };
}

describe('PlanView', () => {
	it('follows edits of colleagues, reading again only what they touched', () => {
		const { doc, plan } = viewed();
		const other = plan.tasks.get(preach);
		setTaskWork(doc, study, 'selfCheck', '符合', 'colleague');
		expect(plan.tasks.get(study)?.selfCheck).toBe('符合');
		expect(plan.tasks.get(preach)).toBe(other);
		setPlanField(doc, 'periodEnd', '2023-05-10', 'colleague');
		expect(plan.tasks.get(preach)?.due).toBe('2023-05-10');
	});

	it('undoes one step of its own at a time, and not a colleague’s', () => {
		const { doc, plan } = viewed();
		plan.set(study, 'due', '2023-03-28');
		plan.tick(study, 'step', '学习原文', true);
		setTaskWork(doc, study, 'selfCheck', '符合', 'colleague');
		plan.undo();
		expect(plan.tasks.get(study)).toMatchObject({ due: '2023-03-28', selfCheck: '符合' });
		expect(plan.tasks.get(study)?.ticks.step.size).toBe(0);
		plan.undo();
		expect(plan.tasks.get(study)).toMatchObject({ due: '2023-03-31', selfCheck: '符合' });
		expect(plan.canUndo).toBe(false);
		plan.redo();
		expect(plan.tasks.get(study)?.due).toBe('2023-03-28');
	});

	it('will not hand in what is not complete', () => {
		const { plan } = viewed();
		const task = () => plan.tasks.get(study) ?? expect.unreachable();
		expect(plan.change(task(), { type: 'submit' }, false)).toBe('deliverables-missing');
		plan.tick(study, 'deliverable', '学习计划', true);
		expect(plan.change(task(), { type: 'submit' }, false)).toBeNull();
		expect(task().state).toEqual({ status: '待审核', by: self, on: '2023-03-24' });
	});

	it('keeps what is removed for restoring', () => {
		const { plan } = viewed();
		plan.remove(study);
		expect(plan.shown.map(({ id }) => id)).not.toContain(study);
		expect(plan.removed.map(({ id }) => id)).toEqual([study]);
		plan.restore(study);
		expect(plan.shown).toHaveLength(3);
	});

	it('says where I am and who else is there', () => {
		const { open, plan } = viewed();
		plan.moveTo(study, 'gap');
		expect(open.places).toEqual([{ task: study, field: 'gap' }]);
		const member = newMemberId();
		open.peers.set([
			{ client: 1, member, device: null, chain: null, place: { task: study, field: 'gap' } }
		]);
		expect(plan.peersAt(study, 'gap').map((peer) => peer.member)).toEqual([member]);
		expect(plan.peersAt(study, 'result')).toEqual([]);
	});
});

describe('PlanFilter', () => {
	it('hides what does not apply, and finds mine and what is late', () => {
		const { plan } = viewed();
		const filter = new PlanFilter(plan);
		plan.set(preach, 'applies', { value: '不适用' });
		expect(filter.tasks.map(({ id }) => id)).not.toContain(preach);
		filter.waived = true;
		expect(filter.tasks.map(({ id }) => id)).toContain(preach);
		plan.setPerson(study, 'co', self, true);
		filter.mine = true;
		expect(filter.tasks.map(({ id }) => id)).toEqual([study]);
		plan.set(study, 'due', '2023-03-20');
		filter.overdue = true;
		expect(filter.tasks.map(({ id }) => id)).toEqual([study]);
		expect(filter.overdueCount).toBe(1);
	});
});
