// Bytes that left a device are for ever: a document as version 1 wrote it, read by today's code.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { prepareDocument } from '$lib/core/rooms/documentKind.ts';
import { taskText } from './planDocument.ts';
import { planKind, planVersion } from './planKind.ts';
import { readPlan, readSections, readTasks } from './readPlan.ts';

const bytes = readFileSync(new URL('./fixtures/plan-v1.bin', import.meta.url));

function stored(): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, new Uint8Array(bytes));
	return doc;
}

describe('a document of version 1', () => {
	it('opens for writing and is read in full', () => {
		const doc = stored();
		expect(prepareDocument(doc, planKind, true)).toBe('write');
		expect(planVersion(doc)).toBe('ready');
		expect(readPlan(doc)).toMatchObject({
			title: '春季任务',
			kind: 'task-assignment',
			period: { start: '2023-03-01', end: '2023-05-10' },
			source: { issuer: '中共清河县教育局委员会', issuedOn: '2023-03-13' },
			unreadable: []
		});
		expect(readSections(doc).map(({ title }) => title)).toEqual(['学习教育', '日常工作']);
	});

	it('keeps what came from above and what the branch made of it', () => {
		const doc = stored();
		const tasks = readTasks(doc);
		const study = tasks.find(({ sourceTitle }) => sourceTitle === '组织专题学习');
		expect(study).toMatchObject({
			title: '专题学习',
			due: '2023-03-31',
			leaderId: 'AAAAAAAAAAAAAAAAAAAAAA',
			responsibleIds: ['BAAAAAAAAAAAAAAAAAAAAA'],
			coIds: ['CAAAAAAAAAAAAAAAAAAAAA'],
			selfCheck: '部分符合',
			state: { status: '待审核', by: 'BAAAAAAAAAAAAAAAAAAAAA', on: '2023-03-20' },
			steps: ['学习原文', '交流研讨']
		});
		expect(study?.ticks.step.has('学习原文')).toBe(true);
		expect(taskText(doc, study?.id ?? '', 'localMeasure').toJSON()).toBe('每周三下午集中学习');
		const preach = tasks.find(({ title }) => title === '开展宣讲');
		expect(preach).toMatchObject({
			due: '2023-05-10',
			dueFrom: 'period',
			applies: { value: '不适用', why: '未建青少年党校' }
		});
		const routine = tasks.find(({ title }) => title === '落实组织生活制度');
		expect(routine?.deadlines).toHaveLength(7);
		expect(routine?.ticks.instance.has('2023-03-25 平台上传')).toBe(true);
		expect(tasks.find(({ id }) => id === 'own-task')).toMatchObject({
			origin: 'own',
			title: '慰问老党员',
			due: '2023-04-01',
			removed: { by: 'CAAAAAAAAAAAAAAAAAAAAA', on: '2023-03-16' }
		});
		expect(tasks.every(({ unreadable }) => unreadable.length === 0)).toBe(true);
	});
});
