import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import {
	appIsKept,
	badge,
	expect,
	keepsApp,
	lockWithPin,
	openPerson,
	openProblems,
	phone,
	settingsPages,
	synced,
	test,
	visit
} from './desk.ts';
import { expectNoSideways, tooSmall } from './thumb.ts';

const raw = readFileSync(
	new URL('../fixtures/notice/taskAssignment.raw.txt', import.meta.url),
	'utf8'
);

test('on a phone, with a thumb: join, import, fill a problem, offline', async ({ desk }) => {
	const a = await desk.found();
	const b = await desk.join(a, '梁晓芸', { ...phone, ...keepsApp });
	const { page } = b;

	await page.getByRole('link', { name: '粘贴文件' }).tap();
	await page.getByLabel('把通知全文粘贴到这里').fill(raw);
	await page.getByRole('button', { name: '整理', exact: true }).tap();
	await expect(page.getByText(/项任务 · /)).toBeVisible();
	await expectNoSideways(page, page.url());
	await page.getByRole('button', { name: /^生成计划/ }).tap();
	await page.waitForURL(/\/plans\/[^/]{22}$/);
	await expectNoSideways(page, page.url());

	await page.getByRole('navigation').getByRole('link', { name: '台账' }).tap();
	await page.getByRole('button', { name: '新增问题' }).first().tap();
	await page.getByLabel('具体表现').fill('家长会以通报成绩为主');
	await page.getByLabel('产生原因').fill('联系不经常');
	await expectNoSideways(page, page.url());
	await page.getByRole('button', { name: '完成' }).tap();
	await expect(page.getByText('家长会以通报成绩为主')).toBeVisible();
	await openProblems(a.page);
	await expect(a.page.getByRole('grid')).toContainText('家长会以通报成绩为主');
	await synced(page, 2, 2);

	await appIsKept(page);
	await b.context.setOffline(true);
	await page.getByText('家长会以通报成绩为主').tap();
	await page.getByLabel('具体表现').press('End');
	await page.getByLabel('具体表现').pressSequentially('，后进学生家长反映少');
	await expect(badge(page)).toContainText('已存本机');
	await b.context.setOffline(false);
	await expect(a.page.getByRole('grid')).toContainText('，后进学生家长反映少', { timeout: 15_000 });
});

test('every control a thumb needs is big enough, and no page is wider than the phone', async ({
	desk
}) => {
	test.setTimeout(150_000);
	const small: string[] = [];
	const look = async (page: Page, where: string) => {
		small.push(...(await tooSmall(page, where)));
		await expectNoSideways(page, where);
	};
	const visitor = await desk.person('访客', phone);
	for (const path of ['/', '/found', '/restore', '/join#x']) {
		await visitor.page.goto(path);
		await expect(visitor.page.getByRole('heading', { level: 1 })).toBeVisible();
		await look(visitor.page, path);
	}
	const a = await desk.found(phone);
	const { page } = a;
	const link = await desk.invitation(a, { approval: true });
	await visitor.page.goto(link);
	await visitor.page.getByLabel('你的姓名').fill('梁晓芸');
	await look(visitor.page, 'join');
	await visitor.page.getByRole('button', { name: '申请加入' }).click();
	await expect(visitor.page.getByRole('heading', { name: '正在等书记同意' })).toBeVisible();
	await look(visitor.page, 'waiting');
	await expect(page.getByRole('button', { name: '同意', exact: true })).toBeVisible();
	await look(page, '/members, somebody asks');
	await page.getByRole('button', { name: '同意', exact: true }).tap();
	await expect(page.getByText('梁晓芸', { exact: true })).toBeVisible();

	const pages = [
		'/today',
		'/plans',
		'/ledgers/problems',
		'/members',
		'/members/handover',
		...settingsPages
	];
	for (const path of pages) {
		await visit(page, path);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await look(page, path);
	}
	await page.goto('/members');
	await page.getByRole('button', { name: '邀请成员' }).tap();
	await look(page, 'invite');
	await page.getByRole('button', { name: '生成邀请' }).tap();
	await expect(page.getByLabel('邀请链接')).toBeVisible();
	await look(page, 'invitation');
	await openPerson(page, '梁晓芸');
	await look(page, 'person drawer');
	await page.getByRole('button', { name: '移出委员会…' }).tap();
	await expect(page.getByText('没有未办事项。')).toBeVisible();
	await look(page, 'remove');
	await lockWithPin(page, '271828');
	await page.reload();
	await expect(page.getByRole('heading', { name: '已锁定' })).toBeVisible();
	await look(page, 'locked');
	expect(small).toEqual([]);
});

test('a problem written on a phone is in view once its form is closed', async ({ desk }) => {
	const { page } = await desk.found(phone);
	await openProblems(page);
	const rows = Array.from({ length: 30 }, (_, i) => `第${i + 1}条表现\t自查`);
	await page.evaluate(
		(text) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', text);
			document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
		},
		['具体表现\t问题来源', ...rows].join('\r\n')
	);
	await expect(page.getByText('共 30 条')).toBeVisible();
	await page.getByRole('button', { name: '新增问题' }).first().tap();
	await page.getByLabel('具体表现').fill('手机上写的一条');
	await page.getByRole('button', { name: '完成' }).tap();
	await expect(page.getByText('手机上写的一条')).toBeInViewport();
});
