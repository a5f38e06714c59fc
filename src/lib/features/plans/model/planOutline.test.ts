import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { dueItems, nextDue, recurringSpan, statusOf } from './dueDates.ts';
import { springNotice } from './fixtures/springNotice.ts';
import { importPlan, noticeTaskIds } from './importPlan.ts';
import type { Task } from './plan.ts';
import { addOwnTask, setTaskWork, setTick } from './planDocument.ts';
import { planOutline, summarisePlan, type OutlineItem } from './planOutline.ts';
import { readPlan, readSections, readTasks } from './readPlan.ts';

const noAnswers = { title: '春季任务', tasks: new Map(), sections: new Map() };
const ids = noticeTaskIds(springNotice());
const [study = '', preach = '', routine = ''] = ids;

function imported(): Y.Doc {
	const doc = new Y.Doc();
	importPlan(doc, springNotice(), '', noAnswers, { actor: 'a', today: '2023-03-15', origin: null });
	return doc;
}
const taskOf = (doc: Y.Doc, id: string): Task => {
	const found = readTasks(doc).find((task) => task.id === id);
	if (!found) throw new Error(`no task ${id}`);
	return found;
};
const duesOf = (doc: Y.Doc, id: string) => dueItems(taskOf(doc, id), recurringSpan(readPlan(doc)));

describe('dueItems', () => {
	it('lays recurring duties out from the day of issue to the end of the period', () => {
		const doc = imported();
		const instances = [...duesOf(doc, preach), ...duesOf(doc, routine)]
			.filter((item) => item.kind === 'instance')
			.map((item) => [item.of, item.date, item.window?.start ?? null]);
		expect(instances).toEqual([
			['宣讲活动', '2023-03-31', '2023-03-01'],
			['宣讲活动', '2023-04-30', '2023-04-01'],
			['平台上传', '2023-03-25', null],
			['党员大会', '2023-03-31', '2023-01-01'],
			['支委会会议', '2023-03-31', '2023-03-01'],
			['党小组会', '2023-03-31', '2023-03-01'],
			['党课', '2023-03-31', '2023-01-01'],
			['计划报备表', '2023-04-05', null],
			['平台上传', '2023-04-25', null],
			['支委会会议', '2023-04-30', '2023-04-01'],
			['党小组会', '2023-04-30', '2023-04-01']
		]);
	});

	it('moves on when an instance is ticked, and forgets all when the task is done', () => {
		const doc = imported();
		expect(nextDue(duesOf(doc, routine), '2023-03-26')).toMatchObject({
			of: '平台上传',
			state: 'overdue',
			daysLeft: -1
		});
		setTick(doc, routine, 'instance', '2023-03-25 平台上传', { by: 'a', on: '2023-03-26' }, null);
		expect(nextDue(duesOf(doc, routine), '2023-03-26')).toMatchObject({
			date: '2023-03-31',
			state: 'soon'
		});
		setTaskWork(
			doc,
			routine,
			'state',
			{ status: '已完成', submittedBy: 'a', by: 'b', on: '2023-03-26' },
			null
		);
		expect(nextDue(duesOf(doc, routine), '2023-03-26')).toBeNull();
	});

	it('puts the date of the branch in the place of those of the notice', () => {
		const doc = imported();
		setTaskWork(doc, study, 'due', '2023-03-24', null);
		expect(duesOf(doc, study).map((item) => item.date)).toEqual(['2023-03-24']);
		expect(taskOf(doc, study).dueFrom).toBe('set');
		setTaskWork(doc, study, 'due', null, null);
		expect(duesOf(doc, study)).toEqual([]);
	});

	it('gives undated tasks the end of the period, the changed one too', () => {
		const doc = imported();
		expect(taskOf(doc, preach)).toMatchObject({ due: '2023-04-30', dueFrom: 'period' });
		doc.getMap('plan').set('periodEnd', '2023-05-10');
		expect(taskOf(doc, preach).due).toBe('2023-05-10');
	});
});

const shape = (items: readonly OutlineItem[]): unknown[] =>
	items.map((item) =>
		item.type === 'task' ? item.task.title : [item.section.title, ...shape(item.items)]
	);

describe('planOutline', () => {
	it('follows the notice, with the tasks of the branch after it', () => {
		const doc = imported();
		addOwnTask(
			doc,
			'own1',
			{ title: '布置活动室', sectionPath: ['二'] },
			'2023-03-15T01:00:00Z',
			null
		);
		addOwnTask(doc, 'own2', { title: '慰问老党员', sectionPath: [] }, '2023-03-15T02:00:00Z', null);
		const outline = planOutline(readSections(doc), readTasks(doc), () => false);
		expect(shape(outline)).toEqual([
			['学习教育', '组织专题学习', '开展宣讲'],
			['常规工作', '落实组织生活制度', '布置活动室'],
			'慰问老党员'
		]);
	});

	it('counts what applies, and says what comes next', () => {
		const doc = imported();
		setTaskWork(doc, preach, 'applies', { value: '不适用' }, null);
		expect(statusOf(taskOf(doc, preach))).toBe('不适用');
		const summary = summarisePlan(readPlan(doc), readTasks(doc), '2023-04-02');
		expect(summary).toMatchObject({ title: '春季任务', total: 2, done: 0, overdue: 2 });
		expect(summary.next).toMatchObject({ date: '2023-04-05', title: '落实组织生活制度' });
	});
});
