/** The ledgers in figures, and the way from a figure to its rows and back. */
import { expect, expectAccessible, openProblems, phone, test } from './desk.ts';
import type { Page } from '@playwright/test';

const day = (days: number): string => {
	const at = new Date(Date.now() + days * 86_400_000);
	return `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`;
};

const rows = [
	['方面', '具体表现', '问题来源', '责任人', '整改时限'],
	['严', '会议记录缺请假人员', '自查', '周敬宁', day(-9)],
	['实', '陪餐记录有3天未填', '自查', '周敬宁', day(-2)],
	['实', '课后服务内容单一', '意见征集', '周敬宁', day(3)],
	['细', '家长会以通报成绩为主', '谈心谈话', '', day(30)]
];

async function pasteProblems(page: Page): Promise<void> {
	await openProblems(page);
	const text = rows.map((cells) => cells.join('\t')).join('\n');
	await page.evaluate((words) => navigator.clipboard.writeText(words), text);
	await page.keyboard.press('Control+v');
	await expect(page.getByText('家长会以通报成绩为主')).toBeVisible();
}

const card = (page: Page, name: string) =>
	page.locator('li').filter({ has: page.getByRole('heading', { name, exact: true }) });

test('a figure leads to just its rows, after a reload too, and back to all', async ({ desk }) => {
	const { page } = await desk.found();
	await pasteProblems(page);
	await page.getByRole('link', { name: '数据' }).click();
	const overdue = card(page, '逾期').first();
	await expect(overdue.locator('.value')).toHaveText('2');
	await expect(overdue).toContainText('过了整改时限仍未销号');
	await expectAccessible(page, 'figures');

	await overdue.getByRole('link').click();
	const cause = page.getByText('来自数据：逾期 2 条');
	await expect(cause).toBeVisible();
	await expect(page.getByText('陪餐记录有3天未填')).toBeVisible();
	await expect(page.getByText('课后服务内容单一')).toBeHidden();
	await expectAccessible(page, 'rows of a figure');

	await page.reload();
	await expect(cause).toBeVisible();
	await expect(page.getByText('2 / 4 条')).toBeVisible();

	await page.getByRole('button', { name: '显示全部', exact: true }).click();
	await expect(page.getByText('课后服务内容单一')).toBeVisible();
	await expect(page).not.toHaveURL(/figure=/);
	await page.reload();
	await expect(page.getByText('课后服务内容单一')).toBeVisible();
	await expect(cause).toBeHidden();
});

test('a bar and a number of a table lead to their rows', async ({ desk }) => {
	const { page } = await desk.found();
	await pasteProblems(page);
	await page.goto('/ledgers/numbers');
	const table = page.getByRole('table', { name: '按方面' });
	await table.getByRole('link', { name: '实 · 合计 2' }).click();
	await expect(page.getByText('来自数据：实 · 合计 2 条')).toBeVisible();
	await page.goBack();
	await table.locator('a[title="实 · 逾期 1"]').click();
	await expect(page.getByText('来自数据：实 · 逾期 1 条')).toBeVisible();
	await expect(page.getByText('陪餐记录有3天未填')).toBeVisible();
});

test('figures follow a colleague', async ({ desk }) => {
	const here = await desk.found();
	const there = await desk.join(here, '梁晓芸');
	await pasteProblems(here.page);
	await there.page.goto('/ledgers/numbers');
	const overdue = card(there.page, '逾期').first().locator('.value');
	await expect(overdue).toHaveText('2', { timeout: 15_000 });
	await here.page.getByText('陪餐记录有3天未填').click();
	await here.page.keyboard.press('Shift+Space');
	await here.page.keyboard.press('Delete');
	await expect(overdue).not.toHaveText('2', { timeout: 15_000 });
});

test('figures on a phone', async ({ desk }) => {
	const { page } = await desk.found(phone);
	await page.goto('/ledgers/problems');
	await page.getByRole('button', { name: '新增问题' }).first().click();
	await page.getByLabel('具体表现').fill('家校沟通不够细致');
	await page.getByRole('button', { name: '完成' }).click();
	await page.goto('/ledgers/numbers');
	await expect(card(page, '待认定').locator('.value')).toContainText('1');
	await expectAccessible(page, 'figures on a phone');
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(overflow).toBe(0);
});
