/** A branch with a register and a drive of talks, and reading how far it has come. */
import type { BrowserContext, Page } from '@playwright/test';
import { expect, type Person } from './desk.ts';

export const members =
	'丁一 马双 王三喜 方四海 冯五妹 朱六一 刘七 江八斤 孙九如 李十力 杨万里 吴百川 张千 陈亿 林兆 赵京 郭垓 蒋秭'.split(
		' '
	);
export const groupOf = (at: number): string => `第${'一二三'[at % 3]}党小组`;
export const register = [
	'姓名\t党内职务\t党员类型\t党小组\t是否班子成员\t主要负责同志',
	'周敬宁\t书记\t正式党员\t第一党小组\t是\t是',
	'何书平\t副书记\t正式党员\t第一党小组\t是\t',
	'梁晓芸\t组织委员\t正式党员\t第二党小组\t是\t',
	'潘国栋\t宣传委员\t正式党员\t第三党小组\t是\t',
	'许明\t纪检委员\t正式党员\t第二党小组\t是\t',
	...members.map(
		(name, at) => `${name}\t\t${at === 17 ? '预备党员' : '正式党员'}\t${groupOf(at)}\t\t`
	)
].join('\n');
export const everybody = ['何书平', '梁晓芸', '潘国栋', '许明', ...members];

export async function pasteRegister({ page }: Person): Promise<void> {
	await page.goto('/members');
	await page.getByRole('button', { name: '导入名册' }).click();
	await page.evaluate((text) => navigator.clipboard.writeText(text), register);
	await page.getByLabel('在这里粘贴名册').focus();
	await page.keyboard.press('Control+V');
	await page.getByRole('button', { name: /^导入 \d+ 人$/ }).click();
	await expect(page.getByRole('dialog')).toBeHidden();
}

/** Nine in the morning in Shanghai; timers go on. */
export const setDay = (context: BrowserContext, day: string) =>
	context.clock.setFixedTime(new Date(`${day}T09:00:00+08:00`));

export async function startCampaign(page: Page): Promise<void> {
	await page.goto('/talks/coverage');
	await page.getByRole('button', { name: '新建谈话活动' }).click();
	const dialog = page.getByRole('dialog', { name: '新建谈话活动' });
	await dialog.getByLabel('名称').fill('3月三必谈');
	await dialog.getByLabel('开始日期').fill('3.13');
	await dialog.getByLabel('截止日期').fill('3月31日');
	await expect(dialog.getByText('照现在的成员名单，应谈 28')).toBeVisible();
	await dialog.getByRole('button', { name: '建好' }).click();
	await expect(dialog).toBeHidden();
}

export const cell = (page: Page, row: string, column: string) =>
	page.getByRole('gridcell', { name: new RegExp(`^${column} 与 ${row}：`) });
export const total = (page: Page) => page.locator('[data-figure=total]');
export const figure = (page: Page, id: string) => page.locator(`[data-figure=${id}] .count`);
