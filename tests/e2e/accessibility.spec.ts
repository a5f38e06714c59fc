import { readFileSync } from 'node:fs';
import { addProblem, expect, expectAccessible, openProblems, phone, test } from './desk.ts';

const raw = readFileSync(
	new URL('../fixtures/notice/taskAssignment.raw.txt', import.meta.url),
	'utf8'
);

for (const [name, options] of [
	['on a PC, light', {}],
	['on a PC, dark', { colorScheme: 'dark' }],
	['on a phone', phone]
] as const) {
	test(`axe finds nothing serious on any screen, ${name}`, async ({ desk }) => {
		const visitor = await desk.person('访客', options);
		await visitor.page.goto('/');
		await expect(visitor.page.getByRole('link', { name: '新建支部工作台' })).toBeVisible();
		await expectAccessible(visitor.page, 'welcome');
		await visitor.page.goto('/join#x');
		await expect(visitor.page.getByRole('alert')).toBeVisible();
		await expectAccessible(visitor.page, 'join');
		await visitor.page.goto('/found');
		await expectAccessible(visitor.page, 'found');

		const { page } = await desk.found(options);
		await expectAccessible(page, 'plans, empty');
		await page.goto('/plans/import');
		await expectAccessible(page, 'import');
		await page.getByLabel('把通知全文粘贴到这里').fill(raw);
		await page.getByRole('button', { name: '整理', exact: true }).click();
		await expect(page.getByText(/项任务 · /)).toBeVisible();
		await expectAccessible(page, 'import, preview');
		await page.getByRole('button', { name: /^生成计划/ }).click();
		await page.waitForURL(/\/plans\/[^/]{22}$/);
		await expect(page.getByText('规范支部组织设置').first()).toBeVisible();
		await expectAccessible(page, 'plan');
		await page.getByText('规范支部组织设置').first().click();
		await expect(page.getByLabel('本支部措施')).toBeVisible();
		await expectAccessible(page, 'task');

		await openProblems(page);
		await expectAccessible(page, 'problem list, empty');
		if (name === 'on a phone') {
			await page.getByRole('button', { name: '新增问题' }).first().click();
			await page.getByLabel('具体表现').fill('家校沟通不够细致');
			await expectAccessible(page, 'problem form');
			await page.getByRole('button', { name: '完成' }).click();
		} else await addProblem(page, '家校沟通不够细致');
		await expectAccessible(page, 'problem list');
		await page.goto('/members');
		await page.getByRole('button', { name: '邀请成员' }).click();
		await page.getByRole('button', { name: '生成邀请' }).click();
		await expect(page.getByLabel('邀请链接')).toBeVisible();
		await expectAccessible(page, 'invitation');
		await page.goto('/settings');
		await expect(page.getByRole('heading', { name: '数据与保密说明' })).toBeVisible();
		await expectAccessible(page, 'settings');
	});
}
