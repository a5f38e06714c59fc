import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { MemberId } from '$lib/base/ids.ts';
import { springNotice } from './fixtures/springNotice.ts';
import { importPlan, noticeTaskIds } from './importPlan.ts';
import { openDutiesIn } from './openDuties.ts';
import { addOwnTask, setTaskPerson, setTaskWork, setTick } from './planDocument.ts';

const [lead, does] = ['A', 'B'].map((letter) => `${letter}AAAAAAAAAAAAAAAAAAAAA` as MemberId) as [
	MemberId,
	MemberId
];
const stamp = { by: does, on: '2023-03-15' };

function planWith(...ids: string[]): Y.Doc {
	const doc = new Y.Doc();
	for (const id of ids)
		addOwnTask(doc, id, { title: `做${id}`, sectionPath: [] }, '2023-03-01T00:00:00Z', null);
	return doc;
}

describe('openDutiesIn', () => {
	it('names what a task asks for, when, and whose it is, the leader first', () => {
		const doc = planWith('a', 'b');
		setTaskWork(doc, 'a', 'due', '2023-04-30', null);
		setTaskPerson(doc, 'a', 'responsible', does, true, null);
		setTaskPerson(doc, 'a', 'co', lead, true, null);
		setTaskWork(doc, 'a', 'leader', lead, null);
		expect(openDutiesIn(doc, '2023-04-02')).toEqual([
			expect.objectContaining({ task: 'a', title: '做a', due: '2023-04-30', people: [lead, does] }),
			expect.objectContaining({ task: 'b', due: null, people: [], submittedBy: null })
		]);
	});

	it('leaves out what is done, taken away or not for this branch, and says who handed in', () => {
		const doc = planWith('done', 'gone', 'waived', 'handed');
		setTaskWork(doc, 'done', 'state', { status: '已完成', submittedBy: does, ...stamp }, null);
		setTaskWork(doc, 'gone', 'removed', stamp, null);
		setTaskWork(doc, 'waived', 'applies', { value: '不适用' }, null);
		setTaskWork(doc, 'handed', 'state', { status: '待审核', ...stamp }, null);
		expect(openDutiesIn(doc, '2023-04-02')).toEqual([
			expect.objectContaining({ task: 'handed', submittedBy: does })
		]);
	});

	it('has one line for each thing that recurs: its oldest open date, and how often it was missed', () => {
		const doc = new Y.Doc();
		const answers = { title: '春季任务', tasks: new Map(), sections: new Map() };
		importPlan(doc, springNotice(), '', answers, { actor: 'a', today: '2023-03-15', origin: null });
		const [, , routine = ''] = noticeTaskIds(springNotice());
		const upload = (today: string) =>
			openDutiesIn(doc, today)
				.filter(({ task, of }) => task === routine && of === '平台上传')
				.map(({ due, missed }) => [due, missed]);
		expect(upload('2023-03-20')).toEqual([['2023-03-25', 0]]);
		expect(upload('2023-05-01')).toEqual([['2023-03-25', 2]]);
		setTick(doc, routine, 'instance', '2023-03-25 平台上传', { by: 'a', on: '2023-03-24' }, null);
		expect(upload('2023-05-01')).toEqual([['2023-04-25', 1]]);
	});

	it('throws at nothing that a colleague’s device may have written', () => {
		const doc = planWith();
		doc.getMap('tasks').set('x', 'no task');
		doc.getMap('tasks').set('y', { title: 7, deadlines: [{ kind: 'recurring', rrule: 'FREQ=' }] });
		doc.getMap('work').set('y/state', { status: '飞了' });
		expect(openDutiesIn(doc, '2023-04-02')).toHaveLength(2);
	});
});
