import { readFileSync } from 'node:fs';
import {
	addProblem,
	expect,
	expectAccessible,
	lockWithPin,
	openPerson,
	openProblems,
	phone,
	settingsPages,
	test,
	visit
} from './desk.ts';

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
		await expect(visitor.page.getByLabel('支部名称')).toBeVisible();
		await expectAccessible(visitor.page, 'found');

		const { page } = await desk.found(options);
		await expectAccessible(page, 'today, empty');
		await page.goto('/plans');
		await expect(page.getByRole('link', { name: '粘贴文件' })).toBeVisible();
		await expectAccessible(page, 'plans, empty');
		await page.goto('/plans/import');
		await expect(page.getByLabel('把通知全文粘贴到这里')).toBeVisible();
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
	});

	test(`axe finds nothing serious in members and settings, ${name}`, async ({ desk }) => {
		test.setTimeout(150_000);
		const visitor = await desk.person('访客', options);
		await visitor.page.goto('/restore');
		await expect(visitor.page.getByLabel('恢复卡上的 24 个字')).toBeVisible();
		await expectAccessible(visitor.page, 'restore');

		const a = await desk.found(options);
		const { page } = a;
		const link = await desk.invitation(a, { approval: true });
		await visitor.page.goto(link);
		await expect(visitor.page.getByLabel('你的姓名')).toBeVisible();
		await expectAccessible(visitor.page, 'join, with consent');
		await visitor.page.getByLabel('你的姓名').fill('梁晓芸');
		await visitor.page.getByRole('button', { name: '申请加入' }).click();
		await expect(visitor.page.getByRole('heading', { name: '正在等书记同意' })).toBeVisible();
		await expectAccessible(visitor.page, 'waiting');
		await expect(page.getByRole('button', { name: '同意', exact: true })).toBeVisible();
		await expectAccessible(page, 'members, somebody asks');
		await page.getByRole('button', { name: '同意', exact: true }).click();
		await expect(page.getByText('梁晓芸', { exact: true })).toBeVisible();

		await page.getByRole('button', { name: '邀请成员' }).click();
		await expectAccessible(page, 'invite');
		await page.getByRole('button', { name: '生成邀请' }).click();
		await expect(page.getByLabel('邀请链接')).toBeVisible();
		await expectAccessible(page, 'invitation');
		await page.getByRole('button', { name: '完成' }).click();
		await page.getByRole('main').getByRole('button', { name: '更多' }).click();
		await expectAccessible(page, 'register menu');
		await page.getByRole('menuitem', { name: '导入名册' }).click();
		await page.getByLabel('在这里粘贴名册').fill('姓名\t出生年月\n马骏\t去年\n马骏\t1991.12');
		await page.getByRole('button', { name: '读取' }).click();
		await expect(page.getByText('2 行有同名的人')).toBeVisible();
		await expectAccessible(page, 'register import');
		await page.goto('/members/handover');
		await expect(page.getByRole('radiogroup', { name: '梁晓芸的去留' })).toBeVisible();
		await expectAccessible(page, 'handover');

		await openPerson(page, '周敬宁');
		await expectAccessible(page, 'own drawer');
		await page.getByRole('button', { name: '添加我的另一台设备' }).click();
		await page.getByRole('button', { name: '显示二维码' }).click();
		await expect(page.getByLabel('添加链接')).toBeVisible();
		await expectAccessible(page, 'device invitation');
		await openPerson(page, '梁晓芸');
		await expectAccessible(page, 'person drawer');
		await page.getByRole('button', { name: '移出委员会…' }).click();
		await expect(page.getByText('没有未办事项。')).toBeVisible();
		await expectAccessible(page, 'remove');
		await page.getByRole('button', { name: '移出', exact: true }).click();
		await expect(visitor.page.getByRole('heading', { name: '这台设备已停用' })).toBeVisible({
			timeout: 20_000
		});
		await expectAccessible(visitor.page, 'removed');

		for (const path of settingsPages) {
			await visit(page, path);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			await expectAccessible(page, path);
		}
		await lockWithPin(page, '271828');
		await page.reload();
		await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
		await expectAccessible(page, 'locked');
	});
}
