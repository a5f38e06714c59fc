import { describe, expect, it } from 'vitest';
import { readPlan, readTasks } from '../model/readPlan.ts';
import { ImportFlow } from './importFlow.svelte.ts';
import { memorySession } from './memorySession.ts';

const text = `中共清河县教育局委员会
关于做好春季党建工作的通知
各基层党组织：
请认真落实。
中共清河县教育局委员会
2023年3月13日
清河县春季党建工作任务清单
（2023年3月—4月）
一、学习教育
（一）组织专题学习。各基层党组织要在3月底前组织专题学习，制定学习计划。
（二）开展主题活动。各基层党组织要多形式开展主题活动。
二、常规工作
1.上传资料。每月25日前完成平台上传任务。`;

async function reading(raw: string, session = memorySession()) {
	const flow = new ImportFlow(session, () => '2023-03-15');
	flow.raw = raw;
	await flow.read();
	return { flow, session };
}

describe('ImportFlow', () => {
	it('shows what was found, and makes a plan of what was kept and corrected', async () => {
		const { flow, session } = await reading(text);
		expect(flow.step).toEqual({ at: 'preview', problem: null });
		expect(flow.title).toBe('清河县春季党建工作任务清单');
		flow.answer(0, { title: '专题学习' });
		flow.answer(2, { dropped: true });
		flow.periodEnd = '2023-05-10';
		expect([flow.kept, flow.dueOf(0), flow.dueOf(1)]).toEqual([2, '2023-03-31', '2023-05-10']);
		const room = await flow.accept();
		const doc = room && session.docs.get(room);
		expect(doc && readPlan(doc)).toMatchObject({
			title: '清河县春季党建工作任务清单',
			period: { start: '2023-03-01', end: '2023-05-10' }
		});
		expect(
			doc && readTasks(doc).map(({ title, due, removed }) => [title, due, removed !== null])
		).toEqual([
			['专题学习', '2023-03-31', false],
			['开展主题活动', '2023-05-10', false],
			['上传资料', undefined, true]
		]);
	});

	it('counts what still asks whether it applies, and what does not', async () => {
		const { flow } = await reading(
			text.replace('（二）开展主题活动。各基层党组织要', '（二）开展主题活动。民办学校要')
		);
		const asked = flow.notice?.tasks.findIndex((task) => task.appliesTo) ?? -1;
		expect(asked).toBe(1);
		expect([flow.kept, flow.unsettled, flow.waived]).toEqual([3, 1, 0]);
		flow.answer(asked, { applies: '不适用' });
		expect([flow.kept, flow.unsettled, flow.waived]).toEqual([3, 0, 1]);
		flow.answer(asked, { dropped: true });
		expect([flow.kept, flow.unsettled, flow.waived]).toEqual([2, 0, 0]);
	});

	it('offers to update the plan of the same notice, and makes no second one', async () => {
		const { flow, session } = await reading(text);
		const room = await flow.accept();
		const again = await reading(text.replace('3月底前', '4月10日前'), session);
		const { step } = again.flow;
		expect(step).toMatchObject({ at: 'offer', same: { room, update: { unchanged: 2 } } });
		expect(await again.flow.update()).toBe(room);
		expect(session.docs.size).toBe(1);
		const doc = room && session.docs.get(room);
		expect(doc && readTasks(doc).map(({ due }) => due)).toContain('2023-04-10');
	});

	it('says when nothing was found, and goes on with lines if asked to', async () => {
		const { flow } = await reading('买粉笔\n订报纸');
		expect(flow.step).toEqual({ at: 'input', problem: { code: 'nothing-found' } });
		await flow.asPlainLines();
		expect(flow.step.at).toBe('preview');
		expect(flow.notice?.tasks.map(({ title }) => title)).toEqual(['买粉笔', '订报纸']);
	});

	it('forgets a reading that was cancelled', async () => {
		const flow = new ImportFlow(memorySession(), () => '2023-03-15');
		flow.raw = text;
		const read = flow.read();
		flow.back();
		await read;
		expect(flow.step).toEqual({ at: 'input', problem: null });
	});

	it.each([
		['表格.xlsx', 'x', 'file-type'],
		['空.txt', '  \n', 'file-empty'],
		['坏.docx', 'not a zip', 'file-damaged']
	])('%s is refused in words', async (name, content, code) => {
		const flow = new ImportFlow(memorySession(), () => '2023-03-15');
		await flow.readFile(new File([content], name));
		expect(flow.step).toEqual({ at: 'input', problem: { code, name } });
	});

	it('reads a text file', async () => {
		const flow = new ImportFlow(memorySession(), () => '2023-03-15');
		await flow.readFile(new File([text], '通知.txt', { type: 'text/plain' }));
		expect(flow.step.at).toBe('preview');
	});

	it('keeps the answers when the plan could not be made', async () => {
		const session = memorySession();
		const { flow } = await reading(text, {
			...session,
			createDocument: () => Promise.reject(new Error('no space'))
		});
		flow.answer(0, { title: '专题学习' });
		expect(await flow.accept()).toBeNull();
		expect(flow.step).toEqual({ at: 'preview', problem: { code: 'failed' } });
		expect(flow.titleOf(0)).toBe('专题学习');
	});
});
