import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { planAgenda } from './agenda.ts';
import { dueItems, recurringSpan } from './dueDates.ts';
import { springNotice } from './fixtures/springNotice.ts';
import { importPlan, noticeTaskIds } from './importPlan.ts';
import { addOwnTask, setTaskWork, setTick } from './planDocument.ts';
import { readPlan, readTasks } from './readPlan.ts';

describe('planAgenda', () => {
	it('puts what is late first, then the months, then what has no date', () => {
		const doc = new Y.Doc();
		const answers = { title: '春季任务', tasks: new Map(), sections: new Map() };
		importPlan(doc, springNotice(), '', answers, { actor: 'a', today: '2023-03-15', origin: null });
		const [study = '', preach = '', routine = ''] = noticeTaskIds(springNotice());
		addOwnTask(doc, 'own', { title: '慰问', sectionPath: [] }, '2023-03-15T00:00:00Z', null);
		setTaskWork(doc, preach, 'applies', { value: '不适用' }, null);
		setTick(doc, routine, 'instance', '2023-03-31 党课', { by: 'a', on: '2023-03-30' }, null);
		const groups = planAgenda(
			readTasks(doc),
			(task) => dueItems(task, recurringSpan(readPlan(doc))),
			'2023-04-02'
		);
		expect(groups.map(({ key }) => key)).toEqual(['overdue', '2023-04', 'none']);
		expect(groups[0]?.entries.map(({ item, task }) => item.of ?? task.title)).toEqual([
			'平台上传',
			'组织专题学习',
			'党员大会',
			'支委会会议',
			'党小组会'
		]);
		expect(groups[0]?.entries.some(({ task }) => task.id === study)).toBe(true);
		expect(groups[2]?.undated.map(({ title }) => title)).toEqual(['慰问']);
	});
});
